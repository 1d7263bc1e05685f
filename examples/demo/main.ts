import { columns } from '../../src/cli/table.ts';
import { createConnector, type BrokerOptions, type Connector, type Settled } from '../../src/index.ts';
import { loadFixtures, startSimulator, type Fixture } from '../../src/testing/index.ts';

const FIXTURES = 'fixtures';

/** One behaviour each, of fourteen brokers. */
const SCENES = [
  'samsung/account.balance/answered',
  'shinhan/account.balance/account-not-found',
  'daishin/account.portfolio/euc-kr',
  'kbinvest/account.balance/maintenance-page',
  'eugene/account.balance/html',
  'koreainvest/virtualAccount.discard/wrong-trcode',
  'meritz/account.balance/foreign-echo',
  'nhinvest/account.balance/body-cut-once',
  'sk/account.balance/body-cut',
  'hanyang/account.balance/stall',
  'yuanta/account.balance/refused',
  'hanwha/account.balance/reset',
  'kiwoom/virtualAccount.request/reset',
  'ebest/virtualAccount.request/partial-failure',
].map((name) => `${FIXTURES}/${name}.json`);

/** Shorter limits than in service, so that the stalling broker does not hold the demonstration up. */
const TIMEOUTS = { connectMs: 500, headMs: 400, bodyIdleMs: 300 };

interface Row {
  readonly cells: readonly string[];
  /** The error body, or what was odd about the answer. */
  readonly body: string;
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

async function askEach(exco: Connector, scenes: readonly Fixture[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const fixture of scenes) {
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

async function printFanOut(exco: Connector, scenes: readonly Fixture[]): Promise<void> {
  const startMs = performance.now();
  const calls = scenes.map(({ broker, operation, request }) => ({
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

/** Calls every simulated broker, first in turn and then side by side, and shows what came of each call. */
async function main(): Promise<void> {
  const scenes = loadFixtures(FIXTURES).filter(({ file }) => SCENES.includes(file));
  const simulator = await startSimulator({ fixtures: scenes });
  const brokers: BrokerOptions[] = simulator.brokers().map((broker) => ({ ...broker, timeouts: TIMEOUTS }));
  const exco = createConnector({ brokers });
  try {
    console.log(`${String(scenes.length)} brokers on loopback sockets, each playing a file of ${FIXTURES}/\n`);
    print(await askEach(exco, scenes));
    await printFanOut(exco, scenes);
  } finally {
    await exco.close();
    await simulator.close();
  }
}

await main();
