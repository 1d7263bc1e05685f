/** The broker that is called, and the path of a balance at it. */
export const ALIAS = 'broker';
export const PATH = '/v1/broker/account/balance/search';

/** A customer who does not exist. */
const COMMON = {
  reqIdPlatform: 'FAKE-PLATFORM-0001',
  reqIdConsumer: 'FAKE-REQ-0001',
  ci: `FAKECI0001${'A'.repeat(76)}==`,
};
const ACCOUNT = { vtAccNo: '999900000000000001' };

/** Holdings that make the answer 7 kB long. */
const HOLDINGS = 64;

/** A balance as it is asked for. */
export const REQUEST = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: COMMON,
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  accInfo: ACCOUNT,
  balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } },
};

function holding(index: number) {
  return {
    assetType: 'KSP',
    isinCode: `KR70000${String(10_000 + index)}`,
    qty: 10 + index,
    earningRate: 3.25,
    valAtCur: 1_000_000 + index,
  };
}

/** The answer to it. */
export const ANSWER = Buffer.from(
  JSON.stringify({
    commonHeader: COMMON,
    accInfo: { realAccNo: '', ...ACCOUNT },
    balanceResponseBody: {
      queryType: { assetType: 'ALL', count: '0', page: 'null' },
      queryResult: { totalCnt: HOLDINGS, count: HOLDINGS, page: 'null' },
    },
    balanceList: { balance: { equityList: Array.from({ length: HOLDINGS }, (_, index) => holding(index)) } },
    resp: { respCode: '200', respMsg: '정상처리' },
  }),
);
