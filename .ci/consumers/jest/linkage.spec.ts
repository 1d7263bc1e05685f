import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createConnector, isExcoError } from 'op-exco-connector';

const MESSAGE = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: { reqIdPlatform: '', reqIdConsumer: 'T-1', ci: 'CI' },
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  accInfo: { vtAccNo: '999900000000000001' },
  balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } },
};

const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'http://broker.test/v1/samsung' }] });
const balance = () => exco.call('samsung', 'account.balance', MESSAGE);
const onBalance = () => nock('http://broker.test').persist().post('/v1/samsung/account/balance/search');

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(async () => {
  await exco.close();
  // Else nock stays in the process, and with it in the next test file: https://github.com/nock/nock#memory-issues-with-jest
  nock.enableNetConnect();
  nock.restore();
});

describe('a linkage server that replays its brokers with nock', () => {
  it('sees a refused connection as 3600', async () => {
    onBalance().replyWithError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
    const error: unknown = await balance().catch((reason: unknown) => reason);
    expect(isExcoError(error)).toBe(true);
    expect(error).toMatchObject({ category: 'op-exco', code: 3600 });
  });

  it("sees the broker's own 4001 under the broker's name", async () => {
    onBalance().reply(200, { resp: { respCode: '4001', respMsg: 'Account Not Found' } });
    const error: unknown = await balance().catch((reason: unknown) => reason);
    expect(isExcoError(error)).toBe(true);
    expect(error).toMatchObject({ category: 'samsung', code: 4001 });
  });

  it('gets the answer of a broker that is well', async () => {
    const answer = { resp: { respCode: '200', respMsg: 'OK' }, balanceResponseBody: {} };
    onBalance().reply(200, answer);
    const { data } = await balance();
    expect(data).toMatchObject({ resp: { respCode: '200' } });
  });
});
