import type { Language } from '../catalog/advice.ts';
import { parseConfig } from '../brokers/config.ts';
import type { CallOptions } from '../calling/arguments.ts';
import { createConnector, type Connector } from '../connector.ts';
import { recordEvents } from '../records/record-events.ts';
import type { ExcoError } from '../model/error.ts';
import { isOperationName, OPERATIONS } from '../model/operations.ts';
import type { Reply } from '../model/reply.ts';
import { systemClock } from '../runtime/clock.ts';
import type { Given } from './arguments.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { adviceOf, rowOf, shortExplanation } from './explanation.ts';
import type { Io } from './io.ts';
import { readConfig, readJsonObject } from './json-file.ts';
import { EXIT, Refusal } from './refusal.ts';
import { SUMMARIES } from './summaries.ts';
import { unknownName } from './unknown-name.ts';
import { HELP, LABELS, MISTAKES } from './words.ts';

const INDENT = 2;

interface Typed {
  readonly broker: string;
  readonly operation: string;
  readonly hasBody: boolean;
}

/** What a person may have meant who named an operation or a broker that is not there, or gave no message. */
function hint({ fault }: ExcoError, typed: Typed, brokers: readonly string[], lang: Language): string[] {
  const { broker, operation, hasBody } = typed;
  if (fault === 'missing-field' && !hasBody) return [MISTAKES.noBody()[lang]];
  if (fault === 'unknown-broker' && !brokers.includes(broker)) {
    return [unknownName(MISTAKES.noBroker(broker), broker, { brokers })[lang]];
  }
  if (fault !== 'unknown-operation' || isOperationName(operation)) return [];
  const operations = Object.keys(OPERATIONS);
  return [unknownName(MISTAKES.noOperation(operation), operation, { operations })[lang]];
}

function showReply({ data, meta }: Reply, given: Given, io: Io): number {
  const { broker, operation, httpStatus, attempts, elapsedMs, requestId, warnings, itemFailures } = meta;
  if (given.isSet('json')) io.out(JSON.stringify({ schema: JSON_SCHEMA, ok: true, data, meta }));
  else io.out(JSON.stringify(data, null, INDENT));
  const { lang } = io;
  const time = `${Math.round(elapsedMs)} ms`;
  io.err(
    `${broker} ${operation}: HTTP ${httpStatus}, ${LABELS.attempts[lang]} ${attempts}, ${time}, ${LABELS.requestId[lang]} ${requestId}`,
  );
  for (const warning of warnings) io.err(`  ${LABELS.warnings[lang]}: ${warning}`);
  for (const { index, code, message, description } of itemFailures) {
    io.err(
      `  ${LABELS.itemFailures[lang]}: #${index + 1} ${code} ${message}${description === undefined ? '' : `, ${description}`}`,
    );
  }
  return EXIT.ok;
}

function showError(error: ExcoError, elapsedMs: number, given: Given, io: Io): number {
  const { lang } = io;
  if (given.isSet('json')) {
    const facts = { ...error.toLog(), ...rowOf(error), elapsedMs: Math.round(elapsedMs) };
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok: false, error, facts, ...adviceOf(error, lang) }));
  } else io.out(JSON.stringify(error, null, INDENT));
  for (const line of shortExplanation(error, lang, elapsedMs)) io.err(line);
  return EXIT.error;
}

function optionsOf(given: Given): CallOptions {
  const deadline = given.text('deadline-ms');
  return { requestId: given.text('request-id'), deadlineMs: deadline === undefined ? undefined : Number(deadline) };
}

/** Writes the records where `--events` names a file; the function returned ends that and says what was not written. */
function recordingOf(given: Given, connector: Connector, io: Io): () => Promise<void> {
  const file = given.text('events');
  if (file === undefined) return () => Promise.resolve();
  const recording = recordEvents(connector, { file });
  return async () => {
    const { lost, reason = 'buffer full' } = await recording.close();
    if (lost > 0) io.err(MISTAKES.unrecorded(file, lost, reason)[io.lang]);
  };
}

async function execute(given: Given, io: Io): Promise<number> {
  const [broker = '', operation = ''] = given.names;
  const configPath = given.text('config');
  const bodyPath = given.text('body');
  if (configPath === undefined) throw new Refusal(EXIT.usage, MISTAKES.configMissing());
  const config = parseConfig(await readConfig(configPath, io));
  // Without a message the call ends in 3003, which names every field that the operation needs.
  const message = bodyPath === undefined ? {} : await readJsonObject(bodyPath, io);
  const connector = createConnector(config);
  const closeEvents = recordingOf(given, connector, io);
  const startedAtMs = systemClock.nowMs();
  try {
    const settled = await connector.settle(broker, operation, message, optionsOf(given));
    if (settled.ok) return showReply(settled.reply, given, io);
    const exit = showError(settled.error, systemClock.nowMs() - startedAtMs, given, io);
    const brokers = config.brokers.map(({ alias, comId }) => alias ?? comId ?? '');
    const typed = { broker, operation, hasBody: bodyPath !== undefined };
    for (const line of hint(settled.error, typed, brokers, io.lang)) io.err(line);
    return exit;
  } finally {
    await connector.close();
    await closeEvents();
  }
}

/** `op-exco call`: asks a broker, prints its answer or the standard's error. */
export const call = defineCommand({
  name: 'call',
  summary: SUMMARIES.call,
  takes: ['BROKER', 'OPERATION'],
  options: {
    body: { value: 'FILE', words: HELP.body },
    'deadline-ms': { value: 'N', words: HELP.deadline },
    'request-id': { value: 'ID', words: HELP.requestId },
    events: { value: 'FILE', words: HELP.events },
  },
  examples: [
    'op-exco call samsung account.balance --config exco.json --body balance.json',
    'cat balance.json | op-exco call samsung account.balance --config exco.json --body - --deadline-ms 3000',
  ],
  execute,
});
