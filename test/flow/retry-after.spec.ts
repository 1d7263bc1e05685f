import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryAfterMs } from '../../src/flow/retry-after.ts';

/** 2026-11-23T03:00:00Z. */
const NOW = 1_795_402_800_000;
const WEEK_MS = 604_800_000;

describe('retryAfterMs', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['seconds with blanks', ' 120 ', 120_000],
    ['none at all', '0', 0],
    ['a date', 'Mon, 23 Nov 2026 03:00:30 GMT', 30_000],
    ['a date that has passed', 'Mon, 23 Nov 2026 02:59:00 GMT', 0],
    ['ten years', '315360000', WEEK_MS],
    ['a date in ten years', 'Mon, 23 Nov 2036 03:00:00 GMT', WEEK_MS],
  ])('reads %s', (_, header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it.each([
    ['no header', undefined],
    ['nothing in it', ''],
    ['a word', 'soon'],
    ['a fraction', '1.5'],
    ['a negative number', '-1'],
    ['an exponent', '1e3'],
    ['hexadecimal digits', '0x10'],
    ['more digits than any pause has', '9999999999999999'],
    ['two values', '7, 8'],
    ['an ISO date', '2026-11-23T03:00:30Z'],
    ['a date in another zone', 'Mon, 23 Nov 2026 03:00:30 KST'],
    ['a day that does not exist', 'Mon, 99 Nov 2026 03:00:30 GMT'],
  ])('makes nothing of %s', (_, header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });

  it('gives a pause between nothing and a week, or none, for any header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), fc.nat(), (header, nowMs) => {
        const ms = retryAfterMs(header, nowMs);
        return ms === undefined || (ms >= 0 && ms <= WEEK_MS);
      }),
    );
  });
});
