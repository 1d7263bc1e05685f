/** What recording adds to the CPU of a call: the connector with `recordEvents` to a real file, and without, in turn. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.ts';
import { ANSWER } from './message.ts';
import { median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import { startBroker, startWorker } from './setup.ts';
import type { Cost } from './worker.ts';

const ROUNDS = setting('BENCH_ROUNDS', 15);
const CALLS = setting('BENCH_CALLS', 6_000);
const WARM_UP = 6_000;
const IN_FLIGHT = 64;

const BARE = 'connector';
const RECORDING = 'connector + recordEvents';
/** What a call may cost with its record made, serialised and written, as a share of what it costs without. */
const MOST = 1.05;

const folder = mkdtempSync(join(tmpdir(), 'op-exco-bench-'));
const file = join(folder, 'calls.jsonl');
try {
  const { child: broker, origin } = await startBroker();
  const workers = new Map<string, Child>();
  for (const [name, recorded] of [
    [BARE, {}],
    [RECORDING, { recordFile: file }],
  ] as const) {
    const child = await startWorker({ client: 'connector', origin, sockets: IN_FLIGHT, brokers: 1, ...recorded });
    await child.ask({ calls: WARM_UP, inFlight: IN_FLIGHT });
    workers.set(name, child);
  }
  const names = [...workers.keys()];
  const load = { calls: CALLS, inFlight: IN_FLIGHT };
  const seen = await rounds(ROUNDS, names, (name) => workers.get(name)?.ask<Cost>(load));
  for (const child of [...workers.values(), broker]) child.end();

  const costs = (name: string) => (seen.get(name) ?? []).map((cost) => cost?.cpuUs ?? Number.NaN);
  const setup = `${IN_FLIGHT} in flight, an answer of ${ANSWER.length} octets, ${ROUNDS} rounds of ${CALLS} calls`;
  console.log(`recording: ${setup}; ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB written\n`);
  console.log(verdict('recording / not', ratio(costs(RECORDING), costs(BARE)), MOST));
  const rows = names.map((name) => [name, median(costs(name)).toFixed(1)]);
  console.log(`\n${table([['client', 'CPU µs a call'], ...rows])}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
