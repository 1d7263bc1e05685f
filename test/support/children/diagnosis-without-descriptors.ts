import { openSync } from 'node:fs';
import { createRegistry } from '../../../src/brokers/registry.ts';
import { createConnector } from '../../../src/connector.ts';
import { factsOf } from '../../../src/diagnosis/collect.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { CallRecord } from '../../../src/model/record.ts';
import { probe } from '../../../src/probe/probe.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { addressOf } from '../../../src/transport/address.ts';
import { MESSAGES } from '../messages.ts';

/** Diagnoses a broker in a process that can open nothing any more; prints what calls alone and a probe come to. */
const options = { brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9', retry: false as const }] };
const exco = createConnector(options);
const records: CallRecord[] = [];
exco.on('call', (record) => records.push(record));

function takeEveryDescriptor(): void {
  try {
    for (;;) openSync('/dev/null', 'r');
  } catch {
    // None is left.
  }
}

takeEveryDescriptor();
for (let call = 0; call < 6; call += 1) {
  await exco.settle('samsung', 'account.balance', MESSAGES['account.balance']);
}
const [broker] = createRegistry(options).brokers;
if (broker === undefined) throw new Error('There is no broker.');
const facts = factsOf('samsung', records, { atMs: systemClock.wallMs() });
const report = await probe({ broker, address: addressOf(broker), clock: systemClock });
await exco.close();
const told = [diagnose({ facts }), diagnose({ facts, probe: report })].map(
  ({ verdict, blame, firstFailingPhase, fault }) => ({ verdict, blame, firstFailingPhase, fault }),
);
process.stdout.write(JSON.stringify({ told }));
