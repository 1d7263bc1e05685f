import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Bulkhead, type Entry } from '../../src/resilience/bulkhead.ts';

function never(): AbortSignal {
  return new AbortController().signal;
}

function entered(entry: Entry | undefined): () => void {
  if (entry?.kind !== 'entered') throw new TypeError(`expected a place, and got ${String(entry?.kind)}`);
  return () => {
    entry.release();
  };
}

describe('a bulkhead', () => {
  it('gives as many places as it has, then makes wait, then is full', () => {
    const bulkhead = new Bulkhead({ inFlight: 2, queue: 1 });
    entered(bulkhead.tryEnter());
    entered(bulkhead.tryEnter());
    expect(bulkhead.tryEnter()).toBeUndefined();
    void bulkhead.wait(never());
    expect(bulkhead.tryEnter()).toEqual({ kind: 'full' });
  });

  it('is full at once where nobody may wait', () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 0 });
    entered(bulkhead.tryEnter());
    expect(bulkhead.tryEnter()).toEqual({ kind: 'full' });
  });

  it('gives a place back once, however often it is given back', () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 0 });
    const release = entered(bulkhead.tryEnter());
    release();
    release();
    entered(bulkhead.tryEnter());
    expect(bulkhead.tryEnter()).toEqual({ kind: 'full' });
  });

  it('serves those who wait in the order they came', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 3 });
    let release = entered(bulkhead.tryEnter());
    const served: string[] = [];
    const waiting = ['first', 'second', 'third'].map(async (name) => {
      release = entered(await bulkhead.wait(never()));
      served.push(name);
    });
    for (const wait of waiting) {
      release();
      await wait;
    }
    expect(served).toEqual(['first', 'second', 'third']);
  });

  it('gives a place to whoever waits, not to whoever comes', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    const release = entered(bulkhead.tryEnter());
    const waiting = bulkhead.wait(never());
    release();
    expect(bulkhead.tryEnter()).toBeUndefined();
    expect((await waiting).kind).toBe('entered');
  });

  it('lets go of whoever gives up, and of the place in its queue', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    const release = entered(bulkhead.tryEnter());
    const giving = new AbortController();
    const waiting = bulkhead.wait(giving.signal);
    expect(bulkhead.tryEnter()).toEqual({ kind: 'full' });
    giving.abort();
    expect(await waiting).toEqual({ kind: 'left' });
    expect(bulkhead.tryEnter()).toBeUndefined();
    release();
    entered(bulkhead.tryEnter());
  });

  it('lets nobody wait who has given up already', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    entered(bulkhead.tryEnter());
    expect(await bulkhead.wait(AbortSignal.abort())).toEqual({ kind: 'left' });
    expect(bulkhead.tryEnter()).toBeUndefined();
  });

  it('keeps the place of whoever gives up after having got it', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    const release = entered(bulkhead.tryEnter());
    const giving = new AbortController();
    const waiting = bulkhead.wait(giving.signal);
    release();
    expect(getEventListeners(giving.signal, 'abort')).toEqual([]);
    giving.abort();
    const entry = await waiting;
    expect(entry.kind).toBe('entered');
    expect(bulkhead.tryEnter()).toBeUndefined();
    entered(entry)();
    entered(bulkhead.tryEnter());
  });
});

const STEP = fc.oneof(
  fc.constant({ do: 'enter' as const, which: 0 }),
  fc.record({ do: fc.constant('release' as const), which: fc.nat() }),
  fc.record({ do: fc.constant('leave' as const), which: fc.nat() }),
);

describe('any run of calls', () => {
  it('never has more inside or waiting than it may, loses nobody, and serves first come first', async () => {
    const size = fc.record({ inFlight: fc.integer({ min: 1, max: 4 }), queue: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(size, fc.array(STEP, { maxLength: 60 }), async (limits, steps) => {
        const bulkhead = new Bulkhead(limits);
        const inside: (() => void)[] = [];
        const queue: { number: number; giving: AbortController; wait: Promise<Entry> }[] = [];
        let number = 0;
        let last = -1;
        for (const step of steps) {
          if (step.do === 'enter') {
            const entry = bulkhead.tryEnter();
            if (entry?.kind === 'entered') inside.push(entered(entry));
            else if (entry === undefined) {
              const giving = new AbortController();
              queue.push({ number: (number += 1), giving, wait: bulkhead.wait(giving.signal) });
            } else expect([inside.length, queue.length]).toEqual([limits.inFlight, limits.queue]);
          } else if (step.do === 'release' && inside.length > 0) {
            inside.splice(step.which % inside.length, 1)[0]?.();
            const next = queue.shift();
            if (next !== undefined) {
              inside.push(entered(await next.wait));
              expect(next.number).toBeGreaterThan(last);
              last = next.number;
            }
          } else if (step.do === 'leave' && queue.length > 0) {
            const [leaver] = queue.splice(step.which % queue.length, 1);
            leaver?.giving.abort();
            expect(await leaver?.wait).toEqual({ kind: 'left' });
          }
          expect(inside.length).toBeLessThanOrEqual(limits.inFlight);
          expect(queue.length).toBeLessThanOrEqual(limits.queue);
        }
      }),
    );
  });
});
