/** What the gateway costs beside a proxy that checks nothing, in turn in one run; and its memory over many requests. */
import autocannon from 'autocannon';
import { Child } from './child.ts';
import type { Used } from './gateway-server.ts';
import { ANSWER, PATH, REQUEST } from './message.ts';
import { median, ratio, rounds, setting, table } from './rounds.ts';
import { startBroker } from './setup.ts';

const ROUNDS = setting('BENCH_ROUNDS', 7);
const REQUESTS = setting('BENCH_CALLS', 8_000);
/** Requests behind the comparison, over which the gateway's memory is watched. */
const LONG = setting('BENCH_LONG', 1_000_000);
const SAMPLES = 10;
const CONNECTIONS = 64;
const GATEWAY = 'gateway';
/** Least throughput of the gateway, as a share of the other's. */
const LEAST: Readonly<Record<string, number>> = { 'fastify + axios': 1.5, 'fastify + undici': 0.8 };

interface Figure {
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly p99Ms: number;
}

interface Server {
  readonly child: Child;
  readonly url: string;
}

async function start(name: string, origin: string): Promise<Server> {
  const { child, ready } = await Child.start('./gateway-server.ts', [name, origin]);
  return { child, url: (ready as { url: string }).url };
}

async function load(url: string, amount: number): Promise<Omit<Figure, 'cpuUs'>> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(REQUEST);
  const result = await autocannon({ url: url + PATH, method: 'POST', headers, body, amount, connections: CONNECTIONS });
  if (result['2xx'] !== amount) throw new Error(`expected ${amount} answers, and ${result['2xx']} came`);
  return {
    perSecond: (amount * 1_000) / (result.finish.getTime() - result.start.getTime()),
    p99Ms: result.latency.p99,
  };
}

async function measure({ child, url }: Server, amount: number): Promise<Figure> {
  const before = await child.ask<Used>({});
  const figure = await load(url, amount);
  const after = await child.ask<Used>({});
  return { ...figure, cpuUs: (after.cpuUs - before.cpuUs) / amount };
}

const { child: broker, origin } = await startBroker();
const names = [GATEWAY, ...Object.keys(LEAST)];
const servers = new Map<string, Server>();
for (const name of names) {
  const server = await start(name, origin);
  await load(server.url, REQUESTS);
  servers.set(name, server);
}
const seen = await rounds(ROUNDS, names, async (name) => {
  const server = servers.get(name);
  if (server === undefined) throw new Error(`expected a server: ${name}`);
  return measure(server, REQUESTS);
});

function figures(name: string, key: keyof Figure): number[] {
  return (seen.get(name) ?? []).map((figure) => figure[key]);
}

console.log(
  `gateway: ${CONNECTIONS} connections, an answer of ${ANSWER.length} octets, ${ROUNDS} rounds of ${REQUESTS}\n`,
);
for (const [name, least] of Object.entries(LEAST)) {
  const share = ratio(figures(GATEWAY, 'perSecond'), figures(name, 'perSecond'));
  console.log(
    `${GATEWAY} / ${name}: ${share.toFixed(2)} x (at least ${least} x: ${share >= least ? 'kept' : 'MISSED'})`,
  );
}
const rows = names.map((name) => [
  name,
  ...(['perSecond', 'cpuUs', 'p99Ms'] as const).map((key) => median(figures(name, key)).toFixed(0)),
]);
console.log(`\n${table([['way', 'requests/s', 'CPU µs a request', 'p99 ms'], ...rows])}\n`);

const gateway = servers.get(GATEWAY);
if (gateway !== undefined && LONG > 0) {
  console.log(`memory over ${LONG} requests, MiB`);
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    await load(gateway.url, Math.floor(LONG / SAMPLES));
    const { rssMb, heapMb } = await gateway.child.ask<Used>({});
    console.log(`${((sample * LONG) / SAMPLES).toFixed(0)}: rss ${rssMb.toFixed(0)}, heap ${heapMb.toFixed(0)}`);
  }
}
for (const { child } of servers.values()) child.end();
broker.end();
