import type { ExcoCode } from './tables.ts';

/** Who has to act: the broker, the network between, this platform, or the program that called. */
export type Blame = 'broker' | 'path' | 'platform' | 'caller';

/**
 * What a call says of the broker's health: it is up, it is down, only this operation is broken,
 * the trouble is our own, or nothing.
 */
export type Evidence = 'up' | 'down' | 'operation' | 'self' | 'none';

/**
 * When the same request may be sent again.
 * `yes`: as often as the settings allow; `once`: one time at most; `once-fresh`: one time, on a new socket;
 * `if-retry-after`: only when the broker named a time and that fits the deadline;
 * `after-renewal`: one time, after the credentials were renewed.
 */
export type Repeat = 'no' | 'yes' | 'once' | 'once-fresh' | 'if-retry-after' | 'after-renewal';

/**
 * What became of a write whose request had left. `by-sent`: unknown. `rejected`: the broker said no.
 * `not-executed`: the answer itself proves that nothing was done.
 */
export type Effect = 'by-sent' | 'rejected' | 'not-executed';

/** What follows from a fault: its code, whose it is, what it says of the broker, and what may be repeated. */
export interface FaultRow {
  /** Code of table B; `broker`: the broker's own code; `item`: by the TRCODE of the item that failed. */
  readonly code: ExcoCode | 'broker' | 'item';
  readonly blame: Blame;
  readonly evidence: Evidence;
  readonly read: Repeat;
  readonly write: Repeat;
  readonly effect: Effect;
}

/**
 * The fault table: every way a call can fail, and what follows from it. Everything that judges, repeats, prints or
 * documents a fault reads it here. Grouped as a call proceeds: refused locally, dialling, TLS, exchange, HTTP status,
 * bytes, envelope, identity, the broker's own word.
 *
 * @example FAULTS['connect-refused'].code; // 3600
 */
export const FAULTS = {
  'unknown-broker': { code: 3008, blame: 'caller', evidence: 'none', read: 'no', write: 'no', effect: 'not-executed' },
  'unknown-operation': {
    code: 3002,
    blame: 'caller',
    evidence: 'none',
    read: 'no',
    write: 'no',
    effect: 'not-executed',
  },
  'missing-field': { code: 3003, blame: 'caller', evidence: 'none', read: 'no', write: 'no', effect: 'not-executed' },
  'maintenance-window': {
    code: 3600,
    blame: 'broker',
    evidence: 'none',
    read: 'no',
    write: 'no',
    effect: 'not-executed',
  },
  'breaker-open': { code: 3600, blame: 'broker', evidence: 'none', read: 'no', write: 'no', effect: 'not-executed' },
  'bulkhead-full': { code: 3600, blame: 'platform', evidence: 'none', read: 'no', write: 'no', effect: 'not-executed' },
  'deadline-exceeded': {
    code: 3005,
    blame: 'platform',
    evidence: 'none',
    read: 'no',
    write: 'no',
    effect: 'not-executed',
  },

  'dns-not-found': { code: 3004, blame: 'platform', evidence: 'self', read: 'no', write: 'no', effect: 'by-sent' },
  'dns-unavailable': { code: 3004, blame: 'platform', evidence: 'self', read: 'yes', write: 'yes', effect: 'by-sent' },
  'local-resources': { code: 3999, blame: 'platform', evidence: 'self', read: 'no', write: 'no', effect: 'by-sent' },
  'network-unreachable': {
    code: 3004,
    blame: 'platform',
    evidence: 'self',
    read: 'no',
    write: 'no',
    effect: 'by-sent',
  },
  'host-unreachable': { code: 3004, blame: 'path', evidence: 'down', read: 'yes', write: 'yes', effect: 'by-sent' },
  'connect-refused': { code: 3600, blame: 'broker', evidence: 'down', read: 'yes', write: 'yes', effect: 'by-sent' },
  'connect-reset': { code: 3004, blame: 'path', evidence: 'down', read: 'yes', write: 'yes', effect: 'by-sent' },
  'connect-timeout': { code: 3005, blame: 'path', evidence: 'down', read: 'yes', write: 'yes', effect: 'by-sent' },

  'tls-certificate': { code: 3004, blame: 'broker', evidence: 'down', read: 'no', write: 'no', effect: 'by-sent' },
  'tls-untrusted': { code: 3004, blame: 'platform', evidence: 'self', read: 'no', write: 'no', effect: 'by-sent' },
  'tls-client-rejected': {
    code: 3004,
    blame: 'platform',
    evidence: 'self',
    read: 'no',
    write: 'no',
    effect: 'by-sent',
  },
  'tls-handshake': { code: 3004, blame: 'broker', evidence: 'down', read: 'no', write: 'no', effect: 'by-sent' },

  'reset-before-response': { code: 3004, blame: 'path', evidence: 'down', read: 'yes', write: 'no', effect: 'by-sent' },
  'response-timeout': { code: 3005, blame: 'broker', evidence: 'down', read: 'once', write: 'no', effect: 'by-sent' },
  'http-malformed': { code: 3004, blame: 'broker', evidence: 'down', read: 'once', write: 'no', effect: 'by-sent' },
  'body-cut': { code: 3004, blame: 'path', evidence: 'down', read: 'yes', write: 'no', effect: 'by-sent' },
  'body-timeout': { code: 3005, blame: 'broker', evidence: 'down', read: 'once', write: 'no', effect: 'by-sent' },

  'maintenance-page': { code: 3600, blame: 'broker', evidence: 'down', read: 'no', write: 'no', effect: 'by-sent' },
  'http-redirect': { code: 3600, blame: 'broker', evidence: 'down', read: 'no', write: 'no', effect: 'by-sent' },
  'http-unavailable': {
    code: 3600,
    blame: 'broker',
    evidence: 'down',
    read: 'if-retry-after',
    write: 'no',
    effect: 'by-sent',
  },
  'http-server-error': { code: 3600, blame: 'broker', evidence: 'down', read: 'once', write: 'no', effect: 'by-sent' },
  'http-timeout': { code: 3005, blame: 'broker', evidence: 'down', read: 'once', write: 'no', effect: 'by-sent' },
  throttled: {
    code: 3600,
    blame: 'platform',
    evidence: 'none',
    read: 'if-retry-after',
    write: 'if-retry-after',
    effect: 'not-executed',
  },
  'http-not-found': {
    code: 3002,
    blame: 'platform',
    evidence: 'operation',
    read: 'no',
    write: 'no',
    effect: 'rejected',
  },
  'http-denied': { code: 3999, blame: 'platform', evidence: 'self', read: 'no', write: 'no', effect: 'rejected' },
  'http-rejected': { code: 3999, blame: 'platform', evidence: 'none', read: 'no', write: 'no', effect: 'rejected' },

  'body-empty': { code: 3011, blame: 'broker', evidence: 'operation', read: 'once', write: 'no', effect: 'by-sent' },
  'body-html': { code: 3011, blame: 'broker', evidence: 'down', read: 'no', write: 'no', effect: 'by-sent' },
  'body-too-large': { code: 3011, blame: 'broker', evidence: 'operation', read: 'no', write: 'no', effect: 'by-sent' },
  'body-encoding': { code: 3011, blame: 'broker', evidence: 'operation', read: 'once', write: 'no', effect: 'by-sent' },
  'json-invalid': { code: 3011, blame: 'broker', evidence: 'operation', read: 'once', write: 'no', effect: 'by-sent' },

  'envelope-missing': {
    code: 3011,
    blame: 'broker',
    evidence: 'operation',
    read: 'no',
    write: 'no',
    effect: 'by-sent',
  },
  'respcode-invalid': {
    code: 3011,
    blame: 'broker',
    evidence: 'operation',
    read: 'no',
    write: 'no',
    effect: 'by-sent',
  },
  'respcode-out-of-range': {
    code: 3011,
    blame: 'broker',
    evidence: 'operation',
    read: 'no',
    write: 'no',
    effect: 'by-sent',
  },
  'status-conflict': { code: 3011, blame: 'broker', evidence: 'operation', read: 'no', write: 'no', effect: 'by-sent' },
  'page-repeated': { code: 3011, blame: 'broker', evidence: 'operation', read: 'no', write: 'no', effect: 'by-sent' },

  'trcode-mismatch': {
    code: 3001,
    blame: 'broker',
    evidence: 'operation',
    read: 'once-fresh',
    write: 'no',
    effect: 'by-sent',
  },
  'echo-mismatch': {
    code: 3001,
    blame: 'broker',
    evidence: 'operation',
    read: 'once-fresh',
    write: 'no',
    effect: 'by-sent',
  },

  'broker-error': { code: 'broker', blame: 'caller', evidence: 'up', read: 'no', write: 'no', effect: 'rejected' },
  'item-failed': { code: 'item', blame: 'caller', evidence: 'up', read: 'no', write: 'no', effect: 'rejected' },
  'broker-unavailable': {
    code: 3600,
    blame: 'broker',
    evidence: 'down',
    read: 'if-retry-after',
    write: 'no',
    effect: 'by-sent',
  },
  'broker-timeout': { code: 3005, blame: 'broker', evidence: 'down', read: 'once', write: 'no', effect: 'by-sent' },
  'credentials-refused': {
    code: 3999,
    blame: 'platform',
    evidence: 'self',
    read: 'after-renewal',
    write: 'after-renewal',
    effect: 'not-executed',
  },

  internal: { code: 3999, blame: 'platform', evidence: 'self', read: 'no', write: 'no', effect: 'by-sent' },
} as const satisfies Record<string, FaultRow>;

/** Name of a row of the fault table. */
export type Fault = keyof typeof FAULTS;

/** Every fault, in the table's order. */
export const FAULT_NAMES = Object.keys(FAULTS) as readonly Fault[];

/** Whether `text` names a row of the fault table. */
export function isFault(text: string): text is Fault {
  return Object.hasOwn(FAULTS, text);
}

/** The row of a fault, with its columns as wide as the table allows. */
export function faultRow(fault: Fault): FaultRow {
  return FAULTS[fault];
}
