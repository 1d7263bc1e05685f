/** What one call costs, by the connector and by the clients it could have been: CPU, calls a second, memory. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CLIENTS } from './calls/clients.ts';
import { median, table } from './figures.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const CALLS = Number(process.env['BENCH_CALLS'] ?? 5_000);
const WARM_UP = 3_000;

interface Figures {
  readonly cpuUs: number;
  readonly perSecond: number;
  readonly peakMb: number;
}

function start(file: string, ...args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'] });
}

async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}

async function asked(child: ChildProcess, count: number): Promise<Figures> {
  const answer = told<Figures>(child);
  child.send(count);
  return answer;
}

const broker = start('./calls/broker.ts');
const { port } = await told<{ port: number }>(broker);
const workers = new Map<string, ChildProcess>();
for (const name of Object.keys(CLIENTS)) {
  const worker = start('./calls/worker.ts', name, `http://127.0.0.1:${String(port)}/v1/samsung`);
  await told(worker);
  await asked(worker, WARM_UP);
  workers.set(name, worker);
}

const seen = new Map<string, Figures[]>();
const names = [...workers.keys()];
for (let round = 0; round < ROUNDS; round += 1) {
  // Each is first once, and never always behind the same one.
  for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
    const worker = workers.get(name);
    if (worker !== undefined) seen.set(name, [...(seen.get(name) ?? []), await asked(worker, CALLS)]);
  }
}
for (const child of [...workers.values(), broker]) child.disconnect();

const of = (name: string, key: keyof Figures) => median((seen.get(name) ?? []).map((figures) => figures[key]));
const ours = of('connector', 'cpuUs');
console.log(
  table([
    ['client', 'connector / it', 'CPU µs a call', 'calls/s', 'peak MB'],
    ...names.map((name) => [
      name,
      `${(ours / of(name, 'cpuUs')).toFixed(2)} x`,
      of(name, 'cpuUs').toFixed(0),
      of(name, 'perSecond').toFixed(0),
      of(name, 'peakMb').toFixed(0),
    ]),
  ]),
);
