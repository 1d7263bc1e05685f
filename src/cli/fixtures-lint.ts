import { createRegistry } from '../brokers/registry.ts';
import { lintFixtures } from '../testing/lint.ts';
import { JSON_SCHEMA } from './command.ts';
import { configOf, type FixturesTask } from './fixtures-task.ts';
import { FIXTURES_MISTAKES, FIXTURES_TALK } from './fixtures-words.ts';
import { EXIT, Refusal } from './refusal.ts';

/** `op-exco fixtures lint`: every mistake of every file, one a line. */
export async function lint(task: FixturesTask): Promise<number> {
  const { dir, given, io } = task;
  const config = await configOf(task);
  const { files, issues } = lintFixtures(dir, config === undefined ? undefined : createRegistry(config));
  if (files.length === 0) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.noFixtures(dir));
  if (given.isSet('json')) {
    io.out(JSON.stringify({ schema: JSON_SCHEMA, ok: issues.length === 0, files: files.length, issues }));
  } else {
    for (const { file, path, expected, rule } of issues) {
      io.out(`${[file, path, expected].filter((part) => part !== '').join(': ')} (${rule})`);
    }
    io.err(FIXTURES_TALK.linted(files.length, issues.length)[io.lang]);
  }
  return issues.length === 0 ? EXIT.ok : EXIT.error;
}
