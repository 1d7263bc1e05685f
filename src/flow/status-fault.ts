import type { Fault } from '../catalog/faults.ts';

const BY_STATUS: ReadonlyMap<number, Fault> = new Map<number, Fault>([
  [401, 'http-denied'],
  [403, 'http-denied'],
  [407, 'http-denied'],
  [404, 'http-not-found'],
  [405, 'http-not-found'],
  [410, 'http-not-found'],
  [501, 'http-not-found'],
  [408, 'http-timeout'],
  [504, 'http-timeout'],
  [429, 'throttled'],
  [502, 'http-unavailable'],
  [503, 'http-unavailable'],
]);

/**
 * What an HTTP status means where no envelope stands in the body; `undefined` for 2xx, whose body has to speak.
 * A status outside 100 to 599 is read as a server error (RFC 9110 section 15).
 */
export function statusFault(status: number): Fault | undefined {
  const known = BY_STATUS.get(status);
  if (known !== undefined) return known;
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return 'http-redirect';
  return status >= 400 && status < 500 ? 'http-rejected' : 'http-server-error';
}
