import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES } from '../../src/catalog/faults.ts';
import { RecentCalls } from '../../src/health/recent.ts';
import type { CallEnd } from '../../src/model/health.ts';
import { endOf } from './given.ts';

/** As many as are kept of a broker. */
const MOST = 400;

function recentOf(ends: readonly CallEnd[]): RecentCalls {
  const recent = new RecentCalls();
  for (const end of ends) recent.record(end);
  return recent;
}

describe('the last calls', () => {
  it('are none before the first', () => {
    expect(recentOf([]).of('samsung')).toEqual([]);
  });

  it.each([
    ['operation', { operation: 'account.transactions' }],
    ['kind', { kind: 'write' }],
    ['result', { result: 'aborted' }],
    ['fault', { fault: 'json-invalid' }],
    ['phase', { phase: 'head' }],
  ] as const)('keep the %s of each, where those before and behind it had another', (_, change) => {
    const ends = [endOf(), { ...endOf(), ...change }, endOf()];
    expect(recentOf(ends).of('samsung')).toEqual(ends);
  });

  it('are as they were told, the oldest first, each by its broker and no more than 400 of one, for whatever calls', () => {
    const run = fc.record({
      calls: fc.nat(MOST),
      broker: fc.constantFrom('samsung', 'kiwoom'),
      operation: fc.constantFrom('account.balance', 'account.transactions'),
      kind: fc.constantFrom('read' as const, 'write' as const),
      result: fc.constantFrom('ok' as const, 'error' as const, 'aborted' as const),
      fault: fc.option(fc.constantFrom(...FAULT_NAMES), { nil: undefined }),
      phase: fc.option(fc.constantFrom('connect' as const, 'head' as const), { nil: undefined }),
      atMs: fc.nat(),
      elapsedMs: fc.double({ min: 0, max: 60_000, noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), (runs) => {
        const ends = runs
          .flatMap(({ calls, ...end }) => Array.from({ length: calls }, () => end))
          .map((end, index) => ({ ...end, requestId: `FAKE-${String(index)}`, atMs: end.atMs + index }));
        const recent = recentOf(ends);
        for (const broker of ['samsung', 'kiwoom'])
          expect(recent.of(broker)).toEqual(ends.filter((each) => each.broker === broker).slice(-MOST));
      }),
    );
  });
});
