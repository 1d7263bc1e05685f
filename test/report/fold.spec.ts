import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES, type Fault } from '../../src/catalog/faults.ts';
import type { RecordLine } from '../../src/records/line.ts';
import { ReportFold } from '../../src/report/fold.ts';
import { lostOf } from '../../src/report/summarise.ts';
import { MOST_COLUMNS } from '../../src/report/timeline.ts';
import { stateRecord } from '../records/given.ts';
import { syntheticLines, tradingDay } from '../support/synthetic-records.ts';
import { at, every, failed, served, START_MS, summaryOf, summaryOfTexts } from './given.ts';

/** A broker called once a second for half an hour that fails from the 600th second up to the 900th. */
function outageOf(fault: Fault, broker = 'samsung'): RecordLine[] {
  return [
    ...every(1, 0, 600, (second) => served(second, { broker })),
    ...every(1, 600, 900, (second) => failed(second, fault, { broker })),
    ...every(1, 900, 1_800, (second) => served(second, { broker })),
  ];
}

function byTime(lines: readonly RecordLine[]): RecordLine[] {
  return [...lines].sort((a, b) => (a.at < b.at ? -1 : 1));
}

describe('an outage', () => {
  it.each([
    ['connect-refused', 'broker-down', 'broker'],
    ['response-timeout', 'broker-down', 'broker'],
    ['host-unreachable', 'path', 'path'],
    ['dns-not-found', 'our-side', 'platform'],
    ['credentials-refused', 'our-credentials', 'platform'],
    ['maintenance-page', 'maintenance', 'broker'],
    ['maintenance-window', 'maintenance', 'broker'],
  ] as const)('of %s: from its first lost call to the first one served again, %s, blamed on %s', (...row) => {
    const [fault, verdict, blame] = row;
    expect(summaryOf(outageOf(fault)).outages).toEqual([
      {
        broker: 'samsung',
        fromMs: START_MS + 600_000,
        toMs: START_MS + 900_000,
        isOpenEnded: false,
        verdict,
        fault,
        blame,
        lost: 300,
      },
    ]);
  });

  it.each(['broker-error', 'missing-field', 'unknown-operation'] as const)(
    'is none of %s, which says nothing bad of the broker',
    (fault) => {
      expect(summaryOf(outageOf(fault)).outages).toEqual([]);
    },
  );

  it('counts the calls that an open circuit refused, and names what opened it', () => {
    const lines = [
      ...every(1, 0, 60, (second) => served(second)),
      ...every(1, 60, 90, (second) => failed(second, 'connect-refused')),
      { event: 'state', ...stateRecord({ at: at(90), retryAfterMs: 15_000 }) } as const,
      ...every(1, 90, 300, (second) => failed(second, second % 15 === 0 ? 'connect-refused' : 'breaker-open')),
      { event: 'state', ...stateRecord({ at: at(300), from: 'half-open', to: 'closed' }) } as const,
      ...every(1, 300, 600, (second) => served(second)),
    ];
    expect(summaryOf(lines).outages).toMatchObject([
      { fault: 'connect-refused', lost: 240, fromMs: START_MS + 60_000, toMs: START_MS + 300_000 },
    ]);
  });

  it('that is not over has no end; one behind which nobody called ends with its last call', () => {
    const until = (last: number) => outageOf('connect-refused').filter((line) => line.at < at(last));
    expect(summaryOf(until(800)).outages).toMatchObject([{ fromMs: START_MS + 600_000, lost: 200 }]);
    expect(summaryOf(until(800)).outages[0]?.toMs).toBeUndefined();
    expect(summaryOf([...until(800), served(5_000), served(5_001), served(5_002)]).outages).toMatchObject([
      { toMs: START_MS + 799_000, isOpenEnded: true },
    ]);
  });

  it('is our side where the same fault on the way meets several brokers at once', () => {
    const lines = byTime(['samsung', 'sk', 'kyobo', 'hmc'].flatMap((broker) => outageOf('host-unreachable', broker)));
    expect(summaryOf(lines).outages.map(({ verdict, blame }) => [verdict, blame])).toEqual(
      Array.from({ length: 4 }, () => ['our-side', 'platform']),
    );
  });

  it('is found of a broker that is called twice a minute, too, which is degraded behind it until its failures are forgotten', () => {
    const lines = [
      ...every(30, 0, 900, (second) => served(second)),
      ...every(30, 900, 1_800, (second) => failed(second, 'connect-refused')),
      ...every(30, 1_800, 2_700, (second) => served(second)),
    ];
    const { outages, brokers } = summaryOf(lines);
    expect(outages).toMatchObject([{ fromMs: START_MS + 900_000, toMs: START_MS + 1_800_000, lost: 30 }]);
    expect((brokers[0]?.states.degraded ?? 0) * 2_670).toBeCloseTo(270, 0);
    expect(brokers[0]?.state).toBe('up');
  });

  it('is none of one call in eight, however long: that is degraded', () => {
    const lines = every(1, 0, 1_800, (second) => (second % 8 === 7 ? failed(second, 'json-invalid') : served(second)));
    const { outages, brokers } = summaryOf(lines);
    expect(outages).toEqual([]);
    expect(brokers[0]?.states.degraded).toBeGreaterThan(0.9);
  });

  it('of a trading day is each found once, at its minute, and nothing else is', () => {
    const day = tradingDay(80_000);
    const plan = { ...day, brokers: day.brokers.slice(0, 15) };
    const { outages } = summaryOfTexts(syntheticLines(plan));
    expect(outages).toHaveLength(15);
    for (const { broker, fromMs, toMs = plan.toMs, fault } of outages) {
      const planned = plan.outages.find((each) => each.brokers.includes(broker) && each.fault === fault);
      expect(Math.abs(fromMs - (planned?.fromMs ?? 0))).toBeLessThan(120_000);
      expect(Math.abs(toMs - (planned?.toMs ?? 0))).toBeLessThan(120_000);
    }
  });
});

describe('a summary', () => {
  const anyLine = fc
    .tuple(
      fc.integer({ min: 0, max: 500_000 }),
      fc.constantFrom('samsung', 'sk', 'kyobo'),
      fc.option(fc.constantFrom(...FAULT_NAMES)),
    )
    .map(([second, broker, fault]) =>
      fault === null ? served(second, { broker }) : failed(second, fault, { broker }),
    );

  it('counts every call once, in its columns, brokers and faults, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 200 }), (lines) => {
        const { calls, brokers, cells, faults, classes, columnsFromMs, columnMs, fromMs, toMs } = summaryOf(lines);
        const failures = lines.filter((line) => line.result === 'error').length;
        expect(calls).toBe(lines.length);
        expect(brokers.reduce((sum, broker) => sum + broker.calls, 0)).toBe(lines.length);
        expect(faults.reduce((sum, fault) => sum + fault.calls, 0)).toBe(failures);
        expect(lostOf(classes) + classes.caller).toBe(failures);
        expect(cells.length).toBeLessThanOrEqual(MOST_COLUMNS);
        expect(columnsFromMs).toBeLessThanOrEqual(fromMs);
        expect(columnsFromMs + cells.length * columnMs).toBeGreaterThan(toMs);
      }),
    );
  });

  it('gives every broker shares of time that add up to 1', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 200 }), (lines) => {
        for (const { states } of summaryOf(byTime(lines)).brokers) {
          expect(Object.values(states).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('says of nothing that there is nothing', () => {
    expect(new ReportFold().finish()).toBeUndefined();
  });

  it('tells latencies within a tenth', () => {
    const lines = every(1, 0, 1_000, (second) => served(second, { elapsedMs: second + 1 }));
    const { p50 = 0, p95 = 0, p99 = 0 } = summaryOf(lines).percentiles;
    for (const [told, true_] of [
      [p50, 500],
      [p95, 950],
      [p99, 990],
    ] as const) {
      expect(Math.abs(told / true_ - 1)).toBeLessThan(0.1);
    }
  });

  it('adds up what was lost in writing, and lists bad lines without end', () => {
    const fold = new ReportFold();
    fold.record(served(0));
    for (const lost of [3, 4]) fold.record({ schema: 1, event: 'loss', at: at(1), lost });
    for (let line = 1; line <= 1_000; line += 1) fold.bad({ file: 'calls.jsonl', line });
    expect(fold.finish()).toMatchObject({ lost: 7, bad: { count: 1_000, listed: { length: 20 } } });
  });

  it('lists the writes whose outcome nobody knows, with their request ids', () => {
    const write = { kind: 'write', outcome: 'unknown', requestId: 'w-1', operation: 'virtualAccount.enrol' } as const;
    const { unknownWrites } = summaryOf([
      served(0),
      failed(1, 'response-timeout', write),
      failed(2, 'response-timeout'),
    ]);
    expect(unknownWrites).toMatchObject({ count: 1, listed: [{ requestId: 'w-1', atMs: START_MS + 1_000 }] });
  });

  it('holds 200 brokers, and counts the calls of all others', () => {
    const lines = every(1, 0, 250, (second) => served(second, { broker: `b${String(second)}` }));
    expect(summaryOf(lines)).toMatchObject({ brokers: { length: 200 }, brokersLeftOut: 50, calls: 200 });
  });
});
