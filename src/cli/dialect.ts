import { parseDialect } from '../brokers/config.ts';
import { ConfigError } from '../brokers/config-error.ts';
import type { DialectOptions } from '../dialects/form.ts';
import { PRESET_NAMES } from '../dialects/preset-names.ts';
import { dialectOf, isPresetName } from '../dialects/presets.ts';
import { checkDialect, type SampleReport } from '../fixture/dialect-check.ts';
import type { Given } from './arguments.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { DIALECT_TALK } from './dialect-words.ts';
import { exists, type Io } from './io.ts';
import { readJsonObject } from './json-file.ts';
import { nearest } from '../model/nearest.ts';
import { EXIT, Refusal } from './refusal.ts';
import { SUMMARIES } from './summaries.ts';
import { unknownName } from './unknown-name.ts';
import { MISTAKES } from './words.ts';

const INDENT = 2;

const ACTIONS = ['check', 'show'];

/** What can be meant as a file only, or as the standard input. */
const PATH = /[/\\]|\.json$|^-$/i;

/** A preset by its name, else the dialect in a file. */
async function dialectIn(name: string, io: Io): Promise<DialectOptions> {
  if (isPresetName(name)) return dialectOf(name);
  if (!PATH.test(name) && !(await exists(name, io))) {
    throw new Refusal(EXIT.usage, unknownName(MISTAKES.noFileOrPreset(name), name, { presets: PRESET_NAMES }));
  }
  try {
    return dialectOf(parseDialect(await readJsonObject(name, io)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = error.issues.map(({ path, expected }) => `${name}: ${path}: ${expected}`);
    throw new Refusal(EXIT.usage, ...lines.map((line) => ({ en: line, ko: line })));
  }
}

function wrongLine({ name, expected, found }: SampleReport): string {
  return `${name}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
}

/** `op-exco dialect check`: mistakes and samples that came to something else, one a line; then what was never seen. */
async function check(name: string, given: Given, io: Io): Promise<number> {
  const { issues, samples, neverSeen, inNoTable } = checkDialect(await dialectIn(name, io));
  const wrong = samples.filter(({ isRight }) => !isRight);
  const ok = issues.length === 0 && wrong.length === 0;
  if (given.isSet('json')) {
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok, issues, samples, neverSeen, inNoTable }));
    return ok ? EXIT.ok : EXIT.error;
  }
  for (const { path, expected } of issues) io.out(`${path}: ${expected}`);
  for (const each of wrong) io.out(wrongLine(each));
  io.out(DIALECT_TALK.samples(samples.length - wrong.length, samples.length)[io.lang]);
  if (neverSeen.length > 0) io.out(DIALECT_TALK.neverSeen(neverSeen)[io.lang]);
  if (inNoTable.length > 0) io.out(DIALECT_TALK.inNoTable(inNoTable)[io.lang]);
  return ok ? EXIT.ok : EXIT.error;
}

/** `op-exco dialect`: how a broker's answers are read, checked or printed as a file to start from. */
export const dialect = defineCommand({
  name: 'dialect',
  summary: SUMMARIES.dialect,
  takes: ['check|show', 'FILE|NAME'],
  options: {},
  examples: ['op-exco dialect check broker.json', 'op-exco dialect check kiwoom --json', 'op-exco dialect show kiwoom'],
  async execute(given, io) {
    const [action = '', name = ''] = given.names;
    if (action === 'check') return check(name, given, io);
    if (action !== 'show') throw new Refusal(EXIT.usage, DIALECT_TALK.action(nearest(action, ACTIONS)));
    io.out(JSON.stringify(await dialectIn(name, io), null, given.isSet('json') ? 0 : INDENT));
    return EXIT.ok;
  },
});
