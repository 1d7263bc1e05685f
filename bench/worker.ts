/** One client in a process of its own: makes the calls that it is told to, and says what they cost. */
import { performance } from 'node:perf_hooks';
import { CLIENTS, type Call } from './clients.ts';
import { make, type Load } from './load.ts';

/** Calls made to so many brokers in turn. */
export interface BrokerLoad extends Load {
  readonly brokers: number;
}

/** Work of one client. */
export interface Task {
  /** What is measured side by side; `calls` are those of a slice. */
  readonly loads: readonly BrokerLoad[];
  /** Slices of each load, which take turns: the machine's pace changes less from one to the next than over all of a load. */
  readonly slices: number;
  /** Rounds of so many slices, each with a cost of its own. */
  readonly rounds: number;
}

/** What a call cost. */
export interface Cost {
  /** CPU of the whole process, its collector and threads included, in microseconds. */
  readonly cpuUs: number;
  readonly perSecond: number;
  /** Most memory the process ever held, in MiB. */
  readonly peakMb: number;
}

/** Calls of each load before the first round, at least: sockets that went idle meanwhile are dialled again outside of it. */
const LEAD_IN = 512;
/** Calls of the lead-in for every lane and every broker, so that each of them has its connection. */
const LEAD_IN_EACH = 4;

async function leadIn({ brokers, inFlight }: BrokerLoad): Promise<void> {
  const calls = Math.max(LEAD_IN, LEAD_IN_EACH * Math.max(inFlight, brokers));
  await make(await callFor(brokers), { calls, inFlight });
}

/** What a part of a load took. */
interface Spent {
  readonly load: BrokerLoad;
  readonly cpuUs: number;
  readonly elapsedMs: number;
}

async function slice(load: BrokerLoad): Promise<Spent> {
  const call = await callFor(load.brokers);
  const before = process.cpuUsage();
  const startMs = performance.now();
  await make(call, load);
  const elapsedMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(before);
  return { load, cpuUs: user + system, elapsedMs };
}

/** What a call of each load cost in one round. */
async function round({ loads, slices }: Task): Promise<Cost[]> {
  const spent: Spent[] = [];
  for (let turn = 0; turn < slices; turn += 1)
    // Every second time the other way, so that none is always the first.
    for (const load of turn % 2 === 0 ? loads : [...loads].reverse()) spent.push(await slice(load));
  return loads.map((load) =>
    costOf(
      load,
      spent.filter((part) => part.load === load),
    ),
  );
}

async function measured(task: Task): Promise<Cost[][]> {
  for (const load of task.loads) await leadIn(load);
  const costs: Cost[][] = [];
  while (costs.length < task.rounds) costs.push(await round(task));
  return costs;
}

function costOf({ calls }: BrokerLoad, parts: readonly Spent[]): Cost {
  const sum = (key: 'cpuUs' | 'elapsedMs') => parts.reduce((total, part) => total + part[key], 0);
  return {
    cpuUs: sum('cpuUs') / (calls * parts.length),
    perSecond: (calls * parts.length * 1_000) / sum('elapsedMs'),
    peakMb: process.resourceUsage().maxRSS / 1_024,
  };
}

const [name = '', origin = '', sockets = '64'] = process.argv.slice(2);
const made = new Map<number, Call>();

/** The client for so many brokers; made once. */
async function callFor(brokers: number): Promise<Call> {
  const call = made.get(brokers) ?? (await CLIENTS[name]?.({ origin, sockets: Number(sockets), brokers }));
  if (call === undefined) throw new Error(`expected a client: ${Object.keys(CLIENTS).join(', ')}`);
  made.set(brokers, call);
  return call;
}

async function answer(task: Task): Promise<void> {
  process.send?.(await measured(task));
}

process.on('message', (task: Task) => {
  void answer(task);
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
