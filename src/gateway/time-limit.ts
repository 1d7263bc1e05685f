type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Longest time limit read, in milliseconds; what is longer shortens nothing. */
const LONGEST_MS = 3_600_000;

const WHOLE = /^\d{1,9}$/;
const SECONDS = /^\d{1,7}(?:\.\d{1,3})?$/;

/** The caller's time limit, none, or what was expected where a header holds something else. */
export type TimeLimit =
  | { readonly kind: 'limit'; readonly limitMs: number | undefined }
  | { readonly kind: 'wrong'; readonly expected: string };

function millisecondsOf(value: string | readonly string[], form: RegExp, unitMs: number): number | undefined {
  if (typeof value !== 'string' || !form.test(value.trim())) return undefined;
  const ms = Number(value) * unitMs;
  return ms > 0 ? Math.min(ms, LONGEST_MS) : undefined;
}

/** How long the caller waits, in milliseconds, by `X-Deadline-Ms` or `Request-Timeout` (seconds); the shorter of both. */
export function timeLimitOf(headers: Headers): TimeLimit {
  const own = headers['x-deadline-ms'];
  const seconds = headers['request-timeout'];
  const ownMs = own === undefined ? LONGEST_MS : millisecondsOf(own, WHOLE, 1);
  if (ownMs === undefined) return { kind: 'wrong', expected: 'X-Deadline-Ms: expected whole milliseconds above 0' };
  const secondsMs = seconds === undefined ? LONGEST_MS : millisecondsOf(seconds, SECONDS, 1_000);
  if (secondsMs === undefined) return { kind: 'wrong', expected: 'Request-Timeout: expected seconds above 0' };
  const limitMs = own === undefined && seconds === undefined ? undefined : Math.min(ownMs, secondsMs);
  return { kind: 'limit', limitMs };
}
