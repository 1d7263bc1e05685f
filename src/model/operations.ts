import type { ItemTrCode, Operation } from './operation.ts';

/** Fields that must be there but may be "": the standard has "" stand for "no value" in a request. */
export const MAY_BE_BLANK: ReadonlySet<string> = new Set([
  'comId',
  'srvId',
  'reqIdPlatform',
  'reqIdConsumer',
  'certDn',
  'ipAddr',
  'macAddr',
  'vtAccAlias',
]);

const PARTNER = ['partner.comId', 'partner.srvId'] as const;

/** Envelope of the account group. */
const CUSTOMER = [
  ...PARTNER,
  'commonHeader.reqIdConsumer',
  'commonHeader.ci',
  'devInfo.ipAddr',
  'devInfo.macAddr',
  'accInfo.vtAccNo',
] as const;

/** Envelope of the discretionary group: no customer, no device. */
const PARTNER_ONLY = [...PARTNER, 'commonHeader.reqIdConsumer'] as const;

/** Envelope of the messages about accounts themselves. */
const HOLDER = [
  'commonHeader.reqIdPlatform',
  'commonHeader.reqIdConsumer',
  'commonHeader.certDn',
  'commonHeader.ci',
] as const;

type Query = readonly [root: string, block: string];

function fieldsOf([root, block]: Query, fields: readonly string[]): string[] {
  return fields.map((field) => `${root}.${block}.${field}`);
}

function query(
  name: string,
  path: string,
  envelope: readonly string[],
  at: Query,
  fields: readonly string[],
): Operation {
  return { name, path, kind: 'read', required: [...envelope, ...fieldsOf(at, fields)], query: at };
}

function virtualAccount(name: string, itemTrCode: ItemTrCode, fields: readonly string[]): Operation {
  const items = ['trCode', 'realAccNo', ...fields].map((field) => `virtualAccountList.virtualAccount[].${field}`);
  return { name, path: '/account/vtnumber', kind: 'write', required: [...HOLDER, ...items], itemTrCode };
}

/**
 * Everything the platform's message standard lets one ask a broker, by name.
 *
 * @example OPERATIONS['account.balance'].path; // '/account/balance/search'
 */
export const OPERATIONS = {
  'account.portfolio': query(
    'account.portfolio',
    '/account/portfolio/search',
    CUSTOMER,
    ['portfolioRequestBody', 'queryType'],
    ['assetType', 'rspType'],
  ),
  'account.balance': query(
    'account.balance',
    '/account/balance/search',
    CUSTOMER,
    ['balanceRequestBody', 'queryType'],
    ['assetType'],
  ),
  'account.transaction': query(
    'account.transaction',
    '/account/transaction/search',
    CUSTOMER,
    ['transactionHistoryRequestBody', 'queryParams'],
    ['fromDate', 'toDate'],
  ),
  'account.interest': query(
    'account.interest',
    '/account/interest/search',
    CUSTOMER,
    ['interestSymbolListRequestBody', 'queryType'],
    [],
  ),
  'b2b.orderDetail': query(
    'b2b.orderDetail',
    '/b2baccount/orderdetail/search',
    PARTNER_ONLY,
    ['orderDetailListRequestBody', 'queryParameter'],
    ['qrAssetType', 'qrSellBuyType', 'qrAccNo'],
  ),
  'b2b.balanceList': query(
    'b2b.balanceList',
    '/b2baccount/balancelist/search',
    PARTNER_ONLY,
    ['balanceListRequestBody', 'queryParameter'],
    ['qrAssetType', 'qrAccNo'],
  ),
  'b2b.settleList': query(
    'b2b.settleList',
    '/b2baccount/settlelist/search',
    PARTNER_ONLY,
    ['settleListRequestBody', 'queryParameter'],
    ['qrAssetType', 'qrSellBuyType', 'qrAccNo'],
  ),
  'b2b.accountList': query(
    'b2b.accountList',
    '/b2baccount/accountlist/search',
    PARTNER_ONLY,
    ['accountListRequestBody', 'queryParameter'],
    [],
  ),
  'b2b.tradeBook': query(
    'b2b.tradeBook',
    '/b2baccount/tradebook/search',
    PARTNER_ONLY,
    ['tradeBookListRequestBody', 'queryParameter'],
    ['qrAccNo', 'qrFromDate', 'qrToDate'],
  ),
  'account.realAccounts': {
    name: 'account.realAccounts',
    path: '/account/number',
    kind: 'read',
    required: HOLDER,
  },
  'virtualAccount.request': virtualAccount('virtualAccount.request', 'REQ', ['vtAccAlias']),
  'virtualAccount.enrol': virtualAccount('virtualAccount.enrol', 'ISS', ['vtAccNo', 'vtAccAlias']),
  'virtualAccount.replace': virtualAccount('virtualAccount.replace', 'REP', ['vtAccNo', 'vtAccAlias']),
  'virtualAccount.discard': virtualAccount('virtualAccount.discard', 'DIS', ['vtAccNo']),
} as const satisfies Record<string, Operation>;

/** Name of a built-in operation. */
export type OperationName = keyof typeof OPERATIONS;

/** The built-in operation of this name. */
export function findOperation(name: string): Operation | undefined {
  return isOperationName(name) ? OPERATIONS[name] : undefined;
}

/** Whether `name` names a built-in operation. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}
