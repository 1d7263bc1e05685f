import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pace } from '../../src/resilience/pace.ts';

/** When each of those who came at these times has its turn. */
function turns(perSecond: number, arrivals: readonly number[]): number[] {
  const pace = new Pace({ perSecond });
  return arrivals.map((nowMs) => {
    const atMs = nowMs + pace.waitMs(nowMs);
    pace.take(nowMs);
    return atMs;
  });
}

describe('a pace', () => {
  it.each<readonly [string, number, readonly number[], readonly number[]]>([
    ['as many at once as a second holds', 3, [0, 0, 0], [0, 0, 0]],
    ['the next ones in the second behind, and a little more', 3, [0, 0, 0, 0, 0], [0, 0, 0, 1_050, 1_050]],
    ['nobody a wait whose second is over', 2, [0, 0, 2_000, 2_000], [0, 0, 2_000, 2_000]],
    ['only the rest of the second', 2, [0, 800, 900], [0, 800, 1_050]],
    ['one turn in two seconds', 0.5, [0, 0, 0], [0, 2_100, 4_200]],
    ['whole turns of a broken number', 2.5, [0, 0, 0], [0, 0, 840]],
  ])('gives %s', (_, perSecond, arrivals, expected) => {
    expect(turns(perSecond, arrivals).map((atMs) => Math.round(atMs))).toEqual(expected);
  });

  it('never gives more than allowed in any second, keeps the order, and lets nobody wait for nothing', () => {
    const arrivals = fc
      .array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 120 })
      .map((gaps) => gaps.reduce<number[]>((times, gap) => [...times, (times.at(-1) ?? 0) + gap], []));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), arrivals, (perSecond, times) => {
        const given = turns(perSecond, times);
        for (const [index, atMs] of given.entries()) {
          const before = given[index - perSecond] ?? -Infinity;
          expect(atMs - before).toBeGreaterThanOrEqual(1_000);
          expect(atMs).toBeGreaterThanOrEqual(given[index - 1] ?? -Infinity);
          const isAtOnce = atMs === times[index];
          expect(isAtOnce || atMs - before < 1_051).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
