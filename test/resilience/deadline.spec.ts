import { getEventListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { underDeadline, type Stoppable } from '../../src/resilience/deadline.ts';

/** Work that says what it was told, and is over when it is told anything. */
class Work implements Stoppable {
  readonly told: unknown[] = [];
  readonly over: Promise<void>;
  #end: () => void = () => undefined;

  constructor() {
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  expire(): void {
    this.told.push('expire');
    this.#end();
  }

  abort(reason: unknown): void {
    this.told.push('abort', reason);
    this.#end();
  }
}

const LONG_MS = 60_000;

/** Lets everything run that waits for nothing but its turn. */
async function turn(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}

function timersThatKeepAlive(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

afterEach(() => {
  jest.useRealTimers();
});

describe('underDeadline', () => {
  it('leaves work alone that is over in time', async () => {
    const work = new Work();
    const giving = new AbortController();
    underDeadline(work, LONG_MS, giving.signal).leave();
    expect(getEventListeners(giving.signal, 'abort')).toEqual([]);
    giving.abort();
    await turn();
    expect(work.told).toEqual([]);
  });

  it.each([1, 0, -5])('stops the work at its deadline, %d ms away', async (budgetMs) => {
    const work = new Work();
    const deadline = underDeadline(work, budgetMs, undefined);
    await work.over;
    expect(work.told).toEqual(['expire']);
    deadline.leave();
  });

  it("stops the work for the caller's own reason when the caller gives up", async () => {
    const work = new Work();
    const giving = new AbortController();
    const reason = { why: 'the user closed the page' };
    const deadline = underDeadline(work, LONG_MS, giving.signal);
    giving.abort(reason);
    await work.over;
    expect(work.told).toEqual(['abort', reason]);
    deadline.leave();
  });

  it('stops the work of a caller who had given up before', async () => {
    const work = new Work();
    const reason = new Error('no longer wanted');
    const deadline = underDeadline(work, LONG_MS, AbortSignal.abort(reason));
    await work.over;
    expect(work.told).toEqual(['abort', reason]);
    deadline.leave();
  });

  it('takes a deadline that no timer of Node can keep', async () => {
    const work = new Work();
    const deadline = underDeadline(work, Number.MAX_SAFE_INTEGER, undefined);
    await turn();
    expect(work.told).toEqual([]);
    deadline.leave();
  });

  it('never tells work what was meant for work before it', async () => {
    const [first, second] = [new Work(), new Work()];
    underDeadline(first, LONG_MS, AbortSignal.abort('too late')).leave();
    const deadline = underDeadline(second, LONG_MS, new AbortController().signal);
    await turn();
    expect([first.told, second.told]).toEqual([[], []]);
    deadline.leave();
  });
});

describe('a timer that was left running', () => {
  it.each([
    ['sooner', LONG_MS, 20],
    ['later', 10, 60],
  ])('does not keep the next work from its own deadline, which comes %s', async (_when, beforeMs, budgetMs) => {
    underDeadline(new Work(), beforeMs, undefined).leave();
    const work = new Work();
    const startMs = performance.now();
    const deadline = underDeadline(work, budgetMs, undefined);
    await work.over;
    // Node's timers may be early by what they round off.
    expect(performance.now() - startMs).toBeGreaterThan(budgetMs - 2);
    expect(work.told).toEqual(['expire']);
    deadline.leave();
  });

  it('keeps no process alive until there is work for it', () => {
    const before = timersThatKeepAlive();
    underDeadline(new Work(), LONG_MS, undefined).leave();
    expect(timersThatKeepAlive()).toBe(before);
    const deadline = underDeadline(new Work(), LONG_MS, undefined);
    expect(timersThatKeepAlive()).toBe(before + 1);
    deadline.leave();
    expect(timersThatKeepAlive()).toBe(before);
  });

  it('is not trusted where a test has put its own timers in place meanwhile, or has taken them away', async () => {
    jest.useFakeTimers();
    underDeadline(new Work(), 1, undefined).leave();
    jest.useRealTimers();
    const real = new Work();
    const deadline = underDeadline(real, 20, undefined);
    await real.over;
    deadline.leave();
    jest.useFakeTimers();
    const faked = new Work();
    const other = underDeadline(faked, LONG_MS, undefined);
    jest.advanceTimersByTime(LONG_MS);
    expect([real.told, faked.told]).toEqual([['expire'], ['expire']]);
    other.leave();
  });
});
