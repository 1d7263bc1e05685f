import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES } from '../../src/catalog/faults.ts';
import { callEndOf } from '../../src/health/call-end.ts';
import { partOf } from '../../src/health/part.ts';
import { HealthWindow } from '../../src/health/window.ts';
import type { CallEnd } from '../../src/model/health.ts';
import type { CallRecord } from '../../src/model/record.ts';
import { endOf, played, START_MS } from './given.ts';

function windowOf(ends: readonly CallEnd[]): HealthWindow {
  const window = new HealthWindow();
  for (const end of ends) window.record(end);
  return window;
}

function seen(...changes: readonly Partial<CallEnd>[]) {
  return windowOf(changes.map(endOf)).broker('samsung', START_MS);
}

const SHARES = { success: 0, broker: 0, path: 0, platform: 0 };

describe('shares', () => {
  it.each([
    ['a success', [{}], { ...SHARES, success: 1 }],
    ['a business error, as a success', [{ fault: 'broker-error' }], { ...SHARES, success: 1 }],
    ['a fault of the broker', [{ fault: 'response-timeout' }], { ...SHARES, broker: 1 }],
    ['a fault of the path', [{ fault: 'connect-timeout' }], { ...SHARES, path: 1 }],
    ['a fault of ours', [{ fault: 'dns-not-found' }], { ...SHARES, platform: 1 }],
    [
      'one of each',
      [{}, { fault: 'json-invalid' }, { fault: 'body-cut' }, { fault: 'throttled' }],
      { success: 0.25, broker: 0.25, path: 0.25, platform: 0.25 },
    ],
    ['no refusal of ours', [{}, { fault: 'breaker-open' }, { fault: 'bulkhead-full' }], { ...SHARES, success: 1 }],
    ['no mistake of a caller', [{}, { fault: 'missing-field' }], { ...SHARES, success: 1 }],
    ['no call that was given up', [{}, { result: 'aborted' }], { ...SHARES, success: 1 }],
  ] as const)('count %s', (_, changes, expected) => {
    expect(seen(...changes).shares).toEqual(expected);
  });

  it('are absent without calls', () => {
    expect(seen({ fault: 'breaker-open' })).not.toHaveProperty('shares');
  });

  it('are 1 together and each in [0, 1], and agree with the counts, for whatever calls', () => {
    const ends = fc.array(
      fc.record({
        fault: fc.option(fc.constantFrom(...FAULT_NAMES), { nil: undefined }),
        kind: fc.constantFrom('read' as const, 'write' as const),
        operation: fc.constantFrom('a', 'b', 'c'),
        afterMs: fc.nat(60_000),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(ends, (steps) => {
        let atMs = START_MS;
        const all = steps.map(({ afterMs, ...changes }) => {
          atMs += afterMs;
          return endOf({ ...changes, atMs });
        });
        const health = windowOf(all).broker('samsung', atMs);
        const firstMs = (Math.floor(atMs / 10_000) - 29) * 10_000;
        const counted = all
          .filter((end) => end.atMs >= firstMs)
          .map(({ fault }) => partOf(fault))
          .filter((part) => part !== 'nothing');
        const calls = counted.filter((part) => part !== 'refused').length;
        expect(health.calls).toBe(calls);
        expect(health.refused).toBe(counted.length - calls);
        expect(health.businessErrors.calls).toBe(counted.filter((part) => part === 'business').length);
        const shares = Object.values(health.shares ?? { success: 1 });
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(Object.values(health.operations).reduce((sum, operation) => sum + operation.calls, 0)).toBe(calls);
      }),
    );
  });
});

describe('a broker', () => {
  it('has its business errors, refusals, reads and writes apart', () => {
    expect(
      seen(
        {},
        { fault: 'broker-error' },
        { kind: 'write', fault: 'body-cut', phase: 'body' },
        { kind: 'write' },
        { fault: 'breaker-open', phase: 'local' },
      ),
    ).toMatchObject({
      calls: 4,
      businessErrors: { calls: 1, share: 0.25 },
      refused: 1,
      reads: { calls: 2, failed: 0 },
      writes: { calls: 2, failed: 1 },
      faults: [
        { fault: 'breaker-open', calls: 1, phase: 'local' },
        { fault: 'body-cut', calls: 1, phase: 'body' },
      ],
    });
  });

  it('has its faults with the most frequent first and the phase of the last', () => {
    const { faults } = seen(
      { fault: 'body-cut', phase: 'body' },
      { fault: 'response-timeout', phase: 'send' },
      { fault: 'response-timeout', phase: 'head' },
    );
    expect(faults).toEqual([
      { fault: 'response-timeout', calls: 2, phase: 'head' },
      { fault: 'body-cut', calls: 1, phase: 'body' },
    ]);
  });

  it('has the last good call, a business error too, and the last bad one, however old', () => {
    const window = windowOf([
      endOf({ requestId: 'GOOD', fault: 'broker-error', elapsedMs: 12.5 }),
      endOf({ requestId: 'BAD', fault: 'connect-refused', phase: 'connect', atMs: START_MS + 1_000 }),
      endOf({ requestId: 'KEPT', fault: 'breaker-open', phase: 'local', atMs: START_MS + 2_000 }),
    ]);
    const { lastGood, lastBad, calls } = window.broker('samsung', START_MS + 86_400_000);
    const operation = 'account.balance';
    expect(calls).toBe(0);
    expect(lastGood).toEqual({ at: '2026-11-25T00:00:00.000Z', operation, requestId: 'GOOD', elapsedMs: 12.5 });
    expect(lastBad).toEqual({
      at: '2026-11-25T00:00:01.000Z',
      operation,
      requestId: 'BAD',
      elapsedMs: 20,
      fault: 'connect-refused',
      phase: 'connect',
    });
  });

  it('has its last ten failures, newest first, for an hour, when they are no longer counted', () => {
    const window = windowOf(
      Array.from({ length: 12 }, (_, index) =>
        endOf({ requestId: `FAKE-${index}`, fault: 'body-cut', atMs: START_MS + index }),
      ),
    );
    const later = window.broker('samsung', START_MS + 3_600_000);
    expect(later.calls).toBe(0);
    expect(later.recentFailures.map(({ requestId }) => requestId)).toEqual(
      ['11', '10', '9', '8', '7', '6', '5', '4', '3', '2'].map((index) => `FAKE-${index}`).slice(0, 10),
    );
    expect(window.broker('samsung', START_MS + 3_600_005).recentFailures).toHaveLength(6);
  });

  it('is told apart from others', () => {
    const window = windowOf([endOf(), endOf({ broker: 'kiwoom', fault: 'body-cut' })]);
    expect(window.brokers).toEqual(['samsung', 'kiwoom']);
    expect(window.broker('samsung', START_MS).shares).toEqual({ ...SHARES, success: 1 });
    expect(window.broker('kiwoom', START_MS).shares).toEqual({ ...SHARES, path: 1 });
  });

  it.each([
    ['tomorrow', START_MS + 36 * 3_600_000, 1],
    ['today', START_MS + 3_600_000, 0],
    ['yesterday', START_MS - 3_600_000, -1],
  ])('has a certificate that ends %s', (_, validToMs, daysLeft) => {
    const window = new HealthWindow();
    window.certificateSeen('samsung', validToMs);
    expect(window.broker('samsung', START_MS).certificate).toEqual({
      validTo: new Date(validToMs).toISOString(),
      daysLeft,
    });
  });

  it('has no certificate before one was seen', () => {
    expect(seen({})).not.toHaveProperty('certificate');
  });
});

describe('an operation', () => {
  it('can be down while its broker is not', () => {
    const window = new HealthWindow();
    for (let call = 0; call < 40; call += 1) {
      window.record(endOf(call % 4 === 0 ? { operation: 'account.interest', fault: 'json-invalid' } : {}));
    }
    const { state, operations } = window.broker('samsung', START_MS);
    expect([state, operations['account.interest']?.state, operations['account.balance']?.state]).toEqual([
      'degraded',
      'down',
      'up',
    ]);
  });

  it('has an entry up to thirty-two; the calls of the others count for the broker', () => {
    const window = windowOf(Array.from({ length: 40 }, (_, index) => endOf({ operation: `own.${index}` })));
    const { calls, operations, otherOperations } = window.broker('samsung', START_MS);
    expect([calls, Object.keys(operations).length, otherOperations]).toEqual([40, 32, 8]);
  });

  it('takes the place of one that was not called for five minutes', () => {
    const window = windowOf(Array.from({ length: 32 }, (_, index) => endOf({ operation: `own.${index}` })));
    window.record(endOf({ operation: 'own.new', atMs: START_MS + 300_000 }));
    const { operations } = window.broker('samsung', START_MS + 300_000);
    expect([Object.keys(operations).length, operations['own.new']?.calls, operations['own.0']]).toEqual([
      32,
      1,
      undefined,
    ]);
  });

  it('of any name harms nothing', () => {
    const window = windowOf([endOf({ operation: '__proto__' })]);
    expect(JSON.stringify(window.broker('samsung', START_MS).operations)).toContain('"__proto__":{"state":"unknown"');
  });
});

describe('brokers', () => {
  it('are told apart up to 256, so that a file of records cannot fill the memory', () => {
    const window = windowOf(Array.from({ length: 300 }, (_, index) => endOf({ broker: `broker-${index}` })));
    expect(window.brokers).toHaveLength(256);
  });
});

describe('the window', () => {
  it('forgets what is five minutes old', () => {
    const window = windowOf([endOf()]);
    expect([299_999, 300_000].map((laterMs) => window.broker('samsung', START_MS + laterMs).calls)).toEqual([1, 0]);
  });

  it('survives a clock that is set back by an hour', () => {
    const window = windowOf([endOf({ atMs: START_MS + 3_600_000 }), endOf({ elapsedMs: 70 })]);
    const { calls, latencyMs } = window.broker('samsung', START_MS);
    expect([calls, latencyMs?.p50]).toEqual([1, 70.3]);
  });

  it('judges records read back as it judged the calls', () => {
    const record: CallRecord = {
      schema: 1,
      at: '2026-11-25T00:00:00.000Z',
      broker: 'samsung',
      operation: 'account.balance',
      requestId: 'FAKE-1',
      kind: 'read',
      result: 'error',
      fault: 'body-cut',
      blame: 'path',
      evidence: 'down',
      phase: 'body',
      sent: 'yes',
      attempts: 2,
      elapsedMs: 20,
    };
    expect(callEndOf(record)).toEqual(endOf({ fault: 'body-cut', phase: 'body' }));
  });

  it('takes a record of a failure without its fault for nothing', () => {
    expect(seen({ result: 'error' }).calls).toBe(0);
  });
});

describe('latency', () => {
  it('is that of answered calls only', () => {
    const { latencyMs } = seen(
      { elapsedMs: 10 },
      { elapsedMs: 10, fault: 'broker-error' },
      { elapsedMs: 5_000, fault: 'response-timeout' },
    );
    expect(latencyMs).toEqual({ p50: 10, p95: 10, p99: 10 });
  });

  it('of a broker is that of all its operations, those included that are not told apart', () => {
    const operations = Array.from({ length: 40 }, (_, index) => `own.${index}`);
    const ends = operations.map((operation, index) => endOf({ operation, elapsedMs: index < 32 ? 10 : 500 }));
    const { latencyMs, operations: told } = windowOf(ends).broker('samsung', START_MS);
    expect(latencyMs).toMatchObject({ p50: 10, p95: 502.3 });
    expect(told['own.0']?.latencyMs).toEqual({ p50: 10, p95: 10, p99: 10 });
  });

  it('is absent where none was answered', () => {
    expect(seen({ fault: 'response-timeout' })).not.toHaveProperty('latencyMs');
  });

  it('is that of the nearest rank, at most one in a hundred too high and never too low', () => {
    const times = fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(times, (tenths) => {
        const ends = tenths.map((tenth) => endOf({ elapsedMs: tenth / 10 }));
        const { latencyMs } = windowOf(ends).broker('samsung', START_MS);
        const sorted = tenths.map((tenth) => tenth / 10).sort((a, b) => a - b);
        for (const [told, share] of [
          [latencyMs?.p50, 0.5],
          [latencyMs?.p95, 0.95],
          [latencyMs?.p99, 0.99],
        ] as const) {
          const exact = sorted[Math.max(Math.floor(share * sorted.length + 0.5), 1) - 1] ?? 0;
          expect(told).toBeGreaterThanOrEqual(exact);
          expect(told).toBeLessThanOrEqual(exact * 1.01);
        }
      }),
    );
  });

  it.each([
    ['both halves of the window', 150_000, 100, { p50: 10, p95: 502.3 }],
    ['the running half alone, when the other is too old', 300_000, 100, { p50: 502.3, p95: 502.3 }],
  ])('is that of %s', (_, laterMs, calls, expected) => {
    const ends = [
      ...Array.from({ length: calls }, () => endOf({ elapsedMs: 10 })),
      ...Array.from({ length: calls / 2 }, () => endOf({ elapsedMs: 500, atMs: START_MS + laterMs })),
    ];
    expect(windowOf(ends).broker('samsung', START_MS + laterMs).latencyMs).toMatchObject(expected);
  });

  it('is that of the last half alone, once the one before has left the window', () => {
    const window = windowOf([endOf({ elapsedMs: 10 }), endOf({ elapsedMs: 500, atMs: START_MS + 150_000 })]);
    expect(
      [150_000, 299_999, 300_000].map((laterMs) => window.broker('samsung', START_MS + laterMs).latencyMs?.p50),
    ).toEqual([10, 10, 502.3]);
  });

  it('is not kept beyond the window', () => {
    expect(windowOf([endOf()]).broker('samsung', START_MS + 300_000)).not.toHaveProperty('latencyMs');
  });

  it.each([
    [0, 0.1],
    [3_600_000, 600_000],
  ])('of %s ms is told as the nearest that is told apart', (elapsedMs, atLeast) => {
    const p50 = seen({ elapsedMs }).latencyMs?.p50 ?? 0;
    expect(p50 >= atLeast && p50 <= atLeast * 1.01).toBe(true);
  });
});

describe('blame', () => {
  it.each([
    ['up: nobody', '27g f', undefined],
    ['unknown: nobody', '2f', undefined],
    ['most failures are the broker’s', '10f 3n', 'broker'],
    ['most failures are ours', '10n 3f', 'platform'],
    ['as many of each: ours first', '5n 5f', 'platform'],
    ['maintenance: the broker', '20g w', 'broker'],
    ['nothing is left in the window but refusals', '10n 200s o 200s o', 'platform'],
  ])('%s', (_, scene, expected) => {
    const { window, nowMs } = played(scene);
    expect(window.broker('samsung', nowMs).blame).toBe(expected);
  });
});
