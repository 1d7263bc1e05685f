/** One connector in a process of its own, which records its calls or does not, as it is told. */
import { loadBuilt } from './built.ts';
import { make, type Load } from './load.ts';
import { ALIAS, PATH, REQUEST } from './message.ts';

/** What the process is told to do; without a file nothing is recorded. */
export interface RecordedLoad extends Load {
  readonly file?: string;
}

/** What it came to. */
export interface RecordedCost {
  /** CPU of the whole process for one call, its threads and the last write included, in microseconds. */
  readonly cpuUs: number;
  /** Records written. */
  readonly written: number;
}

/** Calls before each measurement, so that sockets which went idle meanwhile are dialled again outside of it. */
const LEAD_IN = 256;

const [origin = ''] = process.argv.slice(2);
const { createConnector, recordEvents } = await loadBuilt();
const baseUrl = origin + PATH.slice(0, PATH.indexOf('/account'));
const exco = createConnector({ brokers: [{ alias: ALIAS, comId: '90000', baseUrl }] });
const call = () => exco.call(ALIAS, 'account.balance', REQUEST);

async function measured({ file, ...load }: RecordedLoad): Promise<RecordedCost> {
  await make(call, { ...load, calls: LEAD_IN });
  const before = process.cpuUsage();
  const recording = file === undefined ? undefined : recordEvents(exco, { file });
  await make(call, load);
  const tally = await recording?.close();
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: (user + system) / load.calls, written: tally?.written ?? 0 };
}

process.on('message', (load: RecordedLoad) => {
  void measured(load).then((cost) => process.send?.(cost));
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
