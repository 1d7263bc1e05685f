import type { Fault } from '../catalog/faults.ts';

/**
 * Where a fault points to, for a decision over many calls.
 * `ours`: this platform; `credentials`: our certificate, key or permission; `address`: a path the broker does not know;
 * `request`: what we send; `load`: more calls than there is room for; `maintenance`: the broker says so itself;
 * `path`: the network; `broker`: its server; `answer`: it serves, and what it says is not the standard's;
 * `alive`: proof that the broker is up; `silent`: says nothing of it.
 */
export type Cause =
  | 'ours'
  | 'credentials'
  | 'address'
  | 'request'
  | 'load'
  | 'maintenance'
  | 'path'
  | 'broker'
  | 'answer'
  | 'alive'
  | 'silent';

/** The cause behind every fault of the fault table. */
export const CAUSES = {
  'unknown-broker': 'silent',
  'unknown-operation': 'silent',
  'missing-field': 'silent',
  'maintenance-window': 'silent',
  'breaker-open': 'silent',
  'bulkhead-full': 'load',
  'deadline-exceeded': 'load',
  'dns-not-found': 'ours',
  'dns-unavailable': 'ours',
  'local-resources': 'ours',
  'network-unreachable': 'ours',
  'host-unreachable': 'path',
  'connect-refused': 'broker',
  'connect-reset': 'path',
  'connect-timeout': 'path',
  'tls-certificate': 'broker',
  'tls-untrusted': 'ours',
  'tls-client-rejected': 'credentials',
  'tls-handshake': 'broker',
  'reset-before-response': 'path',
  'response-timeout': 'broker',
  'http-malformed': 'broker',
  'body-cut': 'path',
  'body-timeout': 'broker',
  'maintenance-page': 'maintenance',
  'http-redirect': 'broker',
  'http-unavailable': 'broker',
  'http-server-error': 'broker',
  'http-timeout': 'broker',
  throttled: 'load',
  'http-not-found': 'address',
  'http-denied': 'credentials',
  'http-rejected': 'request',
  'body-empty': 'answer',
  'body-html': 'broker',
  'body-too-large': 'answer',
  'body-encoding': 'answer',
  'json-invalid': 'answer',
  'envelope-missing': 'answer',
  'respcode-invalid': 'answer',
  'respcode-out-of-range': 'answer',
  'status-conflict': 'answer',
  'page-repeated': 'answer',
  'trcode-mismatch': 'answer',
  'echo-mismatch': 'answer',
  'broker-error': 'alive',
  'item-failed': 'alive',
  'broker-unavailable': 'maintenance',
  'broker-timeout': 'broker',
  'credentials-refused': 'credentials',
  internal: 'ours',
} as const satisfies Record<Fault, Cause>;

/** Faults of a broker that come from between us and it when several brokers show them at once: a firewall, our clock. */
const FROM_BETWEEN: ReadonlySet<Fault> = new Set<Fault>([
  'connect-refused',
  'tls-certificate',
  'tls-handshake',
  'response-timeout',
]);

/** The cause behind one fault. */
export function causeOf(fault: Fault): Cause {
  return CAUSES[fault];
}

/**
 * One trouble in two words: what cannot be reached is refused by a router, and as many dials as it will not answer, since it
 * limits its answers (RFC 1812 section 4.3.2.8), end by themselves.
 */
const NOT_REACHED: ReadonlySet<Fault> = new Set<Fault>(['host-unreachable', 'connect-timeout']);

/** Whether two brokers' faults are the same trouble, as far as can be seen from here. */
export function isSameTrouble(one: Fault | undefined, other: Fault | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one === other || (NOT_REACHED.has(one) && NOT_REACHED.has(other));
}

/** Whether the same fault at several brokers at once is a fault of none of them. */
export function isShareable(fault: Fault): boolean {
  const cause = causeOf(fault);
  return cause === 'path' || cause === 'ours' || FROM_BETWEEN.has(fault);
}

/** What one call says: the broker served, it did not, or nothing. */
export function wordOf({
  result,
  fault,
}: {
  readonly result: string;
  readonly fault?: Fault;
}): 'good' | 'bad' | 'silent' {
  if (result === 'ok') return 'good';
  if (fault === undefined) return 'silent';
  const cause = causeOf(fault);
  if (cause === 'alive') return 'good';
  return cause === 'silent' ? 'silent' : 'bad';
}
