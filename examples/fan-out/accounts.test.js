import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { createConnector } from 'op-exco-connector';
import { overview } from './accounts.js';

test('one account is shown, two are told apart, and the sum says that it is not whole', () => {
  const printed = execFileSync(process.execPath, ['main.js'], { encoding: 'utf8' });
  assert.equal(
    printed,
    [
      'samsung       1,245,400',
      'shinhan    4001 해지된 계좌',
      'sk         3004 not available at the moment',
      'total         1,245,400 (not of all accounts)',
      '',
    ].join('\n'),
  );
});

test('brokers that all refuse connections hint at ourselves', async () => {
  const brokers = ['samsung', 'sk'].map((alias) => ({ alias, baseUrl: 'http://127.0.0.1:9/v1' }));
  const exco = createConnector({ brokers });
  const customer = {
    partner: { comId: 'F9999', srvId: '999' },
    commonHeader: { reqIdConsumer: 'TEST-0001', ci: 'FAKECI0001==' },
    devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  };
  const accounts = brokers.map(({ alias }) => ({ broker: alias, vtAccNo: '999900000000000001' }));
  const { rows, missing, isOurs } = await overview(exco, customer, accounts);
  await exco.close();
  assert.deepEqual([rows.length, missing.map(({ code }) => code), isOurs], [0, [3600, 3600], true]);
});
