/** What one broker of forty that stalls costs the callers of the others: nothing, is the promise. */
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { loadBuilt } from './built.ts';
import { Child } from './child.ts';
import { PATH, REQUEST } from './message.ts';
import { median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import type { Heard, Order } from './stalling.ts';

const ROUNDS = setting('BENCH_ROUNDS', 7);
const BROKERS = 40;
/** Calls of a run. */
const CALLS = setting('BENCH_CALLS', 2_000);
/** One call is due every so often, whatever became of those before it, in milliseconds. */
const EVERY_MS = 5;
/** How often it is looked which calls are due, in milliseconds. */
const TICK_MS = 2;
/** Calls before each run: every broker has its connection then. */
const LEAD_IN = 4 * BROKERS;
/** Every so many calls one is for the broker that may stall, so that its calls pile up; the others share the rest. */
const SHARE = 4;

/** Short limits, so that a run meets calls that pile up, refusals and probes. In milliseconds. */
const HEAD_MS = 300;
const OPEN_MS = 500;

/** The others' latency may be so many times that of a run in which nobody stalls. */
const MOST = 1.2;

const WELL = 'all are well';
const AGAIN = 'all are well, once more';
const STALLS = 'one stalls';

/** What the callers of a run met. */
interface Run {
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Calls to the others that brought no answer. */
  readonly failed: number;
  /** Calls to the first broker, from the lead-in on. */
  readonly calls: number;
  /** Those of them that were let through to it. */
  readonly passed: number;
  /** Requests that the first broker received. */
  readonly requests: number;
  /** From its recovery to the first answer, in milliseconds. */
  readonly recoveryMs: number;
}

function isOpened(value: unknown): value is { ports: number[] } {
  return typeof value === 'object' && value !== null && 'ports' in value && Array.isArray(value.ports);
}

const { createConnector } = await loadBuilt();
type Exco = ReturnType<typeof createConnector>;
const { child: brokers, ready } = await Child.start('./stalling.ts', [String(BROKERS)]);
if (!isOpened(ready)) throw new TypeError('brokers: expected the ports that they listen on');
const { ports } = ready;

function aliasOf(broker: number): string {
  return `broker${String(broker)}`;
}

function connect(): Exco {
  return createConnector({
    brokers: ports.map((port, broker) => ({
      alias: aliasOf(broker),
      baseUrl: `http://127.0.0.1:${String(port)}${PATH.slice(0, PATH.indexOf('/account'))}`,
      // The others keep the limits of the defaults.
      ...(broker === 0 && {
        timeouts: { headMs: HEAD_MS },
        breaker: { openMs: OPEN_MS, maxOpenMs: OPEN_MS },
      }),
    })),
  });
}

/** Whom the n-th call is for. */
function brokerOf(call: number): number {
  return call % SHARE === 0 ? 0 : 1 + ((call - Math.ceil(call / SHARE)) % (BROKERS - 1));
}

function ask(exco: Exco, call: number) {
  return exco.settle(aliasOf(brokerOf(call)), 'account.balance', REQUEST);
}

/** Told of a call: how long after it was due it was over, and how it ended. */
type Over = (call: number, ms: number, settled: Awaited<ReturnType<typeof ask>>) => void;

/** Makes `calls` calls when each is due, and tells of each. */
async function load(exco: Exco, calls: number, over: Over): Promise<void> {
  const startMs = performance.now();
  const made: Promise<void>[] = [];
  while (made.length < calls) {
    const due = Math.min(calls, Math.floor((performance.now() - startMs) / EVERY_MS) + 1);
    for (let call = made.length; call < due; call += 1) {
      const dueMs = startMs + call * EVERY_MS;
      made.push(ask(exco, call).then((settled) => over(call, performance.now() - dueMs, settled)));
    }
    await pause(TICK_MS);
  }
  await Promise.all(made);
}

/** Milliseconds until the first broker, well again, brings an answer. */
async function recovery(exco: Exco): Promise<number> {
  const startMs = performance.now();
  while (!(await ask(exco, 0)).ok) await pause(TICK_MS);
  return performance.now() - startMs;
}

async function tell(order: Order): Promise<number> {
  const { requests } = await brokers.ask<Heard>(order);
  return requests;
}

/** A run with a connector of its own, so that no circuit remembers the run before. */
async function run(name: string): Promise<Run> {
  const exco = connect();
  const latencies: number[] = [];
  const counts = { failed: 0, calls: 0, passed: 0 };
  const over: Over = (call, ms, settled) => {
    if (brokerOf(call) === 0) {
      counts.calls += 1;
      if (settled.ok || settled.error.attempts > 0) counts.passed += 1;
    } else {
      latencies.push(ms);
      if (!settled.ok) counts.failed += 1;
    }
  };
  await load(exco, LEAD_IN, over);
  latencies.length = 0;
  const early = await tell({ isStalled: name === STALLS });
  await load(exco, CALLS, over);
  const requests = early + (await tell({ isStalled: false }));
  const recoveryMs = await recovery(exco);
  await exco.close();
  latencies.sort((a, b) => a - b);
  const p99Ms = latencies[Math.ceil(latencies.length * 0.99) - 1] ?? Number.NaN;
  return { ...counts, requests, recoveryMs, medianMs: median(latencies), p99Ms };
}

const names = [WELL, AGAIN, STALLS];
// Behind a first run the engine has compiled what it will compile.
await run(WELL);
const seen = await rounds(ROUNDS, names, run);
brokers.end();

function figures(name: string, key: keyof Run): number[] {
  return (seen.get(name) ?? []).map((each) => each[key]);
}

function compared(name: string, key: 'medianMs' | 'p99Ms'): number {
  return ratio(figures(name, key), figures(WELL, key));
}

const rate = 1_000 / EVERY_MS;
console.log(
  `stall: ${ROUNDS} rounds of ${CALLS} calls to ${BROKERS} brokers, ${rate} a second, every fourth to one of them\n`,
);
console.log(verdict("the others' p99, one stalls / all are well", compared(STALLS, 'p99Ms'), MOST));
console.log(verdict("the others' median, one stalls / all are well", compared(STALLS, 'medianMs'), MOST));
const alike = compared(AGAIN, 'p99Ms');
console.log(`what two runs alike differ by: ${alike.toFixed(2)} x, ${compared(AGAIN, 'medianMs').toFixed(2)} x`);
if (Math.max(alike, 1 / alike) > MOST) console.log('that is more than the promise: the machine is too busy to tell');
const [calls, passed, requests] = (['calls', 'passed', 'requests'] as const).map((key) => median(figures(STALLS, key)));
console.log(
  `of ${calls} calls to the one that stalls ${passed} were let through, and it received ${requests} requests`,
);
const slowest = Math.max(...figures(STALLS, 'recoveryMs'));
console.log(`it answered again ${slowest.toFixed(0)} ms after its recovery at the latest, probed every ${OPEN_MS} ms`);
const rows = names.map((name) => [
  name,
  median(figures(name, 'medianMs')).toFixed(2),
  median(figures(name, 'p99Ms')).toFixed(2),
  String(figures(name, 'failed').reduce((sum, each) => sum + each, 0)),
]);
console.log(`\n${table([["the others' calls", 'median ms', 'p99 ms', 'failed'], ...rows])}`);
