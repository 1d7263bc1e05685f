/** What the gateway costs beside a proxy that checks nothing, in turn in one run. */
import { Child } from './child.ts';
import type { Used } from './gateway-server.ts';
import { load, type Load } from './gateway-load.ts';
import { ANSWER } from './message.ts';
import { afresh, median, ratio, rounds, setting, table } from './rounds.ts';
import { startBroker } from './setup.ts';

const PROCESSES = setting('BENCH_PROCESSES', 8);
const ROUNDS = setting('BENCH_ROUNDS', 6);
const REQUESTS = setting('BENCH_CALLS', 1_500);
/** Requests before the first round: the engine has compiled by then what it will compile. */
const WARM_UP = 5_000;
const CONNECTIONS = 64;
/** Requests before each measurement: connections to the broker that went idle meanwhile are dialled again outside of it. */
const LEAD_IN = 8 * CONNECTIONS;
const GATEWAY = 'gateway';
const CONNECTOR = 'fastify + connector';
/** Least throughput of the gateway, as a share of the other's. */
const LEAST: Readonly<Record<string, number>> = { 'fastify + axios': 1.5, 'fastify + undici': 0.8 };

interface Figure extends Load {
  readonly cpuUs: number;
}

interface Server {
  readonly child: Child;
  readonly url: string;
}

async function start(name: string, origin: string): Promise<Server> {
  const { child, ready } = await Child.start('./gateway-server.ts', [name, origin]);
  return { child, url: (ready as { url: string }).url };
}

async function measure({ child, url }: Server, amount: number): Promise<Figure> {
  await load(url, LEAD_IN, CONNECTIONS);
  const before = await child.ask<Used>({});
  const figure = await load(url, amount, CONNECTIONS);
  const after = await child.ask<Used>({});
  return { ...figure, cpuUs: (after.cpuUs - before.cpuUs) / amount };
}

const names = [GATEWAY, ...Object.keys(LEAST), CONNECTOR];
const { child: broker, origin } = await startBroker();

/** Some rounds with each way in a process of its own. */
async function run(): Promise<Map<string, Figure[]>> {
  const servers = new Map<string, Server>();
  for (const name of names) {
    const server = await start(name, origin);
    await load(server.url, WARM_UP, CONNECTIONS);
    servers.set(name, server);
  }
  const seen = await rounds(ROUNDS, names, async (name) => {
    const server = servers.get(name);
    if (server === undefined) throw new Error(`expected a server: ${name}`);
    return measure(server, REQUESTS);
  });
  for (const { child } of servers.values()) child.end();
  return seen;
}

const seen = await afresh(PROCESSES, run);
broker.end();

function figures(name: string, key: keyof Figure): number[] {
  return (seen.get(name) ?? []).map((figure) => figure[key]);
}

console.log(
  `gateway: ${CONNECTIONS} connections, an answer of ${ANSWER.length} octets, ${ROUNDS} rounds of ${REQUESTS} in each of ${PROCESSES} processes\n`,
);
for (const [name, least] of Object.entries(LEAST)) {
  const share = ratio(figures(GATEWAY, 'perSecond'), figures(name, 'perSecond'));
  console.log(
    `${GATEWAY} / ${name}: ${share.toFixed(2)} x (at least ${least} x: ${share >= least ? 'kept' : 'MISSED'})`,
  );
}
const alone = ratio(figures(CONNECTOR, 'perSecond'), figures('fastify + undici', 'perSecond'));
console.log(`${CONNECTOR} / fastify + undici: ${alone.toFixed(2)} x`);
const rows = names.map((name) => [
  name,
  ...(['perSecond', 'cpuUs', 'p99Ms'] as const).map((key) => median(figures(name, key)).toFixed(0)),
]);
console.log(`\n${table([['way', 'requests/s', 'CPU µs a request', 'p99 ms'], ...rows])}\n`);
