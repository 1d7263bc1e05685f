import { getEventListeners } from 'node:events';
import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../messages.ts';

/** A thousand calls to brokers of every kind, some of them given up; then what is still open after close(). */
const baseUrls = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const brokers = Object.entries(baseUrls).map(([alias, baseUrl]) => ({
  alias,
  baseUrl,
  breaker: false as const,
  retry: { baseMs: 20 },
  timeouts: { headMs: 150, bodyIdleMs: 150 },
}));
const exco = createConnector({ brokers });
const names = [...Object.keys(baseUrls), 'nobody'];
const { signal } = new AbortController();
const kinds = new Set<string>();
const CALLS = 1_000;
const AT_ONCE = 100;

async function ask(number: number): Promise<void> {
  const broker = names[number % names.length] ?? '';
  const isGivenUp = number % 10 === 0;
  const caller = isGivenUp ? AbortSignal.timeout(number % 30) : signal;
  const operation = number % 3 === 0 ? 'account.realAccounts' : 'account.balance';
  try {
    const settled = await exco.settle(broker, operation, MESSAGES[operation], {
      signal: caller,
      deadlineMs: 200 + (number % 200),
    });
    kinds.add(settled.ok ? 'ok' : String(settled.error.code));
  } catch (error) {
    if (error !== caller.reason) throw error;
    kinds.add('aborted');
  }
}

function isOurs(resource: string): boolean {
  return /TCP|TLS|Timeout|GetAddrInfo/.test(resource);
}

for (let from = 0; from < CALLS; from += AT_ONCE) {
  await Promise.all(Array.from({ length: AT_ONCE }, (_, each) => ask(from + each)));
}
await exco.close();
// A closed handle is gone a turn or two of the loop later.
for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
process.stdout.write(
  JSON.stringify({
    calls: CALLS,
    open: process.getActiveResourcesInfo().filter(isOurs),
    listeners: getEventListeners(signal, 'abort').length,
    kinds: [...kinds].sort(),
  }),
);
