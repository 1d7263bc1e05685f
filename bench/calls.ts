/** What one call costs, by the connector and by the clients it could have been: CPU, calls a second, memory. */
import type { Child } from './child.ts';
import { CLIENTS } from './clients.ts';
import { ANSWER } from './message.ts';
import { afresh, median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import { startBroker, startWorker } from './setup.ts';
import type { Cost } from './worker.ts';

const PROCESSES = setting('BENCH_PROCESSES', 5);
const ROUNDS = setting('BENCH_ROUNDS', 4);
const CALLS = setting('BENCH_CALLS', 3_000);
/** Calls before the first round: the engine has compiled by then what it will compile. */
const WARM_UP = 6_000;
const IN_FLIGHT = 64;

const OURS = 'connector';
const STACK = 'axios + axios-retry + p-timeout';
const RAW = 'node:http';
/** What the connector may cost, as a share of the other's CPU. */
const MOST = { [STACK]: 0.45, [RAW]: 1.35 };

const names = Object.keys(CLIENTS);
const { child: broker, origin } = await startBroker();

async function costOf(worker: Child, calls: number): Promise<Cost | undefined> {
  const load = { calls, inFlight: IN_FLIGHT, brokers: 1 };
  const [round] = await worker.ask<Cost[][]>({ loads: [load], slices: 1, rounds: 1 });
  return round?.[0];
}

/** Some rounds with each client in a process of its own. */
async function run(): Promise<Map<string, (Cost | undefined)[]>> {
  const workers = new Map<string, Child>();
  for (const client of names) {
    const worker = await startWorker({ client, origin, sockets: IN_FLIGHT });
    await costOf(worker, WARM_UP);
    workers.set(client, worker);
  }
  const seen = await rounds(ROUNDS, names, async (name) => {
    const worker = workers.get(name);
    return worker && costOf(worker, CALLS);
  });
  for (const worker of workers.values()) worker.end();
  return seen;
}

const seen = await afresh(PROCESSES, run);
broker.end();

function costs(name: string, key: keyof Cost): number[] {
  return (seen.get(name) ?? []).map((cost) => cost?.[key] ?? Number.NaN);
}

console.log(
  `calls: ${IN_FLIGHT} in flight, an answer of ${ANSWER.length} octets, ${ROUNDS} rounds of ${CALLS} calls in each of ${PROCESSES} processes\n`,
);
for (const [name, most] of Object.entries(MOST))
  console.log(verdict(`connector / ${name}`, ratio(costs(OURS, 'cpuUs'), costs(name, 'cpuUs')), most));
const rows = names.map((name) => [
  name,
  `${ratio(costs(OURS, 'cpuUs'), costs(name, 'cpuUs')).toFixed(2)} x`,
  median(costs(name, 'cpuUs')).toFixed(0),
  median(costs(name, 'perSecond')).toFixed(0),
  median(costs(name, 'peakMb')).toFixed(0),
]);
console.log(`\n${table([['client', 'connector / it', 'CPU µs a call', 'calls/s', 'peak MiB'], ...rows])}`);
