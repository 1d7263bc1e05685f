import { parseConfig } from '../brokers/config.ts';
import type { ConnectorOptions } from '../brokers/options.ts';
import { diagnoseAll } from '../diagnosis/diagnose-all.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { clockInKorea } from '../diagnosis/moment.ts';
import { findOperation } from '../model/operations.ts';
import { systemClock } from '../runtime/clock.ts';
import type { Given } from './arguments.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { exitOf } from './diagnose-exit.ts';
import { LiveSource, type DiagnoseSource, type Looked, type Read } from './diagnose-sources.ts';
import { watch } from './diagnose-watch.ts';
import { DIAGNOSE_OPTIONS, DIAGNOSE_TEXTS } from './diagnose-words.ts';
import { screenOf } from './diagnosis-lines.ts';
import type { Io } from './io.ts';
import { readConfig, readJsonObject } from './json-file.ts';
import { RecordedSource, STANDARD_INPUT } from './recorded-source.ts';
import { EXIT, Refusal } from './refusal.ts';
import { emphasisOf } from './table.ts';
import { SUMMARIES } from './summaries.ts';
import { operationRefusal } from './unknown-name.ts';
import { HELP } from './words.ts';

/** Pause between two rounds of `--watch` that ask the brokers, in milliseconds. */
const PROBE_EVERY_MS = 5_000;

/** Pause between two rounds of `--watch` that read on in a file, in milliseconds. */
const READ_EVERY_MS = 1_000;

/** Most columns of a line, so that it can be read, sent on and pasted anywhere; also where a terminal says that it has none. */
const WIDTH = 80;

async function readOf(given: Given, io: Io): Promise<Read | undefined> {
  const name = given.text('read');
  const path = given.text('body');
  if (name === undefined && path === undefined) return undefined;
  if (name === undefined || path === undefined) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.bodyWithoutRead());
  const operation = findOperation(name);
  if (operation === undefined) throw operationRefusal(name);
  if (operation.kind === 'write') throw new TypeError(`read: expected a read, and ${name} is a write`);
  return { operation, message: await readJsonObject(path, io) };
}

async function optionsIn(given: Given, io: Io): Promise<ConnectorOptions | undefined> {
  const path = given.text('config');
  return path === undefined ? undefined : parseConfig(await readConfig(path, io));
}

/** The file of records where one is given, else the brokers themselves. */
async function sourceOf(given: Given, io: Io): Promise<DiagnoseSource> {
  const { names } = given;
  const options = await optionsIn(given, io);
  const path = given.text('events');
  const isFollowed = given.isSet('watch');
  if (path !== undefined) {
    if (isFollowed && path === STANDARD_INPUT) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.watchNeedsFile());
    return new RecordedSource({ path, names, options, isFollowed }, io);
  }
  if (options === undefined) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.needsSource());
  return new LiveSource(options, names, await readOf(given, io));
}

function judged({ members, control }: Looked): Diagnosis[] {
  return diagnoseAll(members, control);
}

function linesOf(diagnoses: readonly Diagnosis[], given: Given, io: Io): string[] {
  if (given.isSet('json')) return [JSON.stringify({ schema: JSON_SCHEMA, diagnoses })];
  const width = Math.min(io.width ?? WIDTH, WIDTH) || WIDTH;
  const isLive = given.text('events') === undefined;
  return screenOf(diagnoses, { lang: io.lang, width, emphasis: emphasisOf(io), isLive });
}

async function execute(given: Given, io: Io): Promise<number> {
  const source = await sourceOf(given, io);
  try {
    if (!given.isSet('watch')) {
      const diagnoses = judged(await source.look());
      for (const line of linesOf(diagnoses, given, io)) io.out(line);
      return exitOf(diagnoses);
    }
    const everyMs = given.text('events') === undefined ? PROBE_EVERY_MS : READ_EVERY_MS;
    const isInPlace = io.isTerminal && !given.isSet('json');
    const watching = DIAGNOSE_TEXTS.watching(everyMs / 1_000)[io.lang];
    if (!isInPlace) io.err(watching);
    const head = () => `${clockInKorea(systemClock.wallMs())} KST, ${watching}`;
    await watch(source, { everyMs, isInPlace, head, show: (looked) => linesOf(judged(looked), given, io) }, io);
    return EXIT.ok;
  } finally {
    await source.close();
  }
}

/** `op-exco diagnose`: what is wrong with brokers and whose fault it is, by a probe or by the records of calls. */
export const diagnose = defineCommand({
  name: 'diagnose',
  summary: SUMMARIES.diagnose,
  takes: ['[BROKER...]'],
  options: {
    events: { value: 'FILE', words: DIAGNOSE_OPTIONS.events },
    read: { value: 'OPERATION', words: DIAGNOSE_OPTIONS.read },
    body: { value: 'FILE', words: HELP.body },
    watch: { words: DIAGNOSE_OPTIONS.watch },
  },
  examples: [
    'op-exco diagnose samsung --config exco.json --read account.balance --body balance.json',
    'op-exco diagnose --events calls.jsonl --watch',
  ],
  execute,
});
