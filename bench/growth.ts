/** What a call costs with ever more calls in flight, and with ever more brokers: it should stay the same. */
import type { Child } from './child.ts';
import { afresh, median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import { startBroker, startWorker } from './setup.ts';
import type { Cost, Task } from './worker.ts';

const PROCESSES = setting('BENCH_PROCESSES', 4);
// Short rounds and many of them: the machine changes its pace within seconds by more than a load does.
const ROUNDS = setting('BENCH_ROUNDS', 8);
const CALLS = setting('BENCH_CALLS', 1_500);
/** Calls of each load before the first round: the engine has compiled by then what it will compile. */
const WARM_UP = 4_000;
/** What the larger load may cost, as a share of the smaller one's CPU. */
const MOST = 1.1;

const FEW = 8;
const MANY = 512;
const IN_FLIGHT: readonly Task[] = [1, FEW, 64, MANY].map((inFlight) => ({ calls: CALLS, inFlight, brokers: 1 }));
const BROKERS: readonly Task[] = [1, 40, 400].map((brokers) => ({ calls: CALLS, inFlight: 64, brokers }));
/** What the first of several loads is left out for, where it is there to be seen and not to be compared with. */
const COMPARED = IN_FLIGHT.findIndex(({ inFlight }) => inFlight === FEW);

/** One client in a process of its own, under several loads in turn: two processes differ by more than two loads do. */
interface Subject {
  readonly name: string;
  readonly client: string;
  readonly loads: readonly Task[];
  readonly flags?: readonly string[];
}

const OURS = 'connector';
/** What others grow by: many calls at once cost each of them more, at the defaults of Node's collector. */
const OTHERS = ['node:http', 'undici Pool'] as const;
/** Room for the young, as the service and container files of examples/deploy set it. */
const ROOM = ['--max-semi-space-size=64'] as const;

const compared = IN_FLIGHT.slice(COMPARED);

function inRoom(client: string): Subject {
  return { name: `${client}, ${ROOM.join(' ')}`, client, loads: compared, flags: ROOM };
}

const byInFlight: Subject = { name: OURS, client: OURS, loads: IN_FLIGHT };
const withRoom = inRoom(OURS);
const rawWithRoom = inRoom(OTHERS[0]);
const byBrokers: Subject = { name: OURS, client: OURS, loads: BROKERS };
const others: readonly Subject[] = OTHERS.map((client) => ({ name: client, client, loads: compared }));
const rawBrokers: Subject = { name: OTHERS[0], client: OTHERS[0], loads: BROKERS };
/**
 * Who takes turns with whom. No more of them at once than keeps a connection open from one turn to the next, as those of a
 * service are: the connector gives one up that was not used for four seconds, and a new one is dearer for its first messages.
 */
const GROUPS = [
  [byInFlight, ...others],
  [withRoom, rawWithRoom],
  [byBrokers, rawBrokers],
] as const satisfies readonly (readonly Subject[])[];
const subjects: readonly Subject[] = GROUPS.flat();

const { child: broker, origin } = await startBroker();

/** Every load of one process, the smallest first and then the largest first. */
function measurer(worker: Child, { loads }: Subject): () => Promise<Cost[]> {
  let turn = 0;
  return async () => {
    turn += 1;
    const costs: Cost[] = [];
    for (const load of turn % 2 === 0 ? loads : [...loads].reverse()) costs.push(await worker.ask<Cost>(load));
    return turn % 2 === 0 ? costs : costs.reverse();
  };
}

/** Some rounds with each of a group in a process of its own; all have the same limits, as many sockets as the largest needs. */
async function run(group: readonly Subject[]): Promise<Map<Subject, Cost[][]>> {
  const workers = new Map<Subject, { child: Child; measure: () => Promise<Cost[]> }>();
  for (const subject of group) {
    const child = await startWorker({ ...subject, origin, sockets: MANY });
    for (const load of subject.loads) await child.ask({ ...load, calls: WARM_UP });
    workers.set(subject, { child, measure: measurer(child, subject) });
  }
  const seen = await rounds(ROUNDS, group, async (subject) => (await workers.get(subject)?.measure()) ?? []);
  for (const { child } of workers.values()) child.end();
  return seen;
}

const seen = new Map<Subject, Cost[][]>();
for (const group of GROUPS)
  for (const [subject, costs] of await afresh(PROCESSES, () => run(group))) seen.set(subject, costs);
broker.end();

function costs(subject: Subject, load: number, key: keyof Cost): number[] {
  return (seen.get(subject) ?? []).map((each) => each.at(load)?.[key] ?? Number.NaN);
}

/** What the largest load costs beside the one that it is compared with. */
function grown(subject: Subject, from = 0): number {
  return ratio(costs(subject, -1, 'cpuUs'), costs(subject, from, 'cpuUs'));
}

function rowsOf(subject: Subject): string[][] {
  return subject.loads.map(({ inFlight, brokers }, load) => [
    `${subject.name}: ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}, ${inFlight} in flight`,
    median(costs(subject, load, 'cpuUs')).toFixed(0),
    median(costs(subject, load, 'perSecond')).toFixed(0),
  ]);
}

console.log(`growth: ${ROUNDS} rounds of ${CALLS} calls of each load in each of ${PROCESSES} processes\n`);
console.log(verdict(`${MANY} in flight / ${FEW} in flight`, grown(byInFlight, COMPARED), MOST));
for (const other of others) console.log(`  the same by ${other.name}: ${grown(other).toFixed(2)} x`);
console.log(verdict(`  the same under ${ROOM.join(' ')}`, grown(withRoom), MOST));
console.log(`  and by ${OTHERS[0]} under it: ${grown(rawWithRoom).toFixed(2)} x`);
console.log(verdict('400 brokers / 1 broker', grown(byBrokers), MOST));
console.log(`  the same by ${rawBrokers.name}: ${grown(rawBrokers).toFixed(2)} x`);
console.log(`\n${table([['load', 'CPU µs a call', 'calls/s'], ...subjects.flatMap(rowsOf)])}`);
console.log('\nmost memory that a process of these held, in MiB:');
for (const subject of subjects)
  console.log(`  ${subject.name}: ${Math.max(...costs(subject, -1, 'peakMb')).toFixed(0)}`);
