import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MaintenanceWindow } from '../../src/model/broker.ts';
import { maintenanceLeftMs } from '../../src/resilience/maintenance.ts';

const MINUTE = 60_000;
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

function daily(fromMinute: number, toMinute: number, days: readonly number[] = ALL_DAYS): MaintenanceWindow {
  return { kind: 'daily', days, fromMinute, toMinute };
}

/** Minutes left of a window at a time in Korea; 2026-11-22 is a Sunday. */
function minutesLeft(window: MaintenanceWindow | readonly MaintenanceWindow[], at: string): number | undefined {
  const windows = 'kind' in window ? [window] : window;
  const left = maintenanceLeftMs(windows, Date.parse(`${at}+09:00`));
  return left === undefined ? undefined : left / MINUTE;
}

const NIGHT = daily(23 * 60 + 30, 30);
const MORNING = daily(6 * 60, 8 * 60 + 30);
const WHOLE_DAY = daily(0, 24 * 60);

describe('a daily window', () => {
  it.each([
    ['before it', MORNING, '2026-11-23T05:59:59', undefined],
    ['at its first moment', MORNING, '2026-11-23T06:00:00', 150],
    ['inside it', MORNING, '2026-11-23T08:00:00', 30],
    ['at its last moment', MORNING, '2026-11-23T08:29:00', 1],
    ['at its end', MORNING, '2026-11-23T08:30:00', undefined],
    ['before midnight', NIGHT, '2026-11-23T23:45:00', 45],
    ['after midnight', NIGHT, '2026-11-24T00:15:00', 15],
    ['at midnight', NIGHT, '2026-11-24T00:00:00', 30],
    ['after one over midnight', NIGHT, '2026-11-24T00:30:00', undefined],
    ['before one over midnight', NIGHT, '2026-11-23T23:29:00', undefined],
    ['until 24:00', daily(23 * 60, 24 * 60), '2026-11-23T23:15:00', 45],
    ['after 24:00', daily(23 * 60, 24 * 60), '2026-11-24T00:00:00', undefined],
    ['of the whole day, at its start', WHOLE_DAY, '2026-11-23T00:00:00', 1_440],
    ['of the whole day, at its end', WHOLE_DAY, '2026-11-23T23:59:00', 1],
  ])('%s', (_, window, at, left) => {
    expect(minutesLeft(window, at)).toBe(left);
  });

  it.each([
    ['on its day', [0], '2026-11-22T23:45:00', 45],
    ['on the morning after its day, to which it belongs', [0], '2026-11-23T00:15:00', 15],
    ['on the evening after its day', [0], '2026-11-23T23:45:00', undefined],
    ['on the morning of its day', [0], '2026-11-22T00:15:00', undefined],
    ['on one of several days', [1, 5], '2026-11-27T23:45:00', 45],
    ['between them', [1, 5], '2026-11-25T23:45:00', undefined],
    ['on no day', [], '2026-11-22T23:45:00', undefined],
    ['from Saturday to Sunday', [6], '2026-11-22T00:15:00', 15],
    ['over the end of a year', ALL_DAYS, '2027-01-01T00:15:00', 15],
    ['on the last day of February', ALL_DAYS, '2028-02-29T23:45:00', 45],
  ])('over midnight, %s', (_, days, at, left) => {
    expect(minutesLeft(daily(23 * 60 + 30, 30, days), at)).toBe(left);
  });

  it('is in Korean time wherever the process runs', () => {
    expect(maintenanceLeftMs([MORNING], Date.parse('2026-11-22T21:00:00Z'))).toBe(150 * MINUTE);
    expect(maintenanceLeftMs([MORNING], Date.parse('2026-11-23T06:00:00Z'))).toBeUndefined();
  });

  it('is on for as long as it is, every day of its days', () => {
    const minute = fc.nat(1_439);
    const monday = Date.parse('2026-11-23T00:00:00+09:00');
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: -3_000, max: 3_000 }), fc.nat(1_439), (from, to, day, at) => {
        const left = maintenanceLeftMs([daily(from, to)], monday + (day * 1_440 + at) * MINUTE);
        const length = (to - from + 1_440) % 1_440 || 1_440;
        const since = (at - from + 1_440) % 1_440;
        expect(left).toBe(since < length ? (length - since) * MINUTE : undefined);
      }),
    );
  });
});

describe('a window once', () => {
  const ONCE: MaintenanceWindow = {
    kind: 'once',
    fromMs: Date.parse('2026-01-31T22:00:00+09:00'),
    toMs: Date.parse('2026-02-01T02:00:00+09:00'),
  };

  it.each([
    ['before it', '2026-01-31T21:59:00', undefined],
    ['at its start', '2026-01-31T22:00:00', 240],
    ['inside it', '2026-02-01T01:00:00', 60],
    ['at its end', '2026-02-01T02:00:00', undefined],
    ['a year later', '2027-01-31T23:00:00', undefined],
  ])('%s', (_, at, left) => {
    expect(minutesLeft(ONCE, at)).toBe(left);
  });

  it('and another one end when the later of them ends', () => {
    expect(minutesLeft([ONCE, NIGHT], '2026-01-31T23:45:00')).toBe(135);
    expect(minutesLeft([MORNING, NIGHT], '2026-02-01T00:00:00')).toBe(30);
  });

  it('is none where there are no windows', () => {
    expect(maintenanceLeftMs([], 0)).toBeUndefined();
  });
});
