import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countCall, EMPTY_BUDGET, takeRepeat, type BudgetState } from '../../src/resilience/budget.ts';

function calls(count: number, from: BudgetState = EMPTY_BUDGET, nowMs = 0): BudgetState {
  return Array.from({ length: count }).reduce<BudgetState>((state) => countCall(state, nowMs), from);
}

/** Repeats that a state still allows at `nowMs`. */
function left(state: BudgetState, share: number, nowMs = 0): number {
  let taken = 0;
  for (let next = takeRepeat(state, share, nowMs); next !== undefined; next = takeRepeat(next, share, nowMs))
    taken += 1;
  return taken;
}

describe('the budget of repeats', () => {
  it.each([
    ['nobody has called', 0, 0.2, 1],
    ['of one call', 1, 0.2, 1],
    ['of nine calls', 9, 0.2, 1],
    ['of ten calls', 10, 0.2, 2],
    ['of a hundred calls', 100, 0.2, 20],
    ['of a hundred calls, given no share', 100, 0, 1],
    ['of a hundred calls, given all', 100, 1, 100],
  ])('%s is the share of the settings, and one at least', (_, count, share, repeats) => {
    expect(left(calls(count), share)).toBe(repeats);
  });

  it('is spent for ten seconds', () => {
    const spent = takeRepeat(calls(5), 0.2, 0);
    if (spent === undefined) throw new TypeError('expected a repeat');
    expect(takeRepeat(spent, 0.2, 9_999)).toBeUndefined();
    expect(takeRepeat(spent, 0.2, 10_000)).toEqual({ spanStartMs: 10_000, calls: 0, repeats: 1 });
  });

  it('counts from the first call of its span', () => {
    const later = calls(10, EMPTY_BUDGET, 50_000);
    expect(left(later, 0.2, 59_999)).toBe(2);
    expect(left(later, 0.2, 60_000)).toBe(1);
  });

  it('has its first span from the first call of all, however long the clock has run', () => {
    const first = calls(10, EMPTY_BUDGET, 9_999);
    expect(left(first, 0.2, 10_001)).toBe(2);
  });

  it('grows with the calls of its span', () => {
    const spent = takeRepeat(calls(5), 0.2, 0);
    if (spent === undefined) throw new TypeError('expected a repeat');
    expect(left(calls(4, spent), 0.2)).toBe(0);
    expect(left(calls(5, spent), 0.2)).toBe(1);
  });

  it('never changes a state that was handed out', () => {
    const state = Object.freeze(calls(3));
    countCall(state, 0);
    takeRepeat(state, 0.2, 0);
    expect(state).toEqual({ spanStartMs: 0, calls: 3, repeats: 0 });
  });

  it('allows no more than its share, and always one in ten seconds, in any run of calls', () => {
    const step = fc.record({ isRepeat: fc.boolean(), waitMs: fc.nat(3_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        let state = EMPTY_BUDGET;
        let nowMs = 0;
        for (const { isRepeat, waitMs } of steps) {
          nowMs += waitMs;
          const next = isRepeat ? takeRepeat(state, share, nowMs) : countCall(state, nowMs);
          if (next === undefined) {
            expect(state.repeats).toBeGreaterThanOrEqual(1);
            expect(nowMs - state.spanStartMs).toBeLessThan(10_000);
          } else state = next;
          expect(state.repeats).toBeLessThanOrEqual(Math.max(1, Math.floor(state.calls * share)));
        }
      }),
    );
  });
});
