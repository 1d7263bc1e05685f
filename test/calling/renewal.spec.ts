import { describe, expect, it } from '@jest/globals';
import { Credentials } from '../../src/calling/credentials.ts';
import { ManualClock } from '../support/manual-clock.ts';

const EVERY_MS = 60_000;

/** Renewals that end when they are told to. */
function keeper() {
  const clock = new ManualClock();
  const open: ((isDone: boolean) => void)[] = [];
  const renew = () =>
    new Promise<void>((resolve, reject) => {
      open.push((isDone) => (isDone ? resolve() : reject(new Error('refused'))));
    });
  const credentials = new Credentials({ get: () => ({}), renew }, EVERY_MS, clock);
  return { clock, open, credentials, ask: (generation = 0) => credentials.renewed(generation, 'house') };
}

describe('a renewal', () => {
  it('is one for all who ask while it lasts', async () => {
    const { open, ask } = keeper();
    const all = [ask(), ask(), ask()];
    open[0]?.(true);
    expect(await Promise.all(all)).toEqual([true, true, true]);
    expect(open).toHaveLength(1);
  });

  it('is not needed by whoever was refused with older credentials', async () => {
    const { open, ask } = keeper();
    const first = ask();
    open[0]?.(true);
    await first;
    expect(await ask(0)).toBe(true);
    expect(open).toHaveLength(1);
  });

  it('is not tried again before the broker allows it, whether it succeeded or not', async () => {
    for (const isDone of [true, false]) {
      const { clock, open, ask, credentials } = keeper();
      const first = ask();
      open[0]?.(isDone);
      expect(await first).toBe(isDone);
      clock.advance(EVERY_MS - 1);
      expect(await ask(credentials.generation)).toBe(false);
      clock.advance(1);
      const second = ask(credentials.generation);
      open[1]?.(true);
      expect(await second).toBe(true);
      expect(open).toHaveLength(2);
    }
  });

  it('that hangs is given up, and what it brings later counts', async () => {
    const { clock, open, ask, credentials } = keeper();
    const first = ask();
    clock.advance(10_000);
    expect(await first).toBe(false);
    open[0]?.(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(credentials.generation).toBe(1);
    expect(await ask(0)).toBe(true);
  });
});
