// Asks one broker for one customer's balance: node balance.js BASE_URL < message.json
// Exits 0 with the answer, 1 with an error of the standard, 2 where a write may have happened (never for a balance).
import { json } from 'node:stream/consumers';
import { createConnector, isOutage, isOutcomeUnknown } from 'op-exco-connector';

const [baseUrl = 'https://broker.example/v1/samsung'] = process.argv.slice(2);
const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl }] });
const settled = await exco.settle('samsung', 'account.balance', await json(process.stdin), { deadlineMs: 8_000 });
await exco.close();

if (settled.ok) {
  console.log(JSON.stringify(settled.reply.data));
} else {
  const { error } = settled;
  console.log(JSON.stringify(error));
  console.error(`${error.fault}, whose fault: ${error.blame}${isOutage(error) ? ', an outage' : ''}`);
  process.exitCode = isOutcomeUnknown(error) ? 2 : 1;
}
