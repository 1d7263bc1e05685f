import { ECHO_FIELDS, type EchoField, type Place } from '../model/broker.ts';
import { fieldOf, isJsonObject, textOf, type JsonObject } from '../model/json.ts';
import type { Expectation } from '../model/verdict.ts';
import { valueAt } from './envelope.ts';
import { bodiesOf, namedField, namesOf, virtualAccountsOf, withObject } from './fields.ts';

/** What of an answer does not belong to its request. */
export type Mismatch = 'trcode-mismatch' | 'echo-mismatch';

const NAMES_OF_ECHOES = new Map(ECHO_FIELDS.map((field) => [field, namesOf(field)] as const));

/** The echo fields of a message, wherever the years have put them: in `commonHeader` and `accInfo`, its own or repeated ones. */
export class Echoes {
  #headers: JsonObject[] = [];
  #accounts: JsonObject[] = [];

  /** Where they may stand is looked up once for all of them, of the message and of the request that some servers repeat in it. */
  constructor(message: JsonObject) {
    this.#addRoot(message);
    for (const key in message) {
      const repeated = key.endsWith('Request') ? fieldOf(message, key) : undefined;
      if (isJsonObject(repeated)) this.#addRoot(repeated);
    }
  }

  /** The value of `field`, the first where it is stated more than once. */
  first(field: EchoField): string | undefined {
    return this.#find(field, undefined);
  }

  /** Whether `field` is stated anywhere as something else than `ours`. */
  differs(field: EchoField, ours: string): boolean {
    return this.#find(field, ours) !== undefined;
  }

  /** The first value of `field` that is not `ours`. Runs over every message: it allocates nothing. */
  #find(field: EchoField, ours: string | undefined): string | undefined {
    for (const block of field === 'vtAccNo' ? this.#accounts : this.#headers) {
      for (const name of NAMES_OF_ECHOES.get(field) ?? []) {
        const text = textOf(fieldOf(block, name));
        if (text !== undefined && text !== ours) return text;
      }
    }
    return undefined;
  }

  #addRoot(root: JsonObject): void {
    this.#headers = withObject(this.#headers, fieldOf(root, 'commonHeader'));
    this.#accounts = withObject(this.#accounts, fieldOf(root, 'accInfo'));
    for (const body of bodiesOf(root)) this.#accounts = withObject(this.#accounts, fieldOf(body, 'accInfo'));
  }
}

/** The TRCODE at `place` of an answer; `undefined` where it carries none. */
function trCodeAt(place: Place, headers: Readonly<Record<string, string>>, message: JsonObject): string | undefined {
  return textOf(place.kind === 'header' ? headers[place.name] : valueAt(message, place.path));
}

function isTrCodeWrong(
  expectation: Expectation,
  headers: Readonly<Record<string, string>>,
  message: JsonObject,
  isError: boolean,
): boolean {
  const { response: place, isEchoOptional = false } = expectation.broker.trCodeAt ?? {};
  if (place === undefined || expectation.trCode === undefined) return false;
  const came = trCodeAt(place, headers, message);
  return came === undefined ? !isError && !isEchoOptional : came !== expectation.trCode;
}

function isEchoWrong({ echoes }: Expectation, message: JsonObject): boolean {
  const came = new Echoes(message);
  for (const field of ECHO_FIELDS) {
    const ours = echoes[field];
    if (ours !== undefined && came.differs(field, ours)) return true;
  }
  return false;
}

/** Whether the acknowledgement names a virtual account that the request did not, or one of them twice. */
function isForeignItem(numbers: readonly (string | undefined)[], acks: readonly JsonObject[]): boolean {
  if (numbers.includes(undefined)) return false;
  const open = [...numbers];
  return acks.some((ack) => {
    const came = textOf(namedField(ack, 'vtAccNo'));
    const at = came === undefined ? 0 : open.indexOf(came);
    if (came !== undefined && at >= 0) open.splice(at, 1);
    return at < 0;
  });
}

/** Items of the acknowledgement: none at all is right beside a broker's error, and wrong beside a success. */
function itemMismatch({ items, operation }: Expectation, message: JsonObject, isError: boolean): Mismatch | undefined {
  if (items === undefined) return undefined;
  const acks = virtualAccountsOf(message) ?? [];
  if (acks.length === 0 && isError) return undefined;
  const isWrong = (ack: JsonObject) => {
    const came = textOf(fieldOf(ack, 'trCode'));
    return came === undefined ? !isError : came !== operation.itemTrCode;
  };
  if (acks.some(isWrong) || acks.length !== items.length) return 'trcode-mismatch';
  return isForeignItem(
    items.map((item) => item.vtAccNo),
    acks,
  )
    ? 'echo-mismatch'
    : undefined;
}

/**
 * Whether an answer belongs to this request: TRCODE, echoes and item acknowledgements (the standard's 3001).
 * Beside a broker's error an absent TRCODE is no mismatch, since brokers leave the rest of the message out then. Pure.
 */
export function mismatchOf(
  expectation: Expectation,
  headers: Readonly<Record<string, string>>,
  message: JsonObject,
  isError: boolean,
): Mismatch | undefined {
  if (isTrCodeWrong(expectation, headers, message, isError)) return 'trcode-mismatch';
  if (isEchoWrong(expectation, message)) return 'echo-mismatch';
  return itemMismatch(expectation, message, isError);
}
