'use strict';
// What one loaded copy of the package must do. A whole call is made because loading alone would not show a dependency
// whose `default` is the wrong one.
const assert = require('node:assert/strict');
const { once } = require('node:events');
const { createServer } = require('node:net');

const MESSAGE = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: { reqIdPlatform: '', reqIdConsumer: 'T-1', ci: 'CI' },
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  accInfo: { vtAccNo: '999900000000000001' },
  balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } },
};

async function closedPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

module.exports = async function check({ createConnector, isExcoError, ERROR_CATALOG, findError }) {
  assert.equal([...ERROR_CATALOG].length, 51);
  assert.equal(findError(3600).code, 3600);
  assert.equal(isExcoError(new Error('plain')), false);

  const baseUrl = `http://127.0.0.1:${await closedPort()}/v1/samsung`;
  const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl }] });
  const error = await exco.call('samsung', 'account.balance', MESSAGE).catch((reason) => reason);
  await exco.close();
  assert.ok(isExcoError(error), String(error));
  assert.equal(error.code, 3600);
};
