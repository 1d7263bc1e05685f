import { describe, expect, it } from '@jest/globals';
import { FixtureError } from '../../src/brokers/config-error.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { verifyFixtures } from '../../src/testing/verify.ts';
import { openBroker } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE, ISSUED, MESSAGES } from '../support/messages.ts';
import { READ_FIXTURE } from '../support/read-fixture.ts';
import { answers } from '../support/scripts.ts';

const WRITE = {
  ...READ_FIXTURE,
  operation: 'virtualAccount.request',
  request: MESSAGES['virtualAccount.request'],
  attempts: [{ response: { status: 200, json: ISSUED } }],
};

const REFUSED_BY_BROKER = {
  ...READ_FIXTURE,
  request: { ...MESSAGES['account.balance'], accInfo: { vtAccNo: '999900000000000404' } },
  attempts: [{ response: { status: 200, json: { resp: { respCode: '4001', respMsg: 'Account is not existed' } } } }],
  expect: { error: { category: 'samsung', code: 4001, message: 'Account is not existed' }, fault: 'broker-error' },
};

const FAULT = {
  ...READ_FIXTURE,
  attempts: [{ fault: { phase: 'connect', code: 'ECONNREFUSED' } }],
  expect: {
    error: { category: 'op-exco', code: 3600, message: 'Target Company Service Unavailable' },
    fault: 'connect-refused',
  },
};

const LOCAL = { ...READ_FIXTURE, attempts: [], refused: { fault: 'breaker-open' } };
const { expect: stated, ...SILENT } = READ_FIXTURE;

describe('verifyFixtures', () => {
  it('asks for the reads that state something, and says why it left out the others', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const dir = folderWith({
      'samsung/account.balance/answered.json': READ_FIXTURE,
      'samsung/account.balance/fault.json': FAULT,
      'samsung/account.balance/local.json': LOCAL,
      'samsung/account.balance/silent.json': SILENT,
      'samsung/own.query/own.json': { ...READ_FIXTURE, operation: 'own.query' },
      'samsung/virtualAccount.request/write.json': WRITE,
      'zkiwoom/account.balance/other.json': { ...READ_FIXTURE, broker: 'kiwoom' },
    });
    const report = await verifyFixtures(connectTo(server.baseUrl), { dir, brokers: ['Samsung'] });
    expect(report.fixtures.map(({ file, ok, skipped = '' }) => [file.split('/').at(-1), ok, skipped])).toEqual([
      ['answered.json', true, ''],
      ['fault.json', true, 'fault'],
      ['local.json', true, 'refused'],
      ['silent.json', true, 'nothing-stated'],
      ['own.json', true, 'unknown-operation'],
      ['write.json', true, 'write'],
      ['other.json', true, 'other-broker'],
    ]);
    expect(report).toMatchObject({ ok: true, checked: 1 });
    expect(server.requests.map(({ path }) => path)).toEqual(['/account/balance/search']);
    expect(stated).toEqual({ ok: true });
  });

  it('says what drifted, field by field, and shows no value', async () => {
    const balanceList = { balance: { equityList: [{ assetType: 'KSP', qty: '10', FAKE: 'FAKE-VALUE' }] } };
    const live: JsonObject = { ...BALANCE, balanceList };
    const server = await openBroker({}, answers(live));
    const dir = folderWith({
      'samsung/account.balance/answered.json': READ_FIXTURE,
      'samsung/account.balance/refused.json': REFUSED_BY_BROKER,
    });
    const report = await verifyFixtures(connectTo(server.baseUrl), { dir });
    expect(report).toMatchObject({ ok: false, checked: 2 });
    const list = 'balanceList.balance.equityList[]';
    expect(report.fixtures.map(({ drift }) => drift)).toEqual([
      [
        { path: `${list}.isinCode`, was: 'text', is: 'missing' },
        { path: `${list}.qty`, was: 'number', is: 'text' },
        { path: `${list}.FAKE`, was: 'missing', is: 'text' },
      ],
      [{ path: 'fault', was: '4001 broker-error', is: '3001 echo-mismatch' }],
    ]);
    expect(JSON.stringify(report)).not.toContain('FAKE-VALUE');
  });

  it('takes a broker that is down for drift', async () => {
    const exco = connectTo('http://127.0.0.1:1');
    const dir = folderWith({ 'samsung/account.balance/answered.json': READ_FIXTURE });
    const { fixtures } = await verifyFixtures(exco, { dir });
    expect(fixtures[0]?.drift).toEqual([{ path: 'fault', was: 'none', is: '3600 connect-refused' }]);
  });

  it('sends nothing when a fixture is bad', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const dir = folderWith({ 'samsung/account.balance/a.json': READ_FIXTURE, 'samsung/account.balance/b.json': '{' });
    await expect(verifyFixtures(connectTo(server.baseUrl), { dir })).rejects.toThrow(FixtureError);
    expect(server.requests).toEqual([]);
  });
});
