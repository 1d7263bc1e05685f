/** What a call costs with ever more calls in flight, and with ever more brokers: it should stay the same. */
import { median, ratio, setting, table, verdict } from './rounds.ts';
import { startBroker, startWorker } from './setup.ts';
import type { BrokerLoad, Cost } from './worker.ts';

const PROCESSES = setting('BENCH_PROCESSES', 4);
const ROUNDS = setting('BENCH_ROUNDS', 6);
// Short slices that take turns: the machine changes its pace within a second by more than a load does.
const SLICES = setting('BENCH_SLICES', 2);
const CALLS = setting('BENCH_CALLS', 800);
/** Calls of a slice for each of those in flight, at least: less, and much of what 512 at once leave behind falls on others. */
const CALLS_EACH = 8;
/** Calls of each load before the first round: the engine has compiled by then what it will compile. */
const WARM_UP = 4_000;
/** What the larger load may cost, as a share of the smaller one's CPU. */
const MOST = 1.1;

function load({ inFlight = 64, brokers = 1 }: { inFlight?: number; brokers?: number }): BrokerLoad {
  return { calls: Math.max(CALLS, CALLS_EACH * inFlight), inFlight, brokers };
}

const FEW = 8;
const MANY = 512;
const IN_FLIGHT = [1, FEW, 64, MANY].map((inFlight) => load({ inFlight }));
const BROKERS = [1, 40, 400].map((brokers) => load({ brokers }));
/** What the first of several loads is left out for, where it is there to be seen and not to be compared with. */
const COMPARED = IN_FLIGHT.findIndex(({ inFlight }) => inFlight === FEW);

/** One client in a process of its own, under several loads in turn: two processes differ by more than two loads do. */
interface Subject {
  readonly name: string;
  readonly client: string;
  readonly loads: readonly BrokerLoad[];
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
const subjects: readonly Subject[] = [byInFlight, ...others, withRoom, rawWithRoom, byBrokers, rawBrokers];

const { child: broker, origin } = await startBroker();

/** The rounds of one process; all have the same limits, as many sockets as the largest load needs. */
async function run(subject: Subject): Promise<Cost[][]> {
  const worker = await startWorker({ ...subject, origin, sockets: MANY });
  const warmUp = subject.loads.map((each) => ({ ...each, calls: WARM_UP }));
  await worker.ask({ loads: warmUp, slices: 1, rounds: 1 });
  const costs = await worker.ask<Cost[][]>({ loads: subject.loads, slices: SLICES, rounds: ROUNDS });
  worker.end();
  return costs;
}

/** The rounds of every process of each subject. */
const seen = new Map<Subject, Cost[][][]>(subjects.map((subject) => [subject, []]));
for (let process = 0; process < PROCESSES; process += 1)
  for (const subject of subjects) seen.get(subject)?.push(await run(subject));
broker.end();

function costs(processes: readonly Cost[][][], load: number, key: keyof Cost): number[] {
  return processes.flat().map((round) => round.at(load)?.[key] ?? Number.NaN);
}

/** What the largest load costs beside the one that it is compared with. */
function ratioOf(processes: readonly Cost[][][], from: number): number {
  return ratio(costs(processes, -1, 'cpuUs'), costs(processes, from, 'cpuUs'));
}

/** The same over all processes, and by process: one that is unlike the others must show. */
function grown(subject: Subject, from = 0): { value: number; each: string } {
  const processes = seen.get(subject) ?? [];
  const each = processes.map((one) => ratioOf([one], from).toFixed(2));
  return { value: ratioOf(processes, from), each: `by process ${each.join(', ')}` };
}

/** A line of our own, which is held to a limit. */
function ours(name: string, subject: Subject, from?: number): string {
  const { value, each } = grown(subject, from);
  return `${verdict(name, value, MOST)}; ${each}`;
}

/** A line of another's, to compare with. */
function theirs(name: string, subject: Subject): string {
  const { value, each } = grown(subject);
  return `  ${name}: ${value.toFixed(2)} x; ${each}`;
}

function rowsOf(subject: Subject): string[][] {
  const processes = seen.get(subject) ?? [];
  return subject.loads.map(({ inFlight, brokers }, load) => [
    `${subject.name}: ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}, ${inFlight} in flight`,
    median(costs(processes, load, 'cpuUs')).toFixed(0),
    median(costs(processes, load, 'perSecond')).toFixed(0),
  ]);
}

function peakMb(subject: Subject): number {
  return Math.max(...costs(seen.get(subject) ?? [], -1, 'peakMb'));
}

console.log(`growth: ${ROUNDS} rounds of ${SLICES} slices of each load in each of ${PROCESSES} processes\n`);
console.log(ours(`${MANY} in flight / ${FEW} in flight`, byInFlight, COMPARED));
for (const other of others) console.log(theirs(`the same by ${other.name}`, other));
console.log(ours(`  the same under ${ROOM.join(' ')}`, withRoom));
console.log(theirs(`and by ${OTHERS[0]} under it`, rawWithRoom));
console.log(ours('400 brokers / 1 broker', byBrokers));
console.log(theirs(`the same by ${rawBrokers.name}`, rawBrokers));
console.log(`\n${table([['load', 'CPU µs a call', 'calls/s'], ...subjects.flatMap(rowsOf)])}`);
console.log('\nmost memory that a process of these held, in MiB:');
for (const subject of subjects) console.log(`  ${subject.name}: ${peakMb(subject).toFixed(0)}`);
