import { describe, expect, it } from '@jest/globals';
import { factsOf } from '../../src/diagnosis/collect.ts';
import { RECENT_CALLS } from '../../src/diagnosis/facts.ts';
import { operationState } from '../../src/diagnosis/signals.ts';
import { NOW_MS, recordsOf, type Calls } from './given.ts';

const BAD = { fault: 'http-unavailable' } as const;

function facts(groups: readonly Calls[], look = {}) {
  return factsOf('samsung', recordsOf(...groups), { atMs: NOW_MS, ...look });
}

function isoOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

describe('facts of calls', () => {
  it('pass over other brokers, what is older than the window, and what ends later', () => {
    const groups: Calls[] = [
      { count: 3, agoS: 10, broker: 'kb' },
      { count: 2, agoS: 600 },
      { count: 1, agoS: -1 },
      { count: 4, agoS: 10 },
    ];
    expect(facts(groups).operations).toMatchObject([{ operation: 'account.balance', good: 4, bad: 0 }]);
    expect(facts(groups, { windowMs: 11_000 }).operations).toMatchObject([{ good: 1 }]);
  });

  it('count what says nothing of the broker as neither good nor bad', () => {
    const { operations, heldBack, businessErrors } = facts([
      { count: 5, agoS: 9, fault: 'breaker-open', phase: 'local' },
      { count: 2, agoS: 5, fault: 'missing-field', phase: 'local' },
      { count: 3, agoS: 1, fault: 'broker-error' },
    ]);
    expect({ operations, heldBack, businessErrors }).toMatchObject({
      operations: [{ good: 3, bad: 0 }],
      heldBack: 5,
      businessErrors: 3,
    });
  });

  it('take records in any order', () => {
    const groups: Calls[] = [
      { count: 3, agoS: 20 },
      { count: 4, agoS: 2, ...BAD },
    ];
    expect(facts([...groups].reverse()).streak).toEqual(facts(groups).streak);
  });

  it(`let the last ${RECENT_CALLS} calls of an operation decide`, () => {
    const { operations } = facts([
      { count: 40, agoS: 100 },
      { count: 15, agoS: 2, ...BAD },
    ]);
    expect(operations).toMatchObject([{ good: 40, bad: 15, recent: { good: 5, bad: 15 } }]);
  });

  it.each([
    [2_499, 0],
    [2_500, 4],
  ])('find a good call of %d ms slow in %d of 4', (elapsedMs, slow) => {
    expect(facts([{ count: 4, agoS: 1, elapsedMs }]).operations).toMatchObject([{ recent: { slow } }]);
  });

  it.each<[string, Calls[], string | undefined]>([
    ['is not there while every call is good', [{ count: 3, agoS: 1 }], undefined],
    [
      'began with the first bad call',
      [
        { count: 3, agoS: 9 },
        { count: 4, agoS: 1, ...BAD },
      ],
      '2026-11-25T00:08:10.000Z',
    ],
    [
      'goes on over 9 good calls',
      [
        { count: 1, agoS: 60, ...BAD },
        { count: 9, agoS: 20 },
        { count: 1, agoS: 1, ...BAD },
      ],
      '2026-11-25T00:07:14.000Z',
    ],
    [
      'is over with 10 good calls, and a later one begins anew',
      [
        { count: 1, agoS: 60, ...BAD },
        { count: 10, agoS: 20 },
        { count: 1, agoS: 1, ...BAD },
      ],
      '2026-11-25T00:08:13.000Z',
    ],
    [
      'is over with 10 good calls',
      [
        { count: 9, agoS: 60, ...BAD },
        { count: 10, agoS: 1 },
      ],
      undefined,
    ],
  ])('trouble %s', (_, groups, since) => {
    expect(isoOf(facts(groups).sinceMs)).toBe(since);
  });

  it.each<[string, Calls[], number | undefined]>([
    [
      'is what the last call was told',
      [{ count: 2, agoS: 1, fault: 'maintenance-window', retryAfterMs: 60_000 }],
      59_000,
    ],
    [
      'is over when its time is',
      [{ count: 2, agoS: 61, fault: 'maintenance-window', retryAfterMs: 60_000 }],
      undefined,
    ],
    [
      'is over when a later call was let through',
      [
        { count: 1, agoS: 9, fault: 'maintenance-window', retryAfterMs: 60_000 },
        { count: 1, agoS: 1 },
      ],
      undefined,
    ],
  ])('announced maintenance %s', (_, groups, leftMs) => {
    expect(facts(groups).maintenanceLeftMs).toBe(leftMs);
  });
});

describe('an operation', () => {
  it.each<[string, string, Calls[]]>([
    ['fine', 'with good calls only', [{ count: 4, agoS: 1 }]],
    [
      'fine',
      'with 2 of 20 bad',
      [
        { count: 2, agoS: 60, ...BAD },
        { count: 18, agoS: 1 },
      ],
    ],
    [
      'mixed',
      'with 3 of 20 bad, the last 9 good',
      [
        { count: 8, agoS: 60 },
        { count: 3, agoS: 20, ...BAD },
        { count: 9, agoS: 1 },
      ],
    ],
    [
      'mixed',
      'with 9 bad calls behind many good ones',
      [
        { count: 20, agoS: 60 },
        { count: 9, agoS: 1, ...BAD },
      ],
    ],
    [
      'broken',
      'with 10 bad calls behind many good ones',
      [
        { count: 20, agoS: 60 },
        { count: 10, agoS: 1, ...BAD },
      ],
    ],
    [
      'fine',
      'with 10 good calls behind many bad ones',
      [
        { count: 20, agoS: 60, ...BAD },
        { count: 10, agoS: 1 },
      ],
    ],
    ['broken', 'with one bad call and no other', [{ count: 1, agoS: 1, ...BAD }]],
  ])('is %s %s', (state, _, groups) => {
    expect(facts(groups).operations.map(operationState)).toEqual([state]);
  });
});
