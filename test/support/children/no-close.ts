import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../messages.ts';

/** Makes two calls, the second over the socket of the first, forgets about the connector, and prints how long the process then lived on. */
const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: process.argv[2] ?? '' }] });
const ask = () => exco.settle('samsung', 'account.balance', MESSAGES['account.balance']);
const answered = [(await ask()).ok, (await ask()).ok];
const doneMs = performance.now();
process.on('exit', () => {
  process.stdout.write(JSON.stringify({ answered, livedOnMs: performance.now() - doneMs }));
});
