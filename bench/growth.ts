/** What a call costs with ever more calls in flight, and with ever more brokers: it should stay the same. */
import type { Child } from './child.ts';
import { median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import { startBroker, startWorker } from './setup.ts';
import type { Cost } from './worker.ts';

const ROUNDS = setting('BENCH_ROUNDS', 9);
const CALLS = setting('BENCH_CALLS', 4_000);
/** Calls before the first round: the engine has compiled by then what it will compile. */
const WARM_UP = 6_000;
const OURS = 'connector';
/** What the sockets alone cost, be they many or few. */
const RAW = 'node:http';

/** One load, measured in a process of its own. */
interface Growth {
  readonly client: string;
  readonly inFlight: number;
  readonly brokers: number;
}

const IN_FLIGHT = [1, 8, 64, 512];
const BROKERS = [1, 40, 400];
/** Calls in flight where brokers are counted. */
const SHARED_IN_FLIGHT = 64;

/** What the larger load may cost, as a share of the smaller one's CPU. */
const MOST = 1.1;

/** Every process has the same limits, and only the load differs: as many sockets as the largest load needs. */
const SOCKETS = Math.max(...IN_FLIGHT);

const byInFlight: readonly Growth[] = IN_FLIGHT.map((inFlight) => ({ client: OURS, inFlight, brokers: 1 }));
const byBrokers: readonly Growth[] = BROKERS.map((brokers) => ({ client: OURS, inFlight: SHARED_IN_FLIGHT, brokers }));
const raw: readonly Growth[] = [byInFlight[1], byInFlight.at(-1), byBrokers[0], byBrokers.at(-1)].flatMap((growth) =>
  growth === undefined ? [] : [{ ...growth, client: RAW }],
);

const { child: broker, origin } = await startBroker();
const workers = new Map<Growth, Child>();
for (const growth of [...byInFlight, ...byBrokers, ...raw]) {
  const worker = await startWorker({ client: growth.client, origin, sockets: SOCKETS, brokers: growth.brokers });
  await worker.ask({ calls: WARM_UP, inFlight: SHARED_IN_FLIGHT });
  workers.set(growth, worker);
}
const seen = await rounds(ROUNDS, [...workers.keys()], (growth) =>
  workers.get(growth)?.ask<Cost>({ calls: CALLS, inFlight: growth.inFlight }),
);
for (const child of [...workers.values(), broker]) child.end();

function costs(growth: Growth | undefined, key: keyof Cost): number[] {
  const each = growth === undefined ? [] : (seen.get(growth) ?? []);
  return each.map((cost) => cost?.[key] ?? Number.NaN);
}

function rowOf(growth: Growth): string[] {
  const { client, brokers, inFlight } = growth;
  return [
    `${client}, ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}, ${inFlight} in flight`,
    median(costs(growth, 'cpuUs')).toFixed(0),
    median(costs(growth, 'perSecond')).toFixed(0),
    median(costs(growth, 'peakMb')).toFixed(0),
  ];
}

/** The cost of one load beside another. */
function compared(large: Growth | undefined, small: Growth | undefined): number {
  return ratio(costs(large, 'cpuUs'), costs(small, 'cpuUs'));
}

const inFlight = compared(byInFlight.at(-1), byInFlight[1]);
const brokers = compared(byBrokers.at(-1), byBrokers[0]);
console.log(`growth: ${ROUNDS} rounds of ${CALLS} calls, each load in a process of its own\n`);
console.log(verdict('512 in flight / 8 in flight', inFlight, MOST));
console.log(verdict('400 brokers / 1 broker', brokers, MOST));
console.log(
  `the same by node:http: ${compared(raw[1], raw[0]).toFixed(2)} x, ${compared(raw[3], raw[2]).toFixed(2)} x`,
);
const rows = [...byInFlight, ...byBrokers, ...raw].map(rowOf);
console.log(`\n${table([['load', 'CPU µs a call', 'calls/s', 'peak MiB'], ...rows])}`);
