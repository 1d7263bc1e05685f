import { COMPANIES } from '../../src/brokers/companies.ts';
import { faultRow, type Fault } from '../../src/catalog/faults.ts';
import type { CallRecord } from '../../src/model/record.ts';
import { lineOf } from '../../src/records/line.ts';

/** A time in which every call to some brokers fails. */
export interface PlannedOutage {
  readonly brokers: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly fault: Fault;
}

/** What is recorded. */
export interface Plan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly calls: number;
  readonly brokers: readonly string[];
  readonly outages: readonly PlannedOutage[];
  /** Share of calls that fail in between, in [0, 1]. */
  readonly noise: number;
  readonly seed: number;
}

const OPERATIONS = ['account.balance', 'account.portfolio', 'account.transaction', 'virtualAccount.request'] as const;

const NOISE: readonly Fault[] = ['response-timeout', 'reset-before-response', 'json-invalid', 'http-server-error'];

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A trading day of 40 brokers, with outages of every kind in it. */
export function tradingDay(calls: number): Plan {
  const fromMs = Date.parse('2026-11-24T22:30:00Z');
  const minute = (minutes: number) => fromMs + minutes * 60_000;
  const brokers = COMPANIES.slice(0, 40).map(({ alias }) => alias);
  const [a = '', b = '', c = '', d = '', e = ''] = brokers;
  return {
    fromMs,
    toMs: minute(540),
    calls,
    brokers,
    noise: 0.002,
    seed: 7,
    outages: [
      { brokers: [a], fromMs: minute(91), toMs: minute(107), fault: 'connect-refused' },
      { brokers: [b], fromMs: minute(0), toMs: minute(45), fault: 'maintenance-page' },
      { brokers: [c], fromMs: minute(300), toMs: minute(304), fault: 'response-timeout' },
      { brokers: [d], fromMs: minute(520), toMs: minute(540), fault: 'tls-certificate' },
      { brokers: [e], fromMs: minute(200), toMs: minute(240), fault: 'credentials-refused' },
      { brokers: brokers.slice(5, 35), fromMs: minute(400), toMs: minute(403), fault: 'host-unreachable' },
    ],
  };
}

function recordOf(plan: Plan, index: number, chance: () => number): CallRecord {
  const { fromMs, toMs, calls, brokers, outages, noise } = plan;
  const atMs = fromMs + ((toMs - fromMs) * index) / calls;
  const broker = brokers[Math.floor(chance() * brokers.length)] ?? '';
  const operation = OPERATIONS[Math.floor(chance() * OPERATIONS.length)] ?? OPERATIONS[0];
  const kind = operation === 'virtualAccount.request' ? 'write' : 'read';
  const base = {
    schema: 1,
    at: new Date(atMs).toISOString(),
    broker,
    operation,
    requestId: `req-${String(index)}`,
    kind,
  } as const;
  const outage = outages.find((each) => atMs >= each.fromMs && atMs < each.toMs && each.brokers.includes(broker));
  const elapsedMs = Math.round((20 + 400 * chance() ** 6) * 10) / 10;
  const [draw, pick] = [chance(), chance()];
  if (outage === undefined && draw < 0.02) {
    const error = { category: broker, code: 4001, fault: 'broker-error', blame: 'caller', evidence: 'up' } as const;
    return { ...base, result: 'error', ...error, outcome: 'rejected', attempts: 1, elapsedMs };
  }
  const noisy = draw > 1 - noise ? NOISE[Math.floor(pick * NOISE.length)] : undefined;
  const fault = outage?.fault ?? noisy;
  if (fault === undefined) return { ...base, result: 'ok', attempts: 1, elapsedMs };
  const { blame, evidence, code, effect } = faultRow(fault);
  const isUnknown =
    kind === 'write' && effect === 'by-sent' && fault !== 'connect-refused' && fault !== 'host-unreachable';
  const failure = {
    fault,
    blame,
    evidence,
    category: 'op-exco',
    code: Number(code),
    phase: 'head',
    sent: 'yes',
  } as const;
  return {
    ...base,
    result: 'error',
    ...failure,
    outcome: isUnknown ? 'unknown' : 'not-executed',
    attempts: 2,
    elapsedMs: 5_000,
  };
}

/** Lines of a file of records, in the order of their times. */
export function* syntheticLines(plan: Plan): Generator<string, void, undefined> {
  const chance = chanceOf(plan.seed);
  for (let index = 0; index < plan.calls; index += 1) yield lineOf('call', recordOf(plan, index, chance));
}
