import { describe, expect, it } from '@jest/globals';
import { withDeadline, type Stoppable } from '../../src/resilience/deadline.ts';

interface Work extends Stoppable<string> {
  readonly told: string[];
  finish(result: string): void;
}

/** Work that says what it was told, and ends only when somebody says so. */
function work(): Work {
  const told: string[] = [];
  let came = 'nothing';
  let end: { resolve: () => void; reject: (reason: unknown) => void } | undefined;
  const over = new Promise<void>((resolve, reject) => {
    end = { resolve, reject };
  });
  const finish = (text: string) => {
    came = text;
    end?.resolve();
  };
  return {
    told,
    over,
    result: () => came,
    finish,
    expire: () => {
      told.push('expire');
      finish('expired');
    },
    abort: (reason) => {
      told.push('abort');
      end?.reject(reason);
    },
  };
}

const LONG_MS = 60_000;

describe('withDeadline', () => {
  it('gives the result of work that ends in time, and leaves it alone', async () => {
    const given = work();
    given.finish('done');
    expect(await withDeadline(given, LONG_MS, undefined)).toBe('done');
    expect(given.told).toEqual([]);
  });

  it.each([1, 0, -5])('gives what the work came to at its deadline, %d ms away', async (budgetMs) => {
    const given = work();
    expect(await withDeadline(given, budgetMs, undefined)).toBe('expired');
    expect(given.told).toEqual(['expire']);
  });

  it("stops the work and throws the caller's own reason when the caller gives up", async () => {
    const given = work();
    const giving = new AbortController();
    const reason = { why: 'the user closed the page' };
    const waiting = withDeadline(given, LONG_MS, giving.signal);
    giving.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(given.told).toEqual(['abort']);
  });

  it('stops the work of a caller who had given up before', async () => {
    const given = work();
    const reason = new Error('no longer wanted');
    await expect(withDeadline(given, LONG_MS, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(given.told).toEqual(['abort']);
  });

  it('takes a deadline that no timer of Node can keep', async () => {
    const given = work();
    const waiting = withDeadline(given, Number.MAX_SAFE_INTEGER, undefined);
    given.finish('done');
    expect(await waiting).toBe('done');
  });
});
