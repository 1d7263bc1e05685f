import { createConnector } from '../connector.ts';
import { verifyFixtures, type VerifyReport } from '../testing/verify.ts';
import { JSON_SCHEMA } from './command.ts';
import { configNeeded, type FixturesTask } from './fixtures-task.ts';
import { FIXTURES_MISTAKES, FIXTURES_TALK, SKIP_WORDS } from './fixtures-words.ts';
import { EXIT, Refusal } from './refusal.ts';

function show({ fixtures, checked }: VerifyReport, { io }: FixturesTask): void {
  const { lang } = io;
  for (const { file, ok, skipped, drift } of fixtures) {
    if (skipped !== undefined) io.out(`skipped ${file}: ${SKIP_WORDS[skipped][lang]}`);
    else io.out(`${ok ? 'ok     ' : 'drifted'} ${file}`);
    for (const { path, was, is } of drift) io.out(`  ${path}: ${was} -> ${is}`);
  }
  const drifted = fixtures.filter(({ ok }) => !ok).length;
  io.err(FIXTURES_TALK.verified(checked, drifted, fixtures.length - checked)[lang]);
}

/** `op-exco fixtures verify`: asks the live brokers for every read, and says where their answers differ. */
export async function verify(task: FixturesTask): Promise<number> {
  const { dir, given, io } = task;
  const config = await configNeeded(task);
  const brokers = config.brokers.flatMap(({ alias }) => alias ?? []);
  const connector = createConnector(config);
  try {
    const report = await verifyFixtures(connector, { dir, brokers });
    if (report.fixtures.length === 0) throw new Refusal(EXIT.usage, FIXTURES_MISTAKES.noFixtures(dir));
    if (given.isSet('json')) io.out(JSON.stringify({ schema: JSON_SCHEMA, ...report }));
    else show(report, task);
    return report.ok ? EXIT.ok : EXIT.error;
  } finally {
    await connector.close();
  }
}
