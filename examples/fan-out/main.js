// The overview of one customer, at brokers that play the fixtures beside this file: one answers, one refuses, one breaks off.
import { createConnector } from 'op-exco-connector';
import { loadFixtures, startSimulator } from 'op-exco-connector/testing';
import { overview } from './accounts.js';

const fixtures = loadFixtures('fixtures');
const simulator = await startSimulator({ fixtures });
const exco = createConnector({ brokers: simulator.brokers() });
const accounts = fixtures.map(({ broker, request }) => ({ broker, vtAccNo: request.accInfo.vtAccNo }));
const [{ request: customer }] = fixtures;

const { rows, missing, total, isWhole } = await overview(exco, customer, accounts);
for (const { broker, total: value } of rows) console.log(broker.padEnd(10), value.toLocaleString('en').padStart(12));
for (const { broker, code, words } of missing) console.log(broker.padEnd(10), `${code} ${words}`);
console.log('total'.padEnd(10), total.toLocaleString('en').padStart(12), isWhole ? '' : '(not of all accounts)');

await exco.close();
await simulator.close();
