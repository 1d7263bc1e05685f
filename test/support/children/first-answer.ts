import { createRequire } from 'node:module';
import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../messages.ts';

/** Makes one call, and prints how it ended and which files of code or data were read for it that were not there before. */
const { cache } = createRequire(import.meta.url);
const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: process.argv[2] ?? '' }] });
const before = new Set(Object.keys(cache));
const settled = await exco.settle('samsung', 'account.balance', MESSAGES['account.balance'], { deadlineMs: 8_000 });
await exco.close();
process.stdout.write(
  JSON.stringify({
    ...(settled.ok ? { ok: true, warnings: settled.reply.meta.warnings } : settled.error.toLog()),
    loaded: Object.keys(cache).filter((file) => !before.has(file)),
  }),
);
