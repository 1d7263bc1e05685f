import type { BrokerProfile, EchoField, OperationOverride, Place } from '../model/broker.ts';
import { fieldOf, isJsonObject, textOf, type JsonObject } from '../model/json.ts';
import type { Operation, TrCodePair } from '../model/operation.ts';
import { MAY_BE_BLANK } from '../model/operations.ts';
import type { Expectation } from '../model/verdict.ts';
import type { Refused, WireRequest } from '../model/wire.ts';
import { locate, namedField, segmentsOf, virtualAccountsOf, type Located } from './fields.ts';
import { queryOf } from './query.ts';
import { Echoes } from './verify.ts';

/** A request ready to leave, and what its answer must match. */
export interface Prepared {
  readonly kind: 'ready';
  readonly request: WireRequest;
  readonly expected: Expectation;
}

/** What every request says of itself (wire facts, section 2.2), where the broker's configuration says nothing else. */
export const COMMON_HEADERS = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'content-type': 'application/json; charset=utf-8',
} as const;

function isMissing({ path, value }: Located): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (value === undefined || value === null) return true;
  return typeof value !== 'object' && !MAY_BE_BLANK.has(name) && textOf(value) === undefined;
}

/** Items that ask for something else than the operation does: a discard sent as an issue must not leave. */
function wrongItems(message: JsonObject, itemTrCode: string): string[] {
  const located = locate(message, 'virtualAccountList.virtualAccount[].trCode');
  const isWrong = (each: Located) => !isMissing(each) && textOf(each.value) !== itemTrCode;
  return located.filter(isWrong).map(({ path }) => `${path} (must be ${itemTrCode})`);
}

/** Whether a plain path of own fields leads to a value: what nearly every field of nearly every message is. */
function isPlainlyThere(message: JsonObject, path: string): boolean {
  let value: unknown = message;
  for (const key of segmentsOf(path)) value = fieldOf(value, key);
  return textOf(value) !== undefined;
}

/** Every field that `operation` needs and `message` lacks, by its full path; for 3003. */
export function missingFields(operation: Operation, message: JsonObject): string[] {
  const unsure = (operation.required ?? []).filter((path) => !isPlainlyThere(message, path));
  const missing = unsure.flatMap((path) => locate(message, path).filter(isMissing));
  const named = missing.length === 0 ? [] : [...new Set(missing.map(({ path }) => path))];
  return operation.itemTrCode === undefined ? named : [...named, ...wrongItems(message, operation.itemTrCode)];
}

/** The TRCODEs of an operation at this broker, whose configuration goes before the operation's own. */
function trCodesOf(broker: BrokerProfile, operation: Operation): Partial<TrCodePair> {
  const trCode = broker.operations.get(operation.name)?.trCode ?? operation.trCode ?? {};
  return typeof trCode === 'string' ? { request: trCode, response: trCode } : trCode;
}

/** A copy of `message` with `value` at `path`; every other part is shared, none is changed. */
export function withValueAt(message: JsonObject, path: readonly string[], value: unknown): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return message;
  const inner = fieldOf(message, key);
  return { ...message, [key]: rest.length === 0 ? value : withValueAt(isJsonObject(inner) ? inner : {}, rest, value) };
}

function tagged(message: JsonObject, place: Place | undefined, trCode: string | undefined): JsonObject {
  return place?.kind === 'path' && trCode !== undefined ? withValueAt(message, place.path, trCode) : message;
}

function headersOf(broker: BrokerProfile, requestId: string, trCode: string | undefined): Record<string, string> {
  const place = broker.trCodeAt?.request;
  return {
    // One by one: of objects that begin with a spread of these, half a kilobyte a call outlives the call, as measured.
    accept: COMMON_HEADERS.accept,
    'accept-encoding': COMMON_HEADERS['accept-encoding'],
    'content-type': COMMON_HEADERS['content-type'],
    'x-request-id': requestId,
    ...broker.headers,
    ...(place?.kind === 'header' && trCode !== undefined && { [place.name]: trCode }),
  };
}

function echoesExpected(broker: BrokerProfile, message: JsonObject): Partial<Record<EchoField, string>> {
  const stated = new Echoes(message);
  const echoes: Partial<Record<EchoField, string>> = {};
  for (const field of broker.echoes) {
    const value = stated.first(field);
    if (value !== undefined) echoes[field] = value;
  }
  return echoes;
}

/**
 * What the answer to `message` must match. Pure; also for judging a fixture offline.
 *
 * @example expectationOf(profile, OPERATIONS['account.balance'], message).operation.kind; // 'read'
 */
export function expectationOf(broker: BrokerProfile, operation: Operation, message: JsonObject): Expectation {
  const { response: trCode } = trCodesOf(broker, operation);
  const { name, kind, itemTrCode } = operation;
  const items = itemTrCode === undefined ? undefined : (virtualAccountsOf(message) ?? []);
  return {
    broker,
    operation: { name, kind, ...(itemTrCode !== undefined && { itemTrCode }) },
    ...(trCode !== undefined && { trCode }),
    echoes: echoesExpected(broker, message),
    ...(items !== undefined && {
      items: items.map((item) => {
        const vtAccNo = textOf(namedField(item, 'vtAccNo'));
        return vtAccNo === undefined ? {} : { vtAccNo };
      }),
    }),
    message,
  };
}

/** A request with its message in the query of a GET, which has no body to describe. */
function asGet(request: WireRequest, message: JsonObject): WireRequest {
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'content-type');
  const path = request.path + queryOf(message);
  return { ...request, method: 'GET', path, headers: Object.fromEntries(headers), body: '' };
}

function timeoutsOf(
  { timeouts }: BrokerProfile,
  operation: Operation,
  override: OperationOverride | undefined,
): WireRequest['timeouts'] {
  if (operation.timeouts === undefined && override?.timeouts === undefined) return timeouts;
  return { ...timeouts, ...operation.timeouts, ...override?.timeouts };
}

function wireRequest(
  broker: BrokerProfile,
  operation: Operation,
  override: OperationOverride | undefined,
  message: JsonObject,
  requestId: string,
): WireRequest {
  const { request: trCode } = trCodesOf(broker, operation);
  const sent = tagged(message, broker.trCodeAt?.request, trCode);
  const request = {
    path: broker.basePath + (override?.path ?? operation.path),
    headers: headersOf(broker, requestId, trCode),
    body: JSON.stringify(sent),
    timeouts: timeoutsOf(broker, operation, override),
    limits: broker.limits,
    freshSocket: operation.kind === 'write',
  };
  return (override?.method ?? operation.method) === 'GET' ? asGet(request, sent) : request;
}

/**
 * The request that asks `broker` for `operation`, or why it may not leave: 3002 where the operation is switched off,
 * 3003 naming every field that is missing. Pure.
 *
 * @throws TypeError when the message cannot be written as JSON or exceeds the broker's body limit.
 */
export function prepare(
  broker: BrokerProfile,
  operation: Operation,
  message: JsonObject,
  requestId: string,
): Prepared | Refused {
  const override = broker.operations.get(operation.name);
  if (override?.enabled === false) {
    return { kind: 'refused', fault: 'unknown-operation', description: `${operation.name} is switched off` };
  }
  const missing = missingFields(operation, message);
  if (missing.length > 0) return { kind: 'refused', fault: 'missing-field', description: missing.join(', ') };
  const request = wireRequest(broker, operation, override, message, requestId);
  const { bodyBytes } = broker.limits;
  if (Buffer.byteLength(request.body) > bodyBytes) {
    throw new TypeError(`message: expected at most ${String(bodyBytes)} octets of JSON (limits.bodyBytes)`);
  }
  return { kind: 'ready', request, expected: expectationOf(broker, operation, message) };
}
