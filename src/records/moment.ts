const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Where the hour and the seconds begin in `2026-11-25T00:00:12.345Z`, and how long that is. */
const HOUR = 11;
const MINUTE_LENGTH = 17;
const LENGTH = 24;

/** The last minute that was read: records come in the order of their times, and reading a date anew takes half a microsecond. */
let minute = '';
let minuteMs = Number.NaN;

function digit(text: string, index: number): number {
  const value = text.charCodeAt(index) - 0x30;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** Milliseconds of `12.345Z` at the end of a moment of the length that ours have; NaN where it is not that. */
function secondsMs(at: string): number {
  if (at.charCodeAt(19) !== 0x2e || at.charCodeAt(23) !== 0x5a) return Number.NaN;
  const seconds = digit(at, 17) * 10 + digit(at, 18);
  if (!(seconds < 60)) return Number.NaN;
  return seconds * 1_000 + digit(at, 20) * 100 + digit(at, 21) * 10 + digit(at, 22);
}

/** A moment of a record, in milliseconds since 1970; NaN where it is not ISO 8601 in UTC. */
export function momentMs(at: string): number {
  if (at.length === LENGTH && at.startsWith(minute)) {
    const ms = minuteMs + secondsMs(at);
    if (!Number.isNaN(ms)) return ms;
  }
  if (!AT.test(at)) return Number.NaN;
  const ms = Date.parse(at);
  // The end of a day, 24:00, has no second second.
  if (at.length !== LENGTH || Number.isNaN(ms) || at.startsWith('24', HOUR)) return ms;
  minute = at.slice(0, MINUTE_LENGTH);
  minuteMs = ms - secondsMs(at);
  return ms;
}
