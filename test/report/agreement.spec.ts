import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES, type Fault } from '../../src/catalog/faults.ts';
import { callEndOf } from '../../src/health/call-end.ts';
import { HealthWindow } from '../../src/health/window.ts';
import type { HealthChange, HealthState } from '../../src/model/health.ts';
import type { CallLine } from '../../src/records/line.ts';
import { BROKER_STATES } from '../../src/report/timeline.ts';
import { connectTo } from '../support/connect.ts';
import { MESSAGES } from '../support/messages.ts';
import { failed, served, START_MS, summaryOf } from './given.ts';

const BROKERS = ['samsung', 'sk', 'kyobo'] as const;

/** How a call may end; those that make and end states more often than the others. */
const ending = fc.oneof(
  { weight: 4, arbitrary: fc.constant('ok' as const) },
  { weight: 4, arbitrary: fc.constantFrom<Fault>('connect-refused', 'response-timeout', 'maintenance-page') },
  { weight: 1, arbitrary: fc.constantFrom<Fault>('breaker-open', 'maintenance-window', 'broker-error') },
  { weight: 1, arbitrary: fc.constantFrom<Fault | 'aborted'>('aborted', ...FAULT_NAMES) },
);

/** Calls alike in a row, or by turns with good ones, at one pace; then some time without any. */
const stretch = fc.record({
  broker: fc.constantFrom(...BROKERS),
  ending,
  isMixed: fc.boolean(),
  calls: fc.integer({ min: 1, max: 22 }),
  paceMs: fc.constantFrom(0, 40, 600, 2_500, 31_000),
  pauseMs: fc.oneof(
    { weight: 3, arbitrary: fc.nat(20_000) },
    { weight: 1, arbitrary: fc.constantFrom(60_000, 290_000, 300_000, 1_000_000) },
  ),
});

type Stretch = typeof stretch extends fc.Arbitrary<infer Value> ? Value : never;

function lineOf(end: Stretch['ending'], second: number, broker: string): CallLine {
  if (end === 'ok') return served(second, { broker });
  return end === 'aborted' ? served(second, { broker, result: 'aborted' }) : failed(second, end, { broker });
}

function linesOf(stretches: readonly Stretch[]): CallLine[] {
  let nowMs = 0;
  const lines: CallLine[] = [];
  for (const { broker, ending: end, isMixed, calls, paceMs, pauseMs } of stretches) {
    for (let call = 0; call < calls; call += 1) {
      lines.push(lineOf(isMixed && call % 2 === 1 ? 'ok' : end, nowMs / 1_000, broker));
      nowMs += paceMs;
    }
    nowMs += pauseMs;
  }
  return lines;
}

const lines = fc.array(stretch, { minLength: 1, maxLength: 14 }).map(linesOf);

function msOf({ at }: CallLine): number {
  return Date.parse(at);
}

/** What health says of every broker at the moment of each line where it is asked, having heard the lines up to there. */
function healthAt(all: readonly CallLine[], isAsked: (index: number) => boolean) {
  const window = new HealthWindow();
  return all.map((line, index) => {
    window.record(callEndOf(line));
    if (!isAsked(index)) return undefined;
    return Object.fromEntries(
      BROKERS.map((broker) => {
        const { state, since } = window.broker(broker, msOf(line));
        return [broker, { state, since }] as const;
      }),
    );
  });
}

/** What a report says of every broker at the end of its records. */
function reportOf(all: readonly CallLine[]) {
  const told = new Map(summaryOf(all).brokers.map((each) => [each.broker, each]));
  return Object.fromEntries(
    BROKERS.map((broker) => {
      const { state = 'unknown', sinceMs } = told.get(broker) ?? {};
      return [broker, { state, since: sinceMs === undefined ? undefined : new Date(sinceMs).toISOString() }] as const;
    }),
  );
}

/** Changes of one broker and operation after the other, each in the order they were told. */
function byBroker(changes: readonly HealthChange[]): HealthChange[] {
  const nameOf = ({ broker, operation = '' }: HealthChange) => `${broker} ${operation}`;
  return [...changes].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

/** Shares of the time of one broker in each state, as the changes that health tells of have it. */
function sharesOf(all: readonly CallLine[], broker: string): Record<HealthState, number> | undefined {
  const changes: HealthChange[] = [];
  const window = new HealthWindow((change) => changes.push(change));
  for (const line of all) window.record(callEndOf(line));
  const [first, last] = [all.find((line) => line.broker === broker), all.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [fromMs, toMs] = [msOf(first), msOf(last)];
  window.passTo(toMs);
  const shares = { unknown: 0, up: 0, degraded: 0, maintenance: 0, down: 0 };
  if (toMs === fromMs) return { ...shares, unknown: 1 };
  const own = changes.filter((change) => change.broker === broker && change.operation === undefined);
  for (const [index, { from, sinceMs }] of own.entries()) {
    shares[from] += (sinceMs - (own[index - 1]?.sinceMs ?? fromMs)) / (toMs - fromMs);
  }
  shares[own.at(-1)?.to ?? 'unknown'] += (toMs - (own.at(-1)?.sinceMs ?? fromMs)) / (toMs - fromMs);
  return shares;
}

describe('a report and the health of a connector, of the same calls', () => {
  it('name the same state and the same begin of it, at whatever moment', () => {
    fc.assert(
      fc.property(lines, fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), (all, picks) => {
        const asked = new Set(picks.map((pick) => pick % all.length));
        const told = healthAt(all, (index) => asked.has(index));
        for (const index of asked) expect(reportOf(all.slice(0, index + 1))).toEqual(told[index]);
      }),
      { numRuns: 150 },
    );
  });

  it('draw the same time in each state', () => {
    fc.assert(
      fc.property(lines, (all) => {
        for (const { broker, states } of summaryOf(all).brokers) {
          const expected = sharesOf(all, broker);
          for (const state of BROKER_STATES) expect(states[state]).toBeCloseTo(expected?.[state] ?? 0, 9);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('agree on calls that a connector really made', async () => {
    const exco = connectTo('http://127.0.0.1:9', { retry: false });
    const made: CallLine[] = [];
    exco.on('call', (record) => made.push({ event: 'call', ...record }));
    for (let call = 0; call < 12; call += 1) {
      await exco.settle('samsung', 'account.balance', MESSAGES['account.balance']);
    }
    const { state, since } = exco.health('samsung');
    expect(state).toBe('down');
    expect(reportOf(made)['samsung']).toEqual({ state, since });
  });

  it('are met in every state by the calls above', () => {
    const met = new Set<HealthState>();
    for (const all of fc.sample(lines, { numRuns: 200, seed: 1 })) {
      for (const { state } of summaryOf(all).brokers) met.add(state);
    }
    expect([...met].sort()).toEqual(['degraded', 'down', 'maintenance', 'unknown', 'up']);
  });
});

describe('health', () => {
  /** Every change that is told of while time passes in steps, at most this long, from call to call and beyond the last. */
  function changesOf(all: readonly CallLine[], stepMs: number): HealthChange[] {
    const changes: HealthChange[] = [];
    const window = new HealthWindow((change) => changes.push(change));
    let nowMs = START_MS;
    const passTo = (toMs: number) => {
      while (nowMs < toMs) window.passTo((nowMs = Math.min(toMs, nowMs + stepMs)));
    };
    for (const line of all) {
      passTo(msOf(line));
      window.record(callEndOf(line));
    }
    passTo(nowMs + 1_000_000);
    return byBroker(changes);
  }

  it('tells the same however often it is asked', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom(3_000, 10_000, 47_000), (all, stepMs) => {
        expect(changesOf(all, stepMs)).toEqual(changesOf(all, Number.POSITIVE_INFINITY));
      }),
      { numRuns: 60 },
    );
  });
});
