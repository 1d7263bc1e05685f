import { FixtureError } from '../brokers/config-error.ts';
import { createRegistry } from '../brokers/registry.ts';
import { judgeFixture } from '../fixture/judge.ts';
import { parseFixture, type Fixture } from '../fixture/format.ts';
import type { BrokerProfile } from '../model/broker.ts';
import type { ExcoError } from '../model/error.ts';
import type { Reply } from '../model/reply.ts';
import type { Given } from './arguments.ts';
import { defineCommand, JSON_SCHEMA } from './command.ts';
import { adviceOf, fullExplanation, rowOf } from './explanation.ts';
import type { Io } from './io.ts';
import { readConfig, readJsonObject } from './json-file.ts';
import { EXIT, Refusal } from './refusal.ts';
import { columns } from './table.ts';
import { SUMMARIES } from './summaries.ts';
import { LABELS, MISTAKES } from './words.ts';

const INDENT = 2;

function fixtureOf(value: unknown, path: string): Fixture {
  try {
    return parseFixture(value);
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error;
    const lines = error.issues.map((issue) => `${path}: ${issue.path}: ${issue.expected}`);
    throw new Refusal(EXIT.usage, ...lines.map((line) => ({ en: line, ko: line })));
  }
}

/** The broker as the configuration has it, since its dialect and its TRCODEs decide the verdict. */
async function profileOf(broker: string, given: Given, io: Io): Promise<BrokerProfile | undefined> {
  const path = given.text('config');
  if (path === undefined) return undefined;
  const profile = createRegistry(await readConfig(path, io)).find(broker);
  if (profile === undefined) throw new Refusal(EXIT.config, MISTAKES.unknownBroker(path, broker));
  return profile;
}

/** What came, without any value of it: an answer is full of personal data. */
function summaryOf({ data, meta }: Reply) {
  const { broker, operation, httpStatus, attempts, warnings, itemFailures } = meta;
  return { broker, operation, httpStatus, attempts, fields: Object.keys(data), warnings, itemFailures };
}

function showReply(reply: Reply, given: Given, io: Io): number {
  const { lang } = io;
  const summary = summaryOf(reply);
  if (given.isSet('json')) {
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok: true, ...summary }));
    return EXIT.ok;
  }
  const facts = [
    [LABELS.status[lang], String(summary.httpStatus)],
    [LABELS.attempts[lang], String(summary.attempts)],
    [LABELS.fields[lang], summary.fields.join(', ')],
    ...summary.warnings.map((warning) => [LABELS.warnings[lang], warning]),
    ...summary.itemFailures.map(({ index, code, message }) => [
      LABELS.itemFailures[lang],
      `#${index + 1} ${code} ${message}`,
    ]),
  ];
  io.out(`${summary.broker} ${summary.operation}: ok`);
  for (const line of columns(facts.map(([label = '', value = '']) => [`  ${label}`, value]))) io.out(line);
  return EXIT.ok;
}

function showError(error: ExcoError, given: Given, io: Io): number {
  const { lang } = io;
  if (given.isSet('json')) {
    const facts = { ...error.toLog(), ...rowOf(error) };
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok: false, error, facts, ...adviceOf(error, lang) }));
    return EXIT.error;
  }
  io.out(JSON.stringify(error, null, INDENT));
  for (const line of fullExplanation(error, lang)) io.out(line);
  return EXIT.error;
}

/** `op-exco classify`: what the connector makes of a recorded call; no network. */
export const classify = defineCommand({
  name: 'classify',
  summary: SUMMARIES.classify,
  takes: ['FILE'],
  options: {},
  examples: ['op-exco classify fixture.json', 'op-exco classify fixture.json --config exco.json --json'],
  async execute(given, io) {
    const [path = ''] = given.names;
    const fixture = fixtureOf(await readJsonObject(path, io), path);
    const settled = judgeFixture(fixture, await profileOf(fixture.broker, given, io));
    return settled.ok ? showReply(settled.reply, given, io) : showError(settled.error, given, io);
  },
});
