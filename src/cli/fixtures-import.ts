import { saveHar } from '../testing/import-har.ts';
import { JSON_SCHEMA } from './command.ts';
import { configOf, type FixturesTask } from './fixtures-task.ts';
import { FIXTURES_MISTAKES, FIXTURES_TALK } from './fixtures-words.ts';
import { EXIT, Refusal } from './refusal.ts';

/** `op-exco fixtures import`: writes a fixture of every call in a HAR that the folder has none like. */
export async function importHarFile(task: FixturesTask): Promise<number> {
  const { dir, given, io } = task;
  const [, , har] = given.names;
  if (har === undefined) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.harMissing());
  const config = await configOf(task);
  const { written, known, skipped, refused } = saveHar(dir, har, { brokers: config?.brokers });
  // A capture without a single call is not what was meant.
  const ok = refused.length === 0 && written.length + known > 0;
  if (given.isSet('json')) {
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok, written, known, skipped, refused }));
  } else {
    for (const file of written) io.out(file);
    for (const { entry, why } of skipped) io.err(`log.entries[${String(entry)}]: ${why}`);
    for (const { entry, path, expected } of refused) io.err(`log.entries[${String(entry)}]: ${path}: ${expected}`);
  }
  io.err(FIXTURES_TALK.imported(written.length, known, skipped.length, refused.length)[io.lang]);
  return ok ? EXIT.ok : EXIT.error;
}
