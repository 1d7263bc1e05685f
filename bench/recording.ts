/** What recording adds to the CPU of a call: one connector with `recordEvents` to a real file, and without, in turn. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.ts';
import { ANSWER } from './message.ts';
import type { RecordedCost } from './recording-worker.ts';
import { median, ratio, rounds, setting, table, verdict } from './rounds.ts';
import { startBroker } from './setup.ts';

// Short rounds and many of them: the machine changes its pace within seconds by more than a record costs.
const ROUNDS = setting('BENCH_ROUNDS', 161);
const CALLS = setting('BENCH_CALLS', 1_000);
const WARM_UP = 6_000;
const IN_FLIGHT = 64;

/** What a call may cost with its record made, serialised and written, over what it costs without. */
const MOST = 1.05;

const folder = mkdtempSync(join(tmpdir(), 'op-exco-bench-'));
const WAYS = { 'not recorded': {}, recorded: { file: join(folder, 'calls.jsonl') } };
const names = ['not recorded', 'recorded'] as const;
try {
  const { child: broker, origin } = await startBroker();
  const { child: worker } = await Child.start('./recording-worker.ts', [origin]);
  // One process for both: two of them differ by more than a record costs.
  for (const name of names) await worker.ask({ ...WAYS[name], calls: WARM_UP, inFlight: IN_FLIGHT });
  const load = { calls: CALLS, inFlight: IN_FLIGHT };
  const seen = await rounds(ROUNDS, names, (name) => worker.ask<RecordedCost>({ ...WAYS[name], ...load }));
  for (const child of [worker, broker]) child.end();

  const costs = (name: (typeof names)[number]) => (seen.get(name) ?? []).map(({ cpuUs }) => cpuUs);
  const written = (seen.get('recorded') ?? []).reduce((sum, cost) => sum + cost.written, 0);
  if (written !== ROUNDS * CALLS) throw new Error(`expected a record of every call, but ${written} were written`);
  const setup = `${IN_FLIGHT} in flight, an answer of ${ANSWER.length} octets`;
  console.log(`recording: ${setup}, ${ROUNDS} rounds of ${CALLS} calls each way, ${written} records written\n`);
  console.log(verdict('recorded / not', ratio(costs('recorded'), costs('not recorded')), MOST));
  const rows = names.map((name) => [name, median(costs(name)).toFixed(1)]);
  console.log(`\n${table([['calls', 'CPU µs a call'], ...rows])}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
