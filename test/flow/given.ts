import { profileOf } from '../../src/brokers/profile.ts';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { expectationOf } from '../../src/flow/prepare.ts';
import type { BrokerProfile } from '../../src/model/broker.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { OPERATIONS, type OperationName } from '../../src/model/operations.ts';
import type { Expectation, Verdict } from '../../src/model/verdict.ts';
import type { Answered, Expired, Oversized, Refused, Unanswered } from '../../src/model/wire.ts';

/** Connecting information of nobody: 88 characters of filler. */
export const CI = `FAKECI0001${'A'.repeat(76)}==`;

export const VT_ACC_NO = '999900000000000001';

const PARTNER = { comId: 'F9999', srvId: '999' };
const HEADER = { reqIdPlatform: '', reqIdConsumer: 'TEST-0001', certDn: '', ci: CI };
const CUSTOMER = {
  partner: PARTNER,
  commonHeader: HEADER,
  devInfo: { ipAddr: '192000002001', macAddr: '020000000001' },
  accInfo: { vtAccNo: VT_ACC_NO },
};
const PARTNER_ONLY = { partner: PARTNER, commonHeader: { reqIdPlatform: '', reqIdConsumer: 'TEST-0001' } };
const QUERY = { qrAssetType: 'EQTY', qrSellBuyType: '0', qrAccNo: '0000-FAKE-0001', count: 0, page: 'null' };
const REAL = '0000-FAKE-0001';
const ALIAS = '가상계좌1';

function items(...virtualAccount: readonly JsonObject[]): JsonObject {
  return { commonHeader: HEADER, virtualAccountList: { virtualAccount } };
}

/** A complete request of every operation, as the message standard writes it today. */
export const REQUESTS: Readonly<Record<OperationName, JsonObject>> = {
  'account.portfolio': {
    ...CUSTOMER,
    portfolioRequestBody: { queryType: { assetType: 'ALL', rspType: 'RAT', count: 0, page: 'null' } },
  },
  'account.balance': { ...CUSTOMER, balanceRequestBody: { queryType: { assetType: 'ALL', count: 0, page: 'null' } } },
  'account.transaction': {
    ...CUSTOMER,
    transactionHistoryRequestBody: {
      queryParams: { fromDate: '20160101', toDate: '20160720', count: 0, page: 'null' },
    },
  },
  'account.interest': { ...CUSTOMER, interestSymbolListRequestBody: { queryType: { count: 0, page: 'null' } } },
  'b2b.orderDetail': { ...PARTNER_ONLY, orderDetailListRequestBody: { queryParameter: QUERY } },
  'b2b.balanceList': { ...PARTNER_ONLY, balanceListRequestBody: { queryParameter: QUERY } },
  'b2b.settleList': { ...PARTNER_ONLY, settleListRequestBody: { queryParameter: QUERY } },
  'b2b.accountList': { ...PARTNER_ONLY, accountListRequestBody: { queryParameter: { count: 0, page: 'null' } } },
  'b2b.tradeBook': {
    ...PARTNER_ONLY,
    tradeBookListRequestBody: { queryParameter: { qrAccNo: REAL, qrFromDate: '20170622', qrToDate: '20170627' } },
  },
  'account.realAccounts': { commonHeader: HEADER },
  'virtualAccount.request': items({ trCode: 'REQ', realAccNo: REAL, vtAccAlias: ALIAS }),
  'virtualAccount.enrol': items({ trCode: 'ISS', realAccNo: REAL, vtAccNo: VT_ACC_NO, vtAccAlias: ALIAS }),
  'virtualAccount.replace': items({ trCode: 'REP', realAccNo: REAL, vtAccNo: VT_ACC_NO, vtAccAlias: ALIAS }),
  'virtualAccount.discard': items({ trCode: 'DIS', realAccNo: REAL, vtAccNo: VT_ACC_NO, vtAccAlias: ALIAS }),
};

/** A broker as a configuration gives it. */
export function broker(options: Partial<BrokerOptions> = {}): BrokerProfile {
  return profileOf({ alias: 'samsung', baseUrl: 'https://broker.example/v1/samsung', ...options }, 'broker');
}

/** What an answer must match, for the standard's own request of an operation or another one. */
export function expecting(
  name: OperationName = 'account.balance',
  options: Partial<BrokerOptions> = {},
  message: JsonObject = REQUESTS[name],
): Expectation {
  return expectationOf(broker(options), OPERATIONS[name], message);
}

/** A complete response; a value becomes JSON, a text and octets go as they are. */
export function answered(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Answered {
  const octets =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    kind: 'answered',
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: octets,
    receivedAtMs: 0,
  };
}

/** A message with nothing but the platform's result block in it, and what is put beside it. */
export function stating(respCode: unknown, respMsg: unknown = 'OK', beside: JsonObject = {}): JsonObject {
  return { ...beside, resp: { respCode, respMsg } };
}

export function unanswered(code: string, fields: Partial<Unanswered> = {}): Unanswered {
  return { kind: 'unanswered', phase: 'connect', sent: 'no', code, ...fields };
}

export function expired(phase: Expired['phase'], fields: Partial<Expired> = {}): Expired {
  const limit = phase === 'body' ? 'body-idle' : phase === 'head' ? 'head' : 'connect';
  return { kind: 'expired', limit, phase, sent: phase === 'head' || phase === 'body' ? 'yes' : 'no', ...fields };
}

export function oversized(status = 200): Oversized {
  return { kind: 'oversized', status, headers: {}, receivedAtMs: 0 };
}

export function refused(fault: Refused['fault'], fields: Partial<Refused> = {}): Refused {
  return { kind: 'refused', fault, ...fields };
}

/** The acknowledgement of virtual-account items. */
export function acks(...virtualAccount: readonly JsonObject[]): JsonObject {
  return stating('200', 'OK', { virtualAccountResponseList: { virtualAccount } });
}

/** The fault's name, or what else came out. */
export function faultOf(verdict: Verdict): string {
  return verdict.kind === 'fault' ? verdict.fault : verdict.kind;
}
