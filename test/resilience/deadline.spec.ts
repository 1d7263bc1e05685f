import { describe, expect, it } from '@jest/globals';
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

describe('underDeadline', () => {
  it('leaves work alone that is over in time', async () => {
    const work = new Work();
    const giving = new AbortController();
    underDeadline(work, LONG_MS, giving.signal).leave();
    giving.abort();
    await turn();
    expect(work.told).toEqual([]);
  });

  it.each([1, 0, -5])('stops the work at its deadline, %d ms away', async (budgetMs) => {
    const work = new Work();
    underDeadline(work, budgetMs, undefined);
    await work.over;
    expect(work.told).toEqual(['expire']);
  });

  it("stops the work for the caller's own reason when the caller gives up", async () => {
    const work = new Work();
    const giving = new AbortController();
    const reason = { why: 'the user closed the page' };
    underDeadline(work, LONG_MS, giving.signal);
    giving.abort(reason);
    await work.over;
    expect(work.told).toEqual(['abort', reason]);
  });

  it('stops the work of a caller who had given up before', async () => {
    const work = new Work();
    const reason = new Error('no longer wanted');
    underDeadline(work, LONG_MS, AbortSignal.abort(reason));
    await work.over;
    expect(work.told).toEqual(['abort', reason]);
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
    const giving = new AbortController();
    const before = underDeadline(first, LONG_MS, giving.signal);
    giving.abort('too late');
    before.leave();
    const deadline = underDeadline(second, LONG_MS, undefined);
    await turn();
    const third = new Work();
    const next = underDeadline(third, LONG_MS, undefined);
    await turn();
    expect([first.told, second.told, third.told]).toEqual([[], [], []]);
    deadline.leave();
    next.leave();
  });
});
