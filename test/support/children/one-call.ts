import type { BrokerOptions } from '../../../src/brokers/options.ts';
import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../messages.ts';

/** Makes one call as the first argument configures the broker, and prints how it ended and what it cost. */
const broker = JSON.parse(process.argv[2] ?? '{}') as BrokerOptions;
const exco = createConnector({ brokers: [{ alias: 'samsung', retry: false, ...broker }] });
const settled = await exco.settle('samsung', 'account.balance', MESSAGES['account.balance'], { deadlineMs: 8_000 });
await exco.close();
process.stdout.write(
  JSON.stringify({
    ...(settled.ok ? { ok: true } : settled.error.toLog()),
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  }),
);
