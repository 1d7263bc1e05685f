/** What one call costs, by the connector and by the clients it could have been: CPU, calls a second, memory. */
import type { Child } from './child.ts';
import { CLIENTS } from './clients.ts';
import { ANSWER } from './message.ts';
import { median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import { startBroker, startWorker } from './setup.ts';
import type { Cost } from './worker.ts';

const ROUNDS = setting('BENCH_ROUNDS', 9);
const CALLS = setting('BENCH_CALLS', 6_000);
/** Calls before the first round: the engine has compiled by then what it will compile. */
const WARM_UP = 6_000;
const IN_FLIGHT = 64;

const OURS = 'connector';
const STACK = 'axios + axios-retry + p-timeout';
const RAW = 'node:http';
/** What the connector may cost, as a share of the other's CPU. */
const MOST = { [STACK]: 0.45, [RAW]: 1.35 };

const { child: broker, origin } = await startBroker();
const workers = new Map<string, Child>();
for (const name of Object.keys(CLIENTS)) {
  const child = await startWorker({ client: name, origin, sockets: IN_FLIGHT, brokers: 1 });
  await child.ask({ calls: WARM_UP, inFlight: IN_FLIGHT });
  workers.set(name, child);
}
const names = [...workers.keys()];
const seen = await rounds(ROUNDS, names, (name) => workers.get(name)?.ask<Cost>({ calls: CALLS, inFlight: IN_FLIGHT }));
for (const child of [...workers.values(), broker]) child.end();

function costs(name: string, key: keyof Cost): number[] {
  return (seen.get(name) ?? []).map((cost) => cost?.[key] ?? Number.NaN);
}

console.log(
  `calls: ${IN_FLIGHT} in flight, an answer of ${ANSWER.length} octets, ${ROUNDS} rounds of ${CALLS} calls\n`,
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
