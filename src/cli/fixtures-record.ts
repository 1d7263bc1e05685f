import type { ConnectorOptions } from '../brokers/options.ts';
import { createRegistry } from '../brokers/registry.ts';
import { createConnector } from '../connector.ts';
import type { ExcoError } from '../model/error.ts';
import { operationAt } from '../model/broker-operation.ts';
import type { Settled } from '../model/reply.ts';
import { systemClock } from '../runtime/clock.ts';
import { RECORD_MODES, recordFixtures, type RecordMode, type RefusedRecording } from '../testing/record.ts';
import type { Given } from './arguments.ts';
import { JSON_SCHEMA } from './command.ts';
import { chosen } from './diagnose-sources.ts';
import { shortExplanation } from './explanation.ts';
import { configNeeded, type FixturesTask } from './fixtures-task.ts';
import { FIXTURES_MISTAKES, FIXTURES_TALK, UNWRITTEN_WORDS } from './fixtures-words.ts';
import { readJsonObject } from './json-file.ts';
import { EXIT, Refusal } from './refusal.ts';
import { operationRefusal } from './unknown-name.ts';

function needed(given: Given, name: string): string {
  const value = given.text(name);
  if (value === undefined) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.optionMissing(name));
  return value;
}

function modeOf(given: Given): RecordMode {
  const text = given.text('mode') ?? 'missing';
  const mode = RECORD_MODES.find((each) => each === text);
  if (mode === undefined) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.mode());
  return mode;
}

/** A name that nothing is known by ends the command before anybody is asked. */
function checkNames(config: ConnectorOptions, broker: string, operation: string): void {
  const [profile] = chosen(createRegistry(config), [broker]);
  if (operationAt(profile, operation) === undefined) throw operationRefusal(operation);
}

/** Refused before anybody was asked: there was nothing to record. */
function isUnasked({ fault }: ExcoError): boolean {
  return ['unknown-broker', 'unknown-operation', 'missing-field'].includes(fault);
}

/** What one call under a recording came to. */
interface Recorded {
  readonly mode: RecordMode;
  readonly written: readonly string[];
  readonly refused: readonly RefusedRecording[];
  readonly settled: Settled;
  readonly elapsedMs: number;
  /** Whether there is a fixture of the call now, or need be none. */
  readonly ok: boolean;
}

function show({ mode, written, refused, settled, elapsedMs, ok }: Recorded, { given, io }: FixturesTask): void {
  const { lang } = io;
  if (given.isSet('json')) {
    const result = settled.ok ? { ok: true } : { ok: false, error: settled.error, fault: settled.error.fault };
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok, written, refused, result }));
  } else for (const file of written) io.out(file);
  for (const { path, expected } of refused) io.err(`${path}: ${expected}`);
  if (!settled.ok) for (const line of shortExplanation(settled.error, lang, elapsedMs)) io.err(line);
  if (ok && written.length === 0) io.err(UNWRITTEN_WORDS[mode][lang]);
  io.err(FIXTURES_TALK.recorded(written.length, refused.length)[lang]);
}

/** `op-exco fixtures record`: makes one call and writes its fixture; a call that ends in a fault is recorded as that. */
export async function record(task: FixturesTask): Promise<number> {
  const { dir, given, io } = task;
  const [broker, operation, body] = [needed(given, 'broker'), needed(given, 'operation'), needed(given, 'body')];
  const mode = modeOf(given);
  const config = await configNeeded(task);
  checkNames(config, broker, operation);
  const message = await readJsonObject(body, io);
  const connector = createConnector(config);
  const startedAtMs = systemClock.nowMs();
  try {
    using recording = recordFixtures(connector, { dir, mode });
    const settled = await connector.settle(broker, operation, message);
    const elapsedMs = systemClock.nowMs() - startedAtMs;
    const [written, refused] = [recording.written(), recording.refused()];
    const ok = refused.length === 0 && (settled.ok || !isUnasked(settled.error));
    show({ mode, written, refused, settled, elapsedMs, ok }, task);
    return ok ? EXIT.ok : EXIT.error;
  } finally {
    await connector.close();
  }
}
