import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Bulkhead, type Entry, type Place, type Waiter } from '../../src/resilience/bulkhead.ts';

/** Whoever waits, and the place that it was given. */
class Waiting implements Waiter {
  place: Place | undefined;

  enter(place: Place): void {
    this.place = place;
  }
}

function waitingFor(bulkhead: Bulkhead): Waiting {
  const waiting = new Waiting();
  bulkhead.wait(waiting);
  return waiting;
}

/** Whoever was given a place is told of it. */
async function told(): Promise<void> {
  await Promise.resolve();
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
    waitingFor(bulkhead);
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
    entered(bulkhead.tryEnter())();
    const first = entered(bulkhead.tryEnter());
    const waiting = [waitingFor(bulkhead), waitingFor(bulkhead), waitingFor(bulkhead)];
    first();
    for (const [served, each] of waiting.entries()) {
      await told();
      expect(waiting.map(({ place }) => place !== undefined)).toEqual([true, served > 0, served > 1]);
      entered(each.place)();
    }
    entered(bulkhead.tryEnter());
  });

  it('gives a place to whoever waits, not to whoever comes', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    const release = entered(bulkhead.tryEnter());
    const waiting = waitingFor(bulkhead);
    release();
    expect(bulkhead.tryEnter()).toBeUndefined();
    await told();
    entered(waiting.place)();
    entered(bulkhead.tryEnter());
  });

  it('tells of a place behind what its last holder does at its end', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    const release = entered(bulkhead.tryEnter());
    const waiting = waitingFor(bulkhead);
    release();
    expect(waiting.place).toBeUndefined();
    await told();
    expect(waiting.place).toBeDefined();
  });

  it('lets go of whoever gives up, and of the place in its queue', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    const release = entered(bulkhead.tryEnter());
    const waiting = waitingFor(bulkhead);
    expect(bulkhead.tryEnter()).toEqual({ kind: 'full' });
    bulkhead.leave(waiting);
    expect(bulkhead.tryEnter()).toBeUndefined();
    release();
    await told();
    expect(waiting.place).toBeUndefined();
    entered(bulkhead.tryEnter());
  });

  it('leaves the others in its queue alone when somebody gives up who is not in it', () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    entered(bulkhead.tryEnter());
    waitingFor(bulkhead);
    bulkhead.leave(new Waiting());
    expect(bulkhead.tryEnter()).toEqual({ kind: 'full' });
  });

  it('keeps the place of whoever gives up after having got it, until that gives it back', async () => {
    const bulkhead = new Bulkhead({ inFlight: 1, queue: 1 });
    const release = entered(bulkhead.tryEnter());
    const waiting = waitingFor(bulkhead);
    release();
    bulkhead.leave(waiting);
    await told();
    expect(bulkhead.tryEnter()).toBeUndefined();
    entered(waiting.place)();
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
        const queue: { number: number; waiting: Waiting }[] = [];
        let number = 0;
        let last = -1;
        for (const step of steps) {
          if (step.do === 'enter') {
            const entry = bulkhead.tryEnter();
            if (entry?.kind === 'entered') inside.push(entered(entry));
            else if (entry === undefined) {
              queue.push({ number: (number += 1), waiting: waitingFor(bulkhead) });
            } else expect([inside.length, queue.length]).toEqual([limits.inFlight, limits.queue]);
          } else if (step.do === 'release' && inside.length > 0) {
            inside.splice(step.which % inside.length, 1)[0]?.();
            const next = queue.shift();
            if (next !== undefined) {
              await told();
              inside.push(entered(next.waiting.place));
              expect(next.number).toBeGreaterThan(last);
              last = next.number;
            }
          } else if (step.do === 'leave' && queue.length > 0) {
            const [leaver] = queue.splice(step.which % queue.length, 1);
            if (leaver !== undefined) bulkhead.leave(leaver.waiting);
          }
          expect(inside.length).toBeLessThanOrEqual(limits.inFlight);
          expect(queue.length).toBeLessThanOrEqual(limits.queue);
        }
      }),
    );
  });
});
