/** One client in a process of its own: makes the calls that it is told to, and says what they cost. */
import { performance } from 'node:perf_hooks';
import { CLIENTS, type Call } from './clients.ts';
import { make, type Load } from './load.ts';

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

async function measured(call: Call, load: Load): Promise<Cost> {
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

const [name = '', origin = '', sockets = '64', brokersGiven = '1'] = process.argv.slice(2);
const brokers = Number(brokersGiven);
const call = await CLIENTS[name]?.({ origin, sockets: Number(sockets), brokers });
if (call === undefined) throw new Error(`expected a client: ${Object.keys(CLIENTS).join(', ')}`);
process.on('message', (load: Load) => {
  void measured(call, load).then((cost) => process.send?.(cost));
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
