import { existsSync, readFileSync } from 'node:fs';
import type { BrokerOptions } from '../../../src/brokers/options.ts';
import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../messages.ts';

/**
 * Most memory that this process has held. Linux counts it for each program; the figure that Node gives begins with what the
 * process that started this one held.
 */
function peakBytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kibibytes) * 1_024;
}

/** Makes one call as the first argument configures the broker, and prints how it ended and what it cost. */
const broker = JSON.parse(process.argv[2] ?? '{}') as BrokerOptions;
const exco = createConnector({ brokers: [{ alias: 'samsung', retry: false, ...broker }] });
const settled = await exco.settle('samsung', 'account.balance', MESSAGES['account.balance'], { deadlineMs: 8_000 });
await exco.close();
process.stdout.write(
  JSON.stringify({
    ...(settled.ok ? { ok: true } : settled.error.toLog()),
    peakBytes: peakBytes(),
  }),
);
