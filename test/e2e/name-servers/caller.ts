import { setTimeout as pause } from 'node:timers/promises';
import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../../support/messages.ts';
import { timesOf, type Exit, type Report } from './report.ts';
import { BROKER_PORT, residents, type Counts, type Resident, type Zone } from './town.ts';

/**
 * A linkage server: calls every broker again and again, all side by side, for some seconds; then closes its connector and
 * lets the process end by itself.
 */
const RUN_MS = 3_000;
const PAUSE_MS = 200;
const [counts = '{}', deadlineMs = ''] = process.argv.slice(2);
const brokers = residents(JSON.parse(counts) as Counts);

/** What was seen of the brokers of one zone. */
class Observed {
  readonly endings: Record<string, number> = {};
  readonly callsMs: number[] = [];
  readonly lookUpsMs: number[] = [];
  readonly dialsMs: number[] = [];

  end(ending: string, elapsedMs: number): void {
    this.endings[ending] = (this.endings[ending] ?? 0) + 1;
    this.callsMs.push(elapsedMs);
  }
}

const observed = new Map<Zone, Observed>(brokers.map(({ zone }) => [zone, new Observed()]));
const zoneOf = new Map(brokers.map(({ alias, zone }) => [alias, observed.get(zone)]));
const exco = createConnector({
  brokers: brokers.map(({ alias, hostname }) => ({ alias, baseUrl: `http://${hostname}:${BROKER_PORT}` })),
});
exco.on('attempt', ({ broker, dnsMs, connectMs }) => {
  if (dnsMs !== undefined) zoneOf.get(broker)?.lookUpsMs.push(dnsMs);
  if (connectMs !== undefined) zoneOf.get(broker)?.dialsMs.push(connectMs);
});

async function callOnAndOn({ alias }: Resident, untilMs: number): Promise<void> {
  do {
    const startMs = performance.now();
    const options = { deadlineMs: Number(deadlineMs) };
    const settled = await exco.settle(alias, 'account.balance', MESSAGES['account.balance'], options);
    const ending = settled.ok ? 'ok' : `${settled.error.fault} ${settled.error.code}`;
    zoneOf.get(alias)?.end(ending, performance.now() - startMs);
    await pause(PAUSE_MS);
  } while (performance.now() < untilMs);
}

function print(line: Report | Exit): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const untilMs = performance.now() + RUN_MS;
await Promise.all(brokers.map((broker) => callOnAndOn(broker, untilMs)));
await exco.close();
const closedMs = performance.now();
const zones = [...observed].map(([zone, { endings, callsMs, lookUpsMs, dialsMs }]) => {
  return [zone, { endings, calls: timesOf(callsMs), lookUps: timesOf(lookUpsMs), dials: timesOf(dialsMs) }] as const;
});
// Its own standard output is no trace of the connector.
const open = process.getActiveResourcesInfo().filter((resource) => resource !== 'PipeWrap');
print({ zones: Object.fromEntries(zones), open: [...new Set(open)].sort() });
process.on('exit', () => print({ livedOnMs: Math.round(performance.now() - closedMs) }));
