/** What a call costs with ever more calls in flight, and with ever more brokers: it should stay the same. */
import type { Child } from './child.ts';
import { median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import { startBroker, startWorker } from './setup.ts';
import type { Cost } from './worker.ts';

// Short rounds and many of them: the machine changes its pace within seconds by more than a load does.
const ROUNDS = setting('BENCH_ROUNDS', 31);
const CALLS = setting('BENCH_CALLS', 1_500);
/** Calls before the first round: the engine has compiled by then what it will compile. */
const WARM_UP = 6_000;
const OURS = 'connector';
/** What others grow by: many calls at once cost each of them more, at the defaults of Node's collector. */
const OTHERS = ['node:http', 'undici Pool'] as const;
/** Room for the young, as the service and container files of examples/deploy set it. */
const ROOM = ['--max-semi-space-size=64'] as const;

/** One load, measured in a process of its own. */
interface Growth {
  readonly client: string;
  readonly inFlight: number;
  readonly brokers: number;
  readonly flags?: readonly string[];
}

const IN_FLIGHT = [1, 8, 64, 512];
const FEW = 8;
const MANY = 512;
const BROKERS = [1, 40, 400];
/** Calls in flight where brokers are counted. */
const SHARED_IN_FLIGHT = 64;

/** What the larger load may cost, as a share of the smaller one's CPU. */
const MOST = 1.1;

/** Every process has the same limits, and only the load differs: as many sockets as the largest load needs. */
const SOCKETS = MANY;

const byInFlight: readonly Growth[] = IN_FLIGHT.map((inFlight) => ({ client: OURS, inFlight, brokers: 1 }));
const withRoom: readonly Growth[] = [FEW, MANY].map((inFlight) => ({
  ...{ client: OURS, inFlight, brokers: 1 },
  flags: ROOM,
}));
const byBrokers: readonly Growth[] = BROKERS.map((brokers) => ({ client: OURS, inFlight: SHARED_IN_FLIGHT, brokers }));
const others: readonly Growth[] = OTHERS.flatMap((client) =>
  [FEW, MANY].map((inFlight) => ({ client, inFlight, brokers: 1 })),
);
const rawBrokers: readonly Growth[] = byBrokers
  .filter(({ brokers }) => brokers !== BROKERS[1])
  .map((growth) => ({ ...growth, client: OTHERS[0] }));
const all = [...byInFlight, ...withRoom, ...byBrokers, ...others, ...rawBrokers];

const { child: broker, origin } = await startBroker();
const workers = new Map<Growth, Child>();
for (const growth of all) {
  const worker = await startWorker({ ...growth, origin, sockets: SOCKETS });
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
  const { client, brokers, inFlight, flags = [] } = growth;
  return [
    [`${client}, ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}, ${inFlight} in flight`, ...flags].join(', '),
    median(costs(growth, 'cpuUs')).toFixed(0),
    median(costs(growth, 'perSecond')).toFixed(0),
    median(costs(growth, 'peakMb')).toFixed(0),
  ];
}

/** What the last of several loads costs beside the first of them that counts. */
function grown(loads: readonly Growth[], from = 0): number {
  return ratio(costs(loads.at(-1), 'cpuUs'), costs(loads[from], 'cpuUs'));
}

console.log(`growth: ${ROUNDS} rounds of ${CALLS} calls, each load in a process of its own\n`);
console.log(verdict(`${MANY} in flight / ${FEW} in flight`, grown(byInFlight, IN_FLIGHT.indexOf(FEW)), MOST));
for (const client of OTHERS) {
  const theirs = others.filter((growth) => growth.client === client);
  console.log(`  the same by ${client}: ${grown(theirs).toFixed(2)} x`);
}
console.log(verdict(`  the same under ${ROOM.join(' ')}`, grown(withRoom), MOST));
console.log(verdict(`${BROKERS.at(-1)} brokers / 1 broker`, grown(byBrokers), MOST));
console.log(`  the same by ${OTHERS[0]}: ${grown(rawBrokers).toFixed(2)} x`);
console.log(`\n${table([['load', 'CPU µs a call', 'calls/s', 'peak MiB'], ...all.map(rowOf)])}`);
