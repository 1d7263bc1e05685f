import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../messages.ts';

/** Makes one call, forgets about the connector, and prints how long the process then lived on. */
const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: process.argv[2] ?? '' }] });
const { ok } = await exco.settle('samsung', 'account.balance', MESSAGES['account.balance']);
const doneMs = performance.now();
process.on('exit', () => {
  process.stdout.write(JSON.stringify({ ok, livedOnMs: performance.now() - doneMs }));
});
