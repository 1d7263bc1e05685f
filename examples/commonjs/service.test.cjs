const assert = require('node:assert/strict');
const { once } = require('node:events');
const { after, before, test } = require('node:test');
const { createConnector } = require('op-exco-connector');
const { createService } = require('./service.cjs');

// Nobody listens on the port of discard.
const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9/v1' }] });
const service = createService(exco);
let origin;
before(async () => {
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  origin = `http://127.0.0.1:${service.address().port}`;
});
after(async () => {
  service.close();
  await exco.close();
});

const BALANCE = '/samsung/account/balance/search';
const MESSAGE = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: { reqIdConsumer: 'TEST-0001', ci: 'FAKECI0001==' },
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  accInfo: { vtAccNo: '999900000000000001' },
  balanceRequestBody: { queryType: { assetType: 'ALL' } },
};

for (const [what, path, message, status, code] of [
  ['a broker that is down', BALANCE, MESSAGE, 503, 3600],
  ['a broker that nobody knows', '/nobody/account/balance/search', MESSAGE, 500, 3008],
  ['a service that there is not', '/samsung/account/everything', MESSAGE, 400, 3002],
  ['a message without an account', BALANCE, { ...MESSAGE, accInfo: {} }, 400, 3003],
]) {
  test(`${what} is ${code}`, async () => {
    const response = await fetch(origin + path, { method: 'POST', body: JSON.stringify(message) });
    assert.deepEqual([response.status, (await response.json()).code], [status, code]);
  });
}
