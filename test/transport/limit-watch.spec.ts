import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Limit } from '../../src/model/wire.ts';
import { LimitWatch, LimitWatches } from '../../src/transport/limit-watch.ts';
import { ManualClock } from '../support/manual-clock.ts';

function watchesOn(clock: ManualClock) {
  const watches = new LimitWatches(clock);
  const told: [name: string, limit: Limit, atMs: number][] = [];
  const startMs = clock.nowMs();
  return {
    told,
    watch: (name: string, also?: () => void) =>
      new LimitWatch(watches, {
        expire(limit) {
          told.push([name, limit, clock.nowMs() - startMs]);
          also?.();
        },
      }),
  };
}

describe('limits', () => {
  it('are each told when they are reached, whatever the others are', () => {
    const clock = new ManualClock();
    const { told, watch } = watchesOn(clock);
    watch('late').arm(300, 'connect');
    watch('early').arm(100, 'head');
    watch('with it').arm(100, 'body-idle');
    clock.advance(1_000);
    expect(told).toEqual([
      ['early', 'head', 100],
      ['with it', 'body-idle', 100],
      ['late', 'connect', 300],
    ]);
  });

  it('follow each other', () => {
    const clock = new ManualClock();
    const { told, watch } = watchesOn(clock);
    const one = watch('one');
    one.arm(100, 'connect');
    clock.advance(90);
    one.arm(100, 'head');
    clock.advance(90);
    one.arm(5, 'body-idle');
    clock.advance(1_000);
    expect(told).toEqual([['one', 'body-idle', 185]]);
  });

  it('are all on one timer, and none is left when nobody has any', () => {
    const clock = new ManualClock();
    const { told, watch } = watchesOn(clock);
    const all = ['a', 'b', 'c'].map((name) => watch(name));
    for (const [index, each] of all.entries()) each.arm(100 * (3 - index), 'head');
    expect(clock.pending).toBe(1);
    for (const each of all) each.cancel();
    expect(clock.pending).toBe(0);
    clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('may begin while another is told', () => {
    const clock = new ManualClock();
    const { told, watch } = watchesOn(clock);
    const next = watch('next');
    watch('first', () => {
      next.arm(50, 'connect');
    }).arm(100, 'head');
    clock.advance(1_000);
    expect(told).toEqual([
      ['first', 'head', 100],
      ['next', 'connect', 150],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('may be lifted while another is told, and are not told then', () => {
    const clock = new ManualClock();
    const { told, watch } = watchesOn(clock);
    const [first, second, third] = ['first', 'second', 'third'].map((name) =>
      watch(name, () => {
        for (const each of [first, second, third]) each?.cancel();
      }),
    );
    for (const each of [first, second, third]) each?.arm(100, 'head');
    clock.advance(1_000);
    expect(told).toEqual([['first', 'head', 100]]);
    expect(clock.pending).toBe(0);
  });
});

const STEP = fc.oneof(
  fc.record({ do: fc.constant('arm' as const), who: fc.nat(3), ms: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ do: fc.constant('cancel' as const), who: fc.nat(3), ms: fc.constant(0) }),
  fc.record({ do: fc.constant('pass' as const), who: fc.constant(0), ms: fc.nat(150) }),
);

describe('any run of limits', () => {
  it('tells each that is neither lifted nor followed by another, once, at its time', () => {
    fc.assert(
      fc.property(fc.array(STEP, { maxLength: 40 }), (steps) => {
        const clock = new ManualClock();
        const { told, watch } = watchesOn(clock);
        const all = [0, 1, 2, 3].map((who) => watch(String(who)));
        const due = new Map<string, number>();
        const expected: [string, number][] = [];
        let nowMs = 0;
        const pass = (ms: number) => {
          clock.advance(ms);
          nowMs += ms;
          for (const [who, atMs] of due) {
            if (atMs > nowMs) continue;
            expected.push([who, atMs]);
            due.delete(who);
          }
        };
        for (const step of steps) {
          if (step.do === 'pass') pass(step.ms);
          else if (step.do === 'cancel') {
            all[step.who]?.cancel();
            due.delete(String(step.who));
          } else {
            all[step.who]?.arm(step.ms, 'head');
            due.set(String(step.who), nowMs + step.ms);
          }
          expect(clock.pending).toBe(due.size > 0 ? 1 : 0);
        }
        pass(1_000);
        expect(told.map(([who, , atMs]) => [who, atMs]).sort()).toEqual(expected.sort());
      }),
    );
  });
});
