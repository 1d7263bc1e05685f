import { randomUUID } from 'node:crypto';

/** Narrower than what a connector takes, so that a fan-out can number its calls behind it. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,119}$/;

/** The caller's own name for a request where it is one, else a new UUID: nothing else reaches a log or a broker. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}
