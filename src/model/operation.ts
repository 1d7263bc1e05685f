/** Reads may be repeated and probe a broker; writes change something there and are never sent twice once they left. */
export type OperationKind = 'read' | 'write';

/** Time limits of one attempt, in milliseconds. */
export interface Timeouts {
  /** Name look-up, TCP and TLS together. Default 3,000. */
  readonly connectMs?: number;
  /** From the ready socket to the end of the response head. Default 5,000. */
  readonly headMs?: number;
  /** Longest silence inside a body. Default 2,000. */
  readonly bodyIdleMs?: number;
}

/** The TRCODE sent and the one that must come back. */
export interface TrCodePair {
  readonly request: string;
  readonly response: string;
}

/** One code for both directions, or one for each. */
export type TrCode = string | TrCodePair;

/** HTTP methods; a GET carries the message's fields as query parameters. */
export const METHODS = ['POST', 'GET'] as const;

/** How an operation is asked; the platform knows POST only. */
export type Method = (typeof METHODS)[number];

/** What a virtual-account item asks for: issue (REQ), enrol (ISS), replace (REP), discard (DIS). */
export type ItemTrCode = 'REQ' | 'ISS' | 'REP' | 'DIS';

/** What can be asked of a broker, once for all brokers. */
export interface Operation {
  readonly name: string;
  /** Path under the broker's `baseUrl`, with a leading slash. */
  readonly path: string;
  readonly kind: OperationKind;
  /** Default `POST`. */
  readonly method?: Method;
  /** TRCODE, sent and checked where the broker's config says by `trCodeAt`. */
  readonly trCode?: TrCode;
  readonly timeouts?: Timeouts;
  /**
   * Paths that the message must hold, else 3003 names them: `accInfo.vtAccNo`, `list.item[].trCode`.
   * A field named in `MAY_BE_BLANK` only has to be there; every other one needs a value.
   */
  readonly required?: readonly string[];
  /** The TRCODE that every item of a virtual-account message carries, in the request and in the acknowledgement. */
  readonly itemTrCode?: ItemTrCode;
  /** Where the page key of the request stands: body root and query block. */
  readonly query?: readonly [root: string, block: string];
}

/** What `defineOperation` takes. */
export type OperationDefinition = Pick<
  Operation,
  'name' | 'path' | 'kind' | 'method' | 'trCode' | 'timeouts' | 'required'
>;

const PATH = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/;
/** A TRCODE: printable ASCII without blanks around it, since those are cut off before one that comes back is compared. */
export const TR_CODE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
/** Names of operations. */
export const OPERATION_NAME = /^[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*$/;
const DEFINABLE: ReadonlySet<string> = new Set(['name', 'path', 'kind', 'method', 'trCode', 'timeouts', 'required']);
const LIMITS: ReadonlySet<string> = new Set(['connectMs', 'headMs', 'bodyIdleMs']);

/** Whether `path` can stand under a broker's `baseUrl`: plain segments, no query, nothing that climbs out of it. */
export function isOperationPath(path: unknown): path is string {
  return typeof path === 'string' && PATH.test(path);
}

function refuse(what: string, expected: string): never {
  throw new TypeError(`operation.${what}: expected ${expected}`);
}

function isTrCode(value: unknown): boolean {
  if (typeof value === 'string') return TR_CODE.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return 'request' in value && 'response' in value && isTrCode(value.request) && isTrCode(value.response);
}

function checkTimeouts(timeouts: object): void {
  for (const [name, value] of Object.entries(timeouts)) {
    if (!LIMITS.has(name)) refuse(`timeouts.${name}`, `no such limit; known are ${[...LIMITS].join(', ')}`);
    if (typeof value !== 'number' || !(value > 0)) refuse(`timeouts.${name}`, 'a number of milliseconds above 0');
  }
}

/**
 * Makes an operation of one's own. Its answer needs the broker's result block and nothing else.
 *
 * @throws TypeError naming the field and what was expected.
 * @example
 * const pension = defineOperation({ name: 'account.pension', path: '/account/pension/search', kind: 'read' });
 * pension.path; // '/account/pension/search'
 */
export function defineOperation(definition: OperationDefinition): Operation {
  const given: unknown = definition;
  if (typeof given !== 'object' || given === null) throw new TypeError('operation: expected an object');
  for (const key of Object.keys(given)) {
    if (!DEFINABLE.has(key)) refuse(key, `no such field; known are ${[...DEFINABLE].join(', ')}`);
  }
  const { name, path, kind, method, trCode, timeouts, required } = definition;
  if (typeof name !== 'string' || !OPERATION_NAME.test(name)) refuse('name', 'a name such as account.balance');
  if (!isOperationPath(path)) refuse('path', 'a path of plain segments such as /account/balance/search');
  if (!['read', 'write'].includes(kind)) refuse('kind', "'read' or 'write'");
  if (method !== undefined && !METHODS.includes(method)) refuse('method', "'POST' or 'GET'");
  if (trCode !== undefined && !isTrCode(trCode))
    refuse('trCode', 'printable characters without blanks around them, or { request, response } of such');
  if (timeouts !== undefined) checkTimeouts(timeouts);
  if (required !== undefined && !(Array.isArray(required) && required.every((item) => typeof item === 'string'))) {
    refuse('required', 'an array of paths such as accInfo.vtAccNo');
  }
  return Object.freeze({ ...definition });
}
