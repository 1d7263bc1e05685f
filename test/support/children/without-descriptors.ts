import { openSync } from 'node:fs';
import { createConnector } from '../../../src/index.ts';
import { MESSAGES } from '../messages.ts';

const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9', retry: { baseMs: 0 } }] });
const operation = process.argv[2] === 'write' ? 'virtualAccount.request' : 'account.balance';

function takeEveryDescriptor(): void {
  try {
    for (;;) openSync('/dev/null', 'r');
  } catch {
    // None is left.
  }
}

takeEveryDescriptor();
const settled = await exco.settle('samsung', operation, MESSAGES[operation]);
await exco.close();
process.stdout.write(JSON.stringify(settled.ok ? { ok: true } : settled.error.toLog()));
