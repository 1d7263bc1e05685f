/** Longest pause taken over from a broker: a week. More is a mistake of theirs, and it must stay a safe number. */
const LONGEST_MS = 7 * 24 * 3_600_000;

const SECONDS = /^\d{1,12}$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds named by a `Retry-After` header: seconds or an HTTP date (RFC 9110 section 10.2.3). */
export function retryAfterMs(header: string | undefined, receivedAtMs: number): number | undefined {
  const text = header?.trim();
  if (text === undefined) return undefined;
  if (SECONDS.test(text)) return Math.min(Number(text) * 1_000, LONGEST_MS);
  if (!HTTP_DATE.test(text)) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.min(Math.max(atMs - receivedAtMs, 0), LONGEST_MS);
}
