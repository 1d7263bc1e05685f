const MS_A_SECOND = 1_000;

/** Text of the last second asked for, up to its point: all moments of a second share it. */
let lastSecond = Number.NaN;
let textOfSecond = '';

/**
 * A moment in milliseconds since 1970 as ISO 8601 in UTC, for what is written once a call: the engine's own text costs a
 * record's other fields together.
 *
 * @throws RangeError for a moment that no date has.
 */
export function instantOf(wallMs: number): string {
  const whole = Math.trunc(wallMs);
  const second = Math.floor(whole / MS_A_SECOND);
  if (second !== lastSecond) {
    textOfSecond = new Date(second * MS_A_SECOND).toISOString().slice(0, -'000Z'.length);
    lastSecond = second;
  }
  return `${textOfSecond}${String(whole - second * MS_A_SECOND).padStart(3, '0')}Z`;
}
