import { parseConfig } from '../brokers/config.ts';
import { createRegistry } from '../brokers/registry.ts';
import { factsOf } from '../diagnosis/collect.ts';
import { diagnoseAll } from '../diagnosis/diagnose-all.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { PassiveFacts } from '../diagnosis/facts.ts';
import { findOperation, OPERATIONS } from '../model/operations.ts';
import { systemClock } from '../runtime/clock.ts';
import type { Given } from './arguments.ts';
import { callRecordsIn } from './call-records.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { exitOf } from './diagnose-exit.ts';
import { chosen, configuredFacts, LiveSource, type Looked, type Read } from './diagnose-sources.ts';
import { DIAGNOSE_OPTIONS, DIAGNOSE_TEXTS } from './diagnose-words.ts';
import { screenOf } from './diagnosis-lines.ts';
import type { Io } from './io.ts';
import { readConfig, readJsonObject, readTextFile } from './json-file.ts';
import { nearest } from './nearest.ts';
import { EXIT, Refusal } from './refusal.ts';
import { emphasisOf } from './table.ts';
import { SUMMARIES } from './summaries.ts';
import { HELP, MISTAKES } from './words.ts';

/** Pause between two rounds of `--watch`, in milliseconds. */
const WATCH_MS = 5_000;

/** Columns where nobody says how many there are. */
const WIDTH = 100;

/** Back to the first cell, and the rest of the screen cleared behind what is printed: nothing flickers. */
const IN_PLACE = { start: '\u001b[H', lineEnd: '\u001b[K', end: '\u001b[J' };

async function readOf(given: Given, io: Io): Promise<Read | undefined> {
  const name = given.text('read');
  const path = given.text('body');
  if (name === undefined && path === undefined) return undefined;
  if (name === undefined || path === undefined) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.bodyWithoutRead());
  const operation = findOperation(name);
  if (operation === undefined) {
    const near = nearest(name, Object.keys(OPERATIONS));
    throw new Refusal(EXIT.usage, MISTAKES.noOperation(name, near));
  }
  if (operation.kind === 'write') throw new TypeError(`read: expected a read, and ${name} is a write`);
  return { operation, message: await readJsonObject(path, io) };
}

/** The records of a file are judged at the time of the last of them: it may be read long after. */
async function recorded(path: string, given: Given, io: Io): Promise<Looked> {
  const { calls, skipped } = callRecordsIn(await readTextFile(path, io));
  if (skipped > 0) io.err(DIAGNOSE_TEXTS.linesSkipped(path, skipped)[io.lang]);
  if (calls.length === 0) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.noRecords(path));
  const atMs = calls.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), 0);
  const configPath = given.text('config');
  if (configPath === undefined) {
    const all = [...new Set(calls.map(({ broker }) => broker))].sort();
    const named = namedIn(all, given.names);
    return parted(all, named, (broker) => factsOf(broker, calls, { atMs }));
  }
  const registry = createRegistry(parseConfig(await readConfig(configPath, io)));
  const named = chosen(registry, given.names);
  return parted(registry.brokers, named, (broker) => configuredFacts(broker, calls, atMs));
}

/** Those that are named, and the rest for comparison. */
function parted<Broker>(
  all: readonly Broker[],
  named: readonly Broker[],
  facts: (broker: Broker) => PassiveFacts,
): Looked {
  const rest = all.filter((broker) => !named.includes(broker));
  return {
    members: named.map((broker) => ({ facts: facts(broker) })),
    control: rest.map((broker) => ({ facts: facts(broker) })),
  };
}

/** Brokers of the records, all where none is named; without a configuration only its alias names one. */
function namedIn(known: readonly string[], names: readonly string[]): readonly string[] {
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) throw new Refusal(EXIT.usage, MISTAKES.noBroker(missing), MISTAKES.otherBrokers(known));
  return names.length === 0 ? known : names;
}

function judged({ members, control }: Looked): Diagnosis[] {
  return diagnoseAll(members, control);
}

function show(diagnoses: readonly Diagnosis[], given: Given, io: Io): string[] {
  if (given.isSet('json')) return [JSON.stringify({ schema: JSON_SCHEMA, diagnoses })];
  return screenOf(diagnoses, { lang: io.lang, width: io.width ?? WIDTH, emphasis: emphasisOf(io) });
}

function printRound(lines: readonly string[], io: Io, isInPlace: boolean): void {
  if (!isInPlace) for (const line of lines) io.out(line);
  else io.out(`${IN_PLACE.start}${lines.map((line) => `${line}${IN_PLACE.lineEnd}`).join('\n')}${IN_PLACE.end}`);
}

/** One round after the other until the person ends it; resolves to the last round. */
async function watch(source: LiveSource, given: Given, io: Io): Promise<readonly Diagnosis[]> {
  const isInPlace = io.isTerminal && !given.isSet('json');
  const stopping = new AbortController();
  void io.untilStopped().then(() => {
    stopping.abort();
  });
  io.err(DIAGNOSE_TEXTS.watching(WATCH_MS / 1_000)[io.lang]);
  let diagnoses: readonly Diagnosis[];
  do {
    diagnoses = judged(await source.look());
    printRound(show(diagnoses, given, io), io, isInPlace);
    await pause(stopping.signal);
  } while (!stopping.signal.aborted);
  return diagnoses;
}

/** Until the next round is due, or `signal` aborts. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = systemClock.after(signal.aborted ? 0 : WATCH_MS, end);
    signal.addEventListener('abort', end, { once: true });
  });
}

async function live(given: Given, io: Io): Promise<readonly Diagnosis[]> {
  const configPath = given.text('config');
  if (configPath === undefined) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.needsSource());
  const options = parseConfig(await readConfig(configPath, io));
  const source = new LiveSource(options, given.names, await readOf(given, io));
  try {
    if (given.isSet('watch')) return await watch(source, given, io);
    const diagnoses = judged(await source.look());
    printRound(show(diagnoses, given, io), io, false);
    return diagnoses;
  } finally {
    await source.close();
  }
}

async function execute(given: Given, io: Io): Promise<number> {
  const path = given.text('events');
  if (path === undefined) return exitOf(await live(given, io));
  if (given.isSet('watch')) throw new Refusal(EXIT.usage, DIAGNOSE_TEXTS.watchNeedsLive());
  const diagnoses = judged(await recorded(path, given, io));
  printRound(show(diagnoses, given, io), io, false);
  return exitOf(diagnoses);
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
    'op-exco diagnose --events calls.jsonl --lang ko',
  ],
  execute,
});
