import type { JsonObject } from '../../src/model/json.ts';
import type { AnswerOf, RequestOf } from '../../src/model/messages.ts';
import type { OperationName } from '../../src/model/operations.ts';

/** Personal data of one customer who does not exist; loud, so that a test can look for any of it. */
export const FAKE = {
  ci: `FAKECI0001${'A'.repeat(76)}==`,
  reqIdConsumer: 'FAKE-REQ-0001',
  realAccNo: '0000-FAKE-0001',
  vtAccNo: '999900000000000001',
  certDn: 'cn=FAKE-USER-0001,ou=TEST,o=FakeCA,c=KR',
  ipAddr: '192000002001',
  macAddr: 'FAKEMAC00001',
} as const;

const partner = { comId: 'F9999', srvId: '000' };
const devInfo = { ipAddr: FAKE.ipAddr, macAddr: FAKE.macAddr };
const accInfo = { vtAccNo: FAKE.vtAccNo };
const customer = {
  partner,
  commonHeader: { reqIdPlatform: '', reqIdConsumer: FAKE.reqIdConsumer, certDn: '', ci: FAKE.ci },
  devInfo,
  accInfo,
};
const discretionary = { partner, commonHeader: { reqIdPlatform: '', reqIdConsumer: FAKE.reqIdConsumer } };
const holder = {
  commonHeader: {
    reqIdPlatform: 'FAKE-PLATFORM-0001',
    reqIdConsumer: FAKE.reqIdConsumer,
    certDn: FAKE.certDn,
    ci: FAKE.ci,
  },
};
const paging = { count: 0, page: 'null' };

/** A complete message for every operation. */
export const MESSAGES: { readonly [Name in OperationName]: RequestOf<Name> } = {
  'account.portfolio': {
    ...customer,
    portfolioRequestBody: { queryType: { assetType: 'EQTY', rspType: 'QTY', ...paging } },
  },
  'account.balance': { ...customer, balanceRequestBody: { queryType: { assetType: 'EQTY', ...paging } } },
  'account.transaction': {
    ...customer,
    transactionHistoryRequestBody: {
      queryParams: { fromDate: '20260101', toDate: '20260131', isinCode: '', side: 'ALL', ...paging },
    },
  },
  'account.interest': { ...customer, interestSymbolListRequestBody: { queryType: { ...paging } } },
  'b2b.orderDetail': {
    ...discretionary,
    orderDetailListRequestBody: {
      queryParameter: { qrAssetType: 'EQTY', qrSellBuyType: 'ALL', qrAccNo: FAKE.realAccNo, ...paging },
    },
  },
  'b2b.balanceList': {
    ...discretionary,
    balanceListRequestBody: { queryParameter: { qrAssetType: 'EQTY', qrAccNo: FAKE.realAccNo, ...paging } },
  },
  'b2b.settleList': {
    ...discretionary,
    settleListRequestBody: {
      queryParameter: { qrAssetType: 'EQTY', qrSellBuyType: 'ALL', qrAccNo: FAKE.realAccNo, ...paging },
    },
  },
  'b2b.accountList': { ...discretionary, accountListRequestBody: { queryParameter: { ...paging } } },
  'b2b.tradeBook': {
    ...discretionary,
    tradeBookListRequestBody: {
      queryParameter: { qrAccNo: FAKE.realAccNo, qrFromDate: '20260101', qrToDate: '20260131', ...paging },
    },
  },
  'account.realAccounts': holder,
  'virtualAccount.request': virtualAccount('REQ', { vtAccAlias: 'FAKE alias' }),
  'virtualAccount.enrol': virtualAccount('ISS', { vtAccNo: FAKE.vtAccNo, vtAccAlias: 'FAKE alias' }),
  'virtualAccount.replace': virtualAccount('REP', { vtAccNo: FAKE.vtAccNo, vtAccAlias: 'FAKE alias' }),
  'virtualAccount.discard': virtualAccount('DIS', { vtAccNo: FAKE.vtAccNo }),
};

function virtualAccount(
  trCode: 'REQ' | 'ISS' | 'REP' | 'DIS',
  fields: JsonObject,
): RequestOf<'virtualAccount.request'> {
  return { ...holder, virtualAccountList: { virtualAccount: [{ trCode, realAccNo: FAKE.realAccNo, ...fields }] } };
}

const OK = { respCode: '200', respMsg: 'OK' };

/** A right answer to `MESSAGES['account.balance']`. */
export const BALANCE: AnswerOf<'account.balance'> = {
  commonHeader: { reqIdPlatform: 'FAKE-PLATFORM-0001', reqIdConsumer: FAKE.reqIdConsumer, ci: FAKE.ci },
  accInfo: { realAccNo: '', vtAccNo: FAKE.vtAccNo },
  balanceResponseBody: {
    queryType: { assetType: 'EQTY', count: '0' },
    queryResult: { totalCnt: 1, count: 1, page: 'null' },
  },
  balanceList: { balance: { equityList: [{ assetType: 'KSP', isinCode: 'KR7005930003', qty: 10 }] } },
  resp: OK,
};

/** A right answer to `MESSAGES['virtualAccount.request']`. */
export const ISSUED: AnswerOf<'virtualAccount.request'> = {
  commonHeader: holder.commonHeader,
  virtualAccountResponseList: {
    virtualAccount: [
      {
        trCode: 'REQ',
        realAccNo: FAKE.realAccNo,
        vtAccNo: FAKE.vtAccNo,
        vtAccAlias: 'FAKE alias',
        status: 'SUCCESS',
        message: 'OK',
      },
    ],
  },
  resp: OK,
};

/** What a broker says of a failure and nothing else. */
export function refusing(respCode: unknown, respMsg: string): JsonObject {
  return { resp: { respCode, respMsg } };
}
