/** What the gateway still holds after many requests, each figure after a collection: `tsx bench/gateway-soak.ts 1000000`. */
import { Child } from './child.ts';
import { load } from './gateway-load.ts';
import type { Used } from './gateway-server.ts';
import { setting, table } from './rounds.ts';
import { startBroker } from './setup.ts';

const REQUESTS = Number(process.argv[2] ?? setting('BENCH_LONG', 1_000_000));
const CONNECTIONS = 64;
const SAMPLES = 10;
/** Requests before the first figure: the engine has compiled by then what it will compile, and the windows are full. */
const WARM_UP = 20_000;
/** What the heap may grow by from the first figure to the last, in MiB; a leak of 32 octets a request is 30 MiB a million. */
const MOST_GROWTH_MB = 8;

const { child: broker, origin } = await startBroker();
const { child, ready } = await Child.start('./gateway-server.ts', ['gateway', origin], ['--expose-gc']);
const { url } = ready as { url: string };

async function held(): Promise<Used> {
  // The second collection takes what the first has found weakly held.
  await child.ask<Used>({});
  return child.ask<Used>({});
}

await load(url, Math.min(WARM_UP, REQUESTS), CONNECTIONS);
const seen = [{ requests: 0, ...(await held()) }];
for (let sample = 1; sample <= SAMPLES; sample += 1) {
  await load(url, Math.floor(REQUESTS / SAMPLES), CONNECTIONS);
  seen.push({ requests: Math.floor((sample * REQUESTS) / SAMPLES), ...(await held()) });
  const { requests, heapMb } = seen.at(-1) ?? { requests: 0, heapMb: 0 };
  console.error(`${requests}: ${heapMb.toFixed(2)} MiB`);
}
child.end();
broker.end();

const heaps = seen.map(({ heapMb }) => heapMb);
const growth = (heaps.at(-1) ?? Number.NaN) - (heaps[0] ?? Number.NaN);
console.log(
  table([
    ['requests', 'heap MiB', 'rss MiB'],
    ...seen.map(({ requests, heapMb, rssMb }) => [String(requests), heapMb.toFixed(2), rssMb.toFixed(0)]),
  ]),
);
const isKept = growth <= MOST_GROWTH_MB;
console.log(`growth: ${growth.toFixed(2)} MiB (at most ${MOST_GROWTH_MB}: ${isKept ? 'kept' : 'MISSED'})`);
process.exitCode = isKept ? 0 : 1;
