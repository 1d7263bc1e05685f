import { describe, expect, it } from '@jest/globals';
import { LONGEST_DELAY_MS, systemClock } from '../../src/runtime/clock.ts';

/** Resolves behind every timer of no delay that was set before. */
function soon(): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(1, resolve);
  });
}

describe('the clock', () => {
  it('never goes back', () => {
    const before = systemClock.nowMs();
    expect(systemClock.nowMs()).toBeGreaterThanOrEqual(before);
  });

  it('knows the time of the day', () => {
    expect(new Date(systemClock.wallMs()).getUTCFullYear()).toBeGreaterThan(2025);
  });

  it('draws numbers from 0 up to 1', () => {
    const drawn = Array.from({ length: 1_000 }, () => systemClock.random());
    expect(drawn.filter((number) => number < 0 || number >= 1)).toEqual([]);
  });
});

describe('a timer', () => {
  it.each([0, -5])('of %d ms runs soon, and once', async (delayMs) => {
    const ran: string[] = [];
    systemClock.after(delayMs, () => ran.push('ran'));
    expect(ran).toEqual([]);
    await soon();
    await soon();
    expect(ran).toEqual(['ran']);
  });

  it('that is cancelled never runs, however often it is cancelled', async () => {
    const ran: string[] = [];
    const timer = systemClock.after(0, () => ran.push('ran'));
    timer.cancel();
    timer.cancel();
    await soon();
    expect(ran).toEqual([]);
  });

  it.each([LONGEST_DELAY_MS + 1, Number.MAX_SAFE_INTEGER, Infinity])(
    'of %d ms does not run at once',
    async (delayMs) => {
      const ran: string[] = [];
      const timer = systemClock.after(delayMs, () => ran.push('ran'));
      await soon();
      timer.cancel();
      expect(ran).toEqual([]);
    },
  );
});
