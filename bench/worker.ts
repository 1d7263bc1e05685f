/** One client in a process of its own: makes the calls that it is told to, and says what they cost. */
import { performance } from 'node:perf_hooks';
import { CLIENTS, type Call } from './clients.ts';
import { make, type Load } from './load.ts';

/** Work of one client. */
export interface Task extends Load {
  /** Brokers called in turn. */
  readonly brokers: number;
}

/** What a call cost. */
export interface Cost {
  /** CPU of the whole process, its collector and threads included, in microseconds. */
  readonly cpuUs: number;
  readonly perSecond: number;
  /** Most memory the process ever held, in MiB. */
  readonly peakMb: number;
}

/** Calls before each measurement, at least: sockets that went idle meanwhile are dialled again outside of it. */
const LEAD_IN = 512;
/** Calls of the lead-in for every lane and every broker, so that each of them has its connection. */
const LEAD_IN_EACH = 4;

async function measured(call: Call, { brokers, ...load }: Task): Promise<Cost> {
  await make(call, { ...load, calls: Math.max(LEAD_IN, LEAD_IN_EACH * Math.max(load.inFlight, brokers)) });
  const before = process.cpuUsage();
  const startMs = performance.now();
  await make(call, load);
  const elapsedMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(before);
  return {
    cpuUs: (user + system) / load.calls,
    perSecond: (load.calls * 1_000) / elapsedMs,
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
  process.send?.(await measured(await callFor(task.brokers), task));
}

process.on('message', (task: Task) => {
  void answer(task);
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
