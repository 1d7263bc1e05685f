import { describe, expect, it } from '@jest/globals';
import { heldBy, recordedCircuit, type Circuit, type SeenChange } from '../../src/diagnosis/circuits.ts';
import type { CircuitFacts } from '../../src/diagnosis/facts.ts';
import { NOW_MS, recordsOf, type Calls } from './given.ts';

const REFUSED = { fault: 'breaker-open', phase: 'local', elapsedMs: 0 } as const;
const DOWN = { fault: 'connect-refused', phase: 'connect' } as const;

interface Change {
  readonly agoS: number;
  readonly to: SeenChange['to'];
  readonly retryAfterMs?: number;
  readonly operation?: string;
  readonly broker?: string;
}

function changesOf(changes: readonly Change[]): SeenChange[] {
  return changes.map(({ agoS, ...change }) => ({
    broker: 'samsung',
    at: new Date(NOW_MS - agoS * 1_000).toISOString(),
    ...change,
  }));
}

describe('what holds calls back', () => {
  it.each<[string, readonly Circuit[], CircuitFacts | undefined]>([
    ['nothing', [], undefined],
    ['no closed circuit, and none that is off', [{ state: 'closed' }, { state: 'off' }], undefined],
    ['that of the broker', [{ state: 'open', retryAfterMs: 5 }], { state: 'open', retryAfterMs: 5 }],
    [
      'that of the broker before those of its operations',
      [{ operation: 'one', state: 'open', retryAfterMs: 1 }, { state: 'half-open' }],
      { state: 'half-open' },
    ],
    [
      'those of several operations, until the first probe of them',
      [
        { operation: 'one', state: 'open', retryAfterMs: 9 },
        { state: 'closed' },
        { operation: 'two', state: 'open', retryAfterMs: 4 },
      ],
      { state: 'open', retryAfterMs: 4, operations: ['one', 'two'] },
    ],
  ])('is %s', (_, circuits, expected) => {
    expect(heldBy(circuits)).toEqual(expected);
  });
});

describe('a circuit by the records', () => {
  it.each<[string, readonly Change[], readonly Calls[], CircuitFacts | undefined]>([
    ['is not known without any', [], [{ count: 9, agoS: 1, ...DOWN }], undefined],
    ['is open', [{ agoS: 3, to: 'open', retryAfterMs: 15_000 }], [], { state: 'open', retryAfterMs: 12_000 }],
    [
      'is due behind its time',
      [{ agoS: 99, to: 'open', retryAfterMs: 15_000 }],
      [],
      { state: 'open', retryAfterMs: 0 },
    ],
    [
      'has the state of its last change, whatever the order of the lines',
      [
        { agoS: 1, to: 'half-open' },
        { agoS: 9, to: 'open', retryAfterMs: 8_000 },
      ],
      [],
      { state: 'half-open' },
    ],
    [
      'closed again',
      [
        { agoS: 9, to: 'open', retryAfterMs: 8_000 },
        { agoS: 1, to: 'closed' },
      ],
      [{ count: 3, agoS: 2, ...REFUSED, retryAfterMs: 9_000 }],
      undefined,
    ],
    [
      'is that of an operation',
      [{ agoS: 3, to: 'open', retryAfterMs: 15_000, operation: 'account.balance' }],
      [{ count: 3, agoS: 0, operation: 'account.portfolio' }],
      { state: 'open', retryAfterMs: 12_000, operations: ['account.balance'] },
    ],
    ['of another broker is none', [{ agoS: 3, to: 'open', retryAfterMs: 15_000, broker: 'kb' }], [], undefined],
    ['that opens later is none yet', [{ agoS: -1, to: 'open', retryAfterMs: 15_000 }], [], undefined],
    [
      'is forgotten where a later call was let through: its process has ended',
      [{ agoS: 9, to: 'open', retryAfterMs: 60_000 }],
      [{ count: 1, agoS: 2, ...DOWN }],
      undefined,
    ],
    [
      'is held where a call ends that had begun before',
      [{ agoS: 9, to: 'open', retryAfterMs: 60_000 }],
      [{ count: 1, agoS: 6, elapsedMs: 4_000, ...DOWN }],
      { state: 'open', retryAfterMs: 51_000 },
    ],
    [
      'is seen by the calls it refused, where no change was recorded',
      [],
      [{ count: 5, agoS: 2, ...REFUSED, retryAfterMs: 9_000 }],
      { state: 'open', retryAfterMs: 7_000 },
    ],
    [
      'is that of the operation refused, where another is served',
      [],
      [
        { count: 5, agoS: 2, ...REFUSED, retryAfterMs: 9_000 },
        { count: 5, agoS: 1, operation: 'account.portfolio' },
      ],
      { state: 'open', retryAfterMs: 7_000, operations: ['account.balance'] },
    ],
    [
      'is not known any more behind the time that a refused call was told',
      [],
      [{ count: 5, agoS: 20, ...REFUSED, retryAfterMs: 9_000 }],
      undefined,
    ],
  ])('%s', (_, changes, calls, expected) => {
    expect(recordedCircuit('samsung', changesOf(changes), recordsOf(...calls), NOW_MS)).toEqual(expected);
  });
});
