import { createConnector } from '../connector.ts';
import type { ExcoError } from '../model/error.ts';
import type { Settled } from '../model/reply.ts';
import { systemClock } from '../runtime/clock.ts';
import { RECORD_MODES, recordFixtures, type Recording, type RecordMode } from '../testing/record.ts';
import type { Given } from './arguments.ts';
import { JSON_SCHEMA } from './command.ts';
import { shortExplanation } from './explanation.ts';
import { configNeeded, type FixturesTask } from './fixtures-task.ts';
import { FIXTURES_MISTAKES, FIXTURES_TALK } from './fixtures-words.ts';
import { readJsonObject } from './json-file.ts';
import { EXIT, Refusal } from './refusal.ts';

function needed(given: Given, name: string): string {
  const value = given.text(name);
  if (value === undefined) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.optionMissing(name));
  return value;
}

function modeOf(given: Given): RecordMode | undefined {
  const text = given.text('mode');
  const mode = RECORD_MODES.find((each) => each === text);
  if (text !== undefined && mode === undefined) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.mode());
  return mode;
}

/** Refused before anybody was asked: there was nothing to record. */
function isUnasked({ fault }: ExcoError): boolean {
  return ['unknown-broker', 'unknown-operation', 'missing-field'].includes(fault);
}

function show(recording: Recording, settled: Settled, elapsedMs: number, { given, io }: FixturesTask): void {
  const [written, refused] = [recording.written(), recording.refused()];
  if (given.isSet('json')) {
    const result = settled.ok ? { ok: true } : { ok: false, error: settled.error, fault: settled.error.fault };
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok: refused.length === 0, written, refused, result }));
  } else for (const file of written) io.out(file);
  for (const { path, expected } of refused) io.err(`${path}: ${expected}`);
  if (!settled.ok) for (const line of shortExplanation(settled.error, io.lang, elapsedMs)) io.err(line);
  io.err(FIXTURES_TALK.recorded(written.length, refused.length)[io.lang]);
}

/** `op-exco fixtures record`: makes one call and writes its fixture; a call that ends in a fault is recorded as that. */
export async function record(task: FixturesTask): Promise<number> {
  const { dir, given, io } = task;
  const [broker, operation, body] = [needed(given, 'broker'), needed(given, 'operation'), needed(given, 'body')];
  const mode = modeOf(given);
  const config = await configNeeded(task);
  const message = await readJsonObject(body, io);
  const connector = createConnector(config);
  const startedAtMs = systemClock.nowMs();
  try {
    using recording = recordFixtures(connector, { dir, mode });
    const settled = await connector.settle(broker, operation, message);
    show(recording, settled, systemClock.nowMs() - startedAtMs, task);
    const isRecorded = recording.refused().length === 0 && (settled.ok || !isUnasked(settled.error));
    return isRecorded ? EXIT.ok : EXIT.error;
  } finally {
    await connector.close();
  }
}
