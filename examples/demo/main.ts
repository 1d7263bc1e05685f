import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/brokers/config.ts';
import { parseFixture, type Fixture } from '../../src/fixture/format.ts';
import { columns } from '../../src/cli/table.ts';
import { createConnector, type BrokerOptions, type Connector, type Settled } from '../../src/index.ts';
import { startBroker, type EmbeddedBroker } from './embedded-broker.ts';

const FIXTURES = 'fixtures';

/** Shorter limits than in service, so that the stalling broker does not hold the demonstration up. */
const TIMEOUTS = { connectMs: 500, headMs: 400, bodyIdleMs: 300 };

interface Scene {
  readonly fixture: Fixture;
  readonly embedded: EmbeddedBroker;
}

interface Row {
  readonly cells: readonly string[];
  /** The error body, or what was odd about the answer. */
  readonly body: string;
}

function readJson(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, ...path), 'utf8'));
}

/** Every fixture under fixtures/<broker>/<operation>/. */
function readFixtures(): Fixture[] {
  const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .filter((file) => /^[^/\\]+[/\\][^/\\]+[/\\][^/\\]+\.json$/.test(file))
    .map((file) => parseFixture(readJson(file)));
}

/** Configuration of the embedded brokers: what the fixtures assume of each, and where it listens. */
function configOf(scenes: readonly Scene[]): BrokerOptions[] {
  const { brokers } = parseConfig(readJson('config.json'));
  return scenes.map(({ fixture, embedded }) => ({
    ...brokers.find(({ alias }) => alias === fixture.broker),
    alias: fixture.broker,
    baseUrl: embedded.baseUrl,
    timeouts: TIMEOUTS,
  }));
}

function rowOf({ broker, operation, note = '' }: Fixture, settled: Settled, elapsedMs: number): Row {
  const repeated = (attempts: number) => (attempts > 1 ? 'yes' : 'no');
  const time = `${elapsedMs.toFixed(0)} ms`;
  if (settled.ok) {
    const { attempts, warnings, itemFailures } = settled.reply.meta;
    const items = itemFailures.map(
      (item) => `item ${String(item.index + 1)}: ${String(item.code)} ${item.message}, ${item.description ?? ''}`,
    );
    return {
      cells: [broker, operation, note, 'answer', '-', repeated(attempts), time],
      body: [...warnings, ...items].join('; '),
    };
  }
  const { error } = settled;
  const outcome = error.outcome === 'unknown' ? ', outcome unknown' : '';
  const cells = [broker, operation, note, error.fault + outcome, error.blame, repeated(error.attempts), time];
  return { cells, body: JSON.stringify(error) };
}

async function askEach(exco: Connector, scenes: readonly Scene[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { fixture } of scenes) {
    const startMs = performance.now();
    const settled = await exco.settle(fixture.broker, fixture.operation, fixture.request);
    rows.push(rowOf(fixture, settled, performance.now() - startMs));
  }
  return rows;
}

function print(rows: readonly Row[]): void {
  const head = ['broker', 'operation', 'what the broker does', 'result', 'blame', 'repeated', 'time'];
  const [first = '', ...lines] = columns([head, ...rows.map(({ cells }) => cells)]);
  console.log(`${first}\n${'-'.repeat(first.length)}`);
  for (const [index, line] of lines.entries()) {
    console.log(line);
    const body = rows[index]?.body ?? '';
    if (body !== '') console.log(`    ${body}`);
  }
}

async function printFanOut(exco: Connector, scenes: readonly Scene[]): Promise<void> {
  const startMs = performance.now();
  const calls = scenes.map(({ fixture: { broker, operation, request } }) => ({
    broker,
    operation,
    message: request,
  }));
  const { succeeded, failed } = await exco.fanOut(calls);
  const time = (performance.now() - startMs).toFixed(0);
  console.log(
    `\nAll ${String(calls.length)} side by side in ${time} ms: ${String(succeeded.length)} answers, ${String(failed.length)} errors.`,
  );
  console.log(
    'Brokers that used up their repeats above get none here: one in five calls, and at least one in ten seconds.',
  );
  console.log(`  answered  ${succeeded.map(({ broker }) => broker).join(', ')}`);
  console.log(`  failed    ${failed.map(({ broker, error }) => `${broker} ${String(error.code)}`).join(', ')}`);
}

/** Calls every embedded broker, first in turn and then side by side, and shows what came of each call. */
async function main(): Promise<void> {
  const scenes: Scene[] = [];
  for (const fixture of readFixtures()) scenes.push({ fixture, embedded: await startBroker(fixture) });
  const exco = createConnector({ brokers: configOf(scenes) });
  try {
    console.log(`${String(scenes.length)} brokers on loopback sockets, each playing a file of ${FIXTURES}/\n`);
    print(await askEach(exco, scenes));
    await printFanOut(exco, scenes);
  } finally {
    await exco.close();
    await Promise.all(scenes.map(({ embedded }) => embedded.close()));
  }
}

await main();
