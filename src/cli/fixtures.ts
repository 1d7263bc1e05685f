import { FixtureError } from '../brokers/config-error.ts';
import type { Given } from './arguments.ts';
import { defineCommand } from './command.ts';
import { importHarFile } from './fixtures-import.ts';
import { lint } from './fixtures-lint.ts';
import { record } from './fixtures-record.ts';
import { replay } from './fixtures-replay.ts';
import type { FixturesTask } from './fixtures-task.ts';
import { verify } from './fixtures-verify.ts';
import { FIXTURES_HELP, FIXTURES_MISTAKES } from './fixtures-words.ts';
import type { Io } from './io.ts';
import { nearest } from '../model/nearest.ts';
import { EXIT, Refusal } from './refusal.ts';
import { SUMMARIES } from './summaries.ts';

type Action = (task: FixturesTask) => Promise<number>;

/** What can be done with a folder of fixtures. */
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['lint', lint],
  ['replay', replay],
  ['record', record],
  ['verify', verify],
  ['import', importHarFile],
]);

/** A folder or a file that holds no fixtures: every mistake, one a line. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof FixtureError)) return error;
  const lines = error.issues.map(({ path, expected }) => `${path}: ${expected}`);
  return new Refusal(EXIT.usage, ...lines.map((line) => ({ en: line, ko: line })));
}

async function execute(given: Given, io: Io): Promise<number> {
  const [name = '', dir = '', har] = given.names;
  const action = ACTIONS.get(name);
  if (action === undefined) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.action(nearest(name, [...ACTIONS.keys()])));
  if (har !== undefined && name !== 'import') throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.tooMany(name));
  try {
    return await action({ dir, given, io });
  } catch (error) {
    throw refusalOf(error);
  }
}

/** `op-exco fixtures`: checks, plays, records, verifies and imports a folder of fixtures. */
export const fixtures = defineCommand({
  name: 'fixtures',
  summary: SUMMARIES.fixtures,
  takes: ['lint|replay|record|verify|import', 'DIR', '[FILE.har]'],
  options: {
    broker: { value: 'BROKER', words: FIXTURES_HELP.broker },
    operation: { value: 'OPERATION', words: FIXTURES_HELP.operation },
    body: { value: 'FILE', words: FIXTURES_HELP.body },
    mode: { value: 'missing|all|faults', words: FIXTURES_HELP.mode },
  },
  examples: [
    'op-exco fixtures lint fixtures',
    'op-exco fixtures replay fixtures --json',
    'op-exco fixtures record fixtures --broker samsung --operation account.balance --body balance.json --config exco.json',
    'op-exco fixtures verify fixtures --config exco.json',
    'op-exco fixtures import fixtures capture.har --config exco.json',
  ],
  execute,
});
