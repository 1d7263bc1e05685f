import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { expectationOf, missingFields, prepare, withValueAt, type Prepared } from '../../src/flow/prepare.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { defineOperation, type Operation } from '../../src/model/operation.ts';
import { OPERATIONS, type OperationName } from '../../src/model/operations.ts';
import { broker, CI, REQUESTS, VT_ACC_NO } from './given.ts';

const NAMES = Object.keys(OPERATIONS) as OperationName[];

function missing(name: OperationName, message: JsonObject): string[] {
  return missingFields(OPERATIONS[name], message);
}

function prepared(
  name: OperationName,
  options: Partial<BrokerOptions> = {},
  message: JsonObject = REQUESTS[name],
  operation: Operation = OPERATIONS[name],
): Prepared {
  const result = prepare(broker(options), operation, message, 'request-1');
  if (result.kind !== 'ready') throw new TypeError(`refused: ${String(result.description)}`);
  return result;
}

const CUSTOMER = [
  ...['partner.comId', 'partner.srvId', 'commonHeader.reqIdConsumer', 'commonHeader.ci', 'devInfo.ipAddr'],
  ...['devInfo.macAddr', 'accInfo.vtAccNo'],
];
const PARTNER_ONLY = ['partner.comId', 'partner.srvId', 'commonHeader.reqIdConsumer'];
const HOLDER = ['commonHeader.reqIdPlatform', 'commonHeader.reqIdConsumer', 'commonHeader.certDn', 'commonHeader.ci'];
const ITEM = 'virtualAccountList.virtualAccount[0]';
const LIST = 'virtualAccountList.virtualAccount';

/** What every operation needs, in the order in which 3003 names it. */
const NEEDED: Readonly<Record<OperationName, readonly string[]>> = {
  'account.portfolio': [
    ...CUSTOMER,
    'portfolioRequestBody.queryType.assetType',
    'portfolioRequestBody.queryType.rspType',
  ],
  'account.balance': [...CUSTOMER, 'balanceRequestBody.queryType.assetType'],
  'account.transaction': [
    ...CUSTOMER,
    'transactionHistoryRequestBody.queryParams.fromDate',
    'transactionHistoryRequestBody.queryParams.toDate',
  ],
  'account.interest': CUSTOMER,
  'b2b.orderDetail': [
    ...PARTNER_ONLY,
    'orderDetailListRequestBody.queryParameter.qrAssetType',
    'orderDetailListRequestBody.queryParameter.qrSellBuyType',
    'orderDetailListRequestBody.queryParameter.qrAccNo',
  ],
  'b2b.balanceList': [
    ...PARTNER_ONLY,
    'balanceListRequestBody.queryParameter.qrAssetType',
    'balanceListRequestBody.queryParameter.qrAccNo',
  ],
  'b2b.settleList': [
    ...PARTNER_ONLY,
    'settleListRequestBody.queryParameter.qrAssetType',
    'settleListRequestBody.queryParameter.qrSellBuyType',
    'settleListRequestBody.queryParameter.qrAccNo',
  ],
  'b2b.accountList': PARTNER_ONLY,
  'b2b.tradeBook': [
    ...PARTNER_ONLY,
    'tradeBookListRequestBody.queryParameter.qrAccNo',
    'tradeBookListRequestBody.queryParameter.qrFromDate',
    'tradeBookListRequestBody.queryParameter.qrToDate',
  ],
  'account.realAccounts': HOLDER,
  'virtualAccount.request': [...HOLDER, `${ITEM}.trCode`, `${ITEM}.realAccNo`, `${ITEM}.vtAccAlias`],
  'virtualAccount.enrol': [...HOLDER, `${ITEM}.trCode`, `${ITEM}.realAccNo`, `${ITEM}.vtAccNo`, `${ITEM}.vtAccAlias`],
  'virtualAccount.replace': [...HOLDER, `${ITEM}.trCode`, `${ITEM}.realAccNo`, `${ITEM}.vtAccNo`, `${ITEM}.vtAccAlias`],
  'virtualAccount.discard': [...HOLDER, `${ITEM}.trCode`, `${ITEM}.realAccNo`, `${ITEM}.vtAccNo`],
};

/** The message without the value at a path, or with another one there. */
function replaced(message: unknown, path: string, value?: unknown): JsonObject {
  const copy = structuredClone(message) as Record<string, unknown>;
  const keys = path.replace('[0]', '.0').split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Record<string, unknown>>((block, key) => block[key] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

const FIELDS = NAMES.flatMap((name) => NEEDED[name].map((path) => [name, path] as const));
const MAY_BE_BLANK = /\.(?:comId|srvId|reqIdPlatform|reqIdConsumer|certDn|ipAddr|macAddr|vtAccAlias)$/;

describe('a complete message', () => {
  it.each(NAMES)('of %s lacks nothing', (name) => {
    expect(missing(name, REQUESTS[name])).toEqual([]);
  });
});

describe('3003 names', () => {
  it.each(FIELDS)('%s: %s, where it is absent', (name, path) => {
    expect(missing(name, replaced(REQUESTS[name], path))).toEqual([path]);
  });

  it.each(FIELDS)('%s: %s, where it is null', (name, path) => {
    expect(missing(name, replaced(REQUESTS[name], path, null))).toEqual([path]);
  });

  it.each(FIELDS)('%s: %s, where it is "", unless the standard has "" for no value', (name, path) => {
    expect(missing(name, replaced(REQUESTS[name], path, ''))).toEqual(MAY_BE_BLANK.test(path) ? [] : [path]);
  });

  it.each(NAMES)('everything of %s at once, given an empty message', (name) => {
    const needed = NEEDED[name].filter((path) => !path.startsWith(ITEM));
    expect(missing(name, {})).toEqual(needed.length === NEEDED[name].length ? needed : [...needed, LIST]);
  });

  it.each([
    ['a block that is a text', { ...REQUESTS['account.balance'], accInfo: VT_ACC_NO }, ['accInfo.vtAccNo']],
    [
      'a block that is a list',
      { ...REQUESTS['account.balance'], accInfo: [{ vtAccNo: VT_ACC_NO }] },
      ['accInfo.vtAccNo'],
    ],
    [
      'a value that is the text "null"',
      { ...REQUESTS['account.balance'], accInfo: { vtAccNo: 'null' } },
      ['accInfo.vtAccNo'],
    ],
    ['a value under another operation', REQUESTS['account.transaction'], ['balanceRequestBody.queryType.assetType']],
  ])('%s', (_, message, fields) => {
    expect(missing('account.balance', message)).toEqual(fields);
  });

  it('the field of each item', () => {
    const items = [{ trCode: 'DIS', realAccNo: '1' }, { trCode: 'DIS', vtAccNo: VT_ACC_NO }, 'DIS'];
    expect(
      missing('virtualAccount.discard', {
        ...REQUESTS['virtualAccount.discard'],
        virtualAccountList: { virtualAccount: items },
      }),
    ).toEqual([
      `${LIST}[2].trCode`,
      `${LIST}[1].realAccNo`,
      `${LIST}[2].realAccNo`,
      `${LIST}[0].vtAccNo`,
      `${LIST}[2].vtAccNo`,
    ]);
  });

  it.each([
    ['virtualAccount.discard', 'virtualAccount.request', `${ITEM}.trCode (must be DIS)`],
    ['virtualAccount.request', 'virtualAccount.discard', `${ITEM}.trCode (must be REQ)`],
    ['virtualAccount.enrol', 'virtualAccount.replace', `${ITEM}.trCode (must be ISS)`],
    ['virtualAccount.replace', 'virtualAccount.enrol', `${ITEM}.trCode (must be REP)`],
  ] as const)('an item that asks %s for what %s is for', (name, other, field) => {
    expect(missing(name, REQUESTS[other])).toContain(field);
  });

  it("what an operation of one's own needs", () => {
    const required = ['accInfo.vtAccNo', 'a.list[].b', 'vtAccAlias'];
    const operation = defineOperation({ name: 'account.pension', path: '/account/pension', kind: 'read', required });
    expect(missingFields(operation, { a: { list: [{ b: 1 }, {}] } })).toEqual([
      'accInfo.vtAccNo',
      'a.list[1].b',
      'vtAccAlias',
    ]);
    expect(missingFields(operation, { accInfo: { vtAccNo: '1' }, a: { list: [{ b: 0 }] }, vtAccAlias: '' })).toEqual(
      [],
    );
  });
});

const PLATFORM_FIELDS = {
  portalId: 'fakeportal',
  apiAccessToken: '00000000-fake-token',
  apiAccessTokenLifetime: '600',
};
const HEADER = {
  reqIdPlatform: 'P0000-FAKE-0001',
  reqIdConsumer: 'TEST-0001',
  certDn: 'cn=FAKE-USER-0001,c=KR',
  ci: CI,
};
const ENVELOPE = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: HEADER,
  devInfo: { ipAddr: '192000002001', macAddr: '020000000001' },
};
const ACCOUNT = { realAccNo: '0000-FAKE-0001', vtAccNo: VT_ACC_NO };
const PLATFORM = { commonHeader: HEADER, platformFields: PLATFORM_FIELDS };
const B2B_HEADER = { reqIdConsumer: 'TEST-0001', certDn: null, ci: null };
const B2B = { partner: { comId: 'F9999', srvId: '100' }, commonHeader: B2B_HEADER };
const B2B_QUERY = {
  qrAssetType: 'EQTY',
  qrSellBuyType: '1',
  qrAccNo: '0000-FAKE-0001',
  qrOrderDate: null,
  count: 0,
  page: null,
};
const QUERY = { assetType: 'ALL', rspType: 'QTY', count: 0, page: 'null' };
const NEW_ITEM = { trCode: 'REQ', realAccNo: '0000-FAKE-0001', vtAccNo: 'null', vtAccAlias: '가상계좌1' };

/** Messages in the shapes that the message standard's own generators have produced over the years. */
const GENERATED: readonly (readonly [string, OperationName, JsonObject])[] = [
  [
    'accInfo at the top',
    'account.portfolio',
    { ...ENVELOPE, accInfo: ACCOUNT, portfolioRequestBody: { queryType: QUERY } },
  ],
  [
    'accInfo inside the body',
    'account.portfolio',
    { ...ENVELOPE, portfolioRequestBody: { accInfo: ACCOUNT, queryType: QUERY } },
  ],
  [
    'vtAccNp',
    'account.portfolio',
    { ...ENVELOPE, portfolioRequestBody: { accInfo: { vtAccNp: VT_ACC_NO }, queryType: QUERY } },
  ],
  [
    'an empty vtAccNo beside vtAccNp',
    'account.portfolio',
    { ...ENVELOPE, portfolioRequestBody: { accInfo: { vtAccNo: null, vtAccNp: VT_ACC_NO }, queryType: QUERY } },
  ],
  [
    'accInfo null at the top and filled inside the body',
    'account.balance',
    { ...ENVELOPE, accInfo: null, balanceRequestBody: { accInfo: ACCOUNT, queryType: QUERY } },
  ],
  [
    'balance under portfolioRequestBody',
    'account.balance',
    { ...ENVELOPE, portfolioRequestBody: { accInfo: ACCOUNT, queryType: QUERY } },
  ],
  [
    'platformFields and no page',
    'account.balance',
    {
      ...ENVELOPE,
      platformFields: PLATFORM_FIELDS,
      balanceRequestBody: { accInfo: ACCOUNT, queryType: { assetType: 'ALL' } },
    },
  ],
  [
    'the block of devices in capitals',
    'account.balance',
    {
      partner: ENVELOPE.partner,
      commonHeader: HEADER,
      DevInfo: ENVELOPE.devInfo,
      balanceRequestBody: { accInfo: ACCOUNT, queryType: QUERY },
    },
  ],
  [
    'one extra root',
    'account.balance',
    { balanceRequest: { ...ENVELOPE, body: { accInfo: ACCOUNT, queryType: QUERY } } },
  ],
  [
    'one extra root over a framed body',
    'account.portfolio',
    { portfolioRequest: { ...ENVELOPE, body: { accInfo: { vtAccNp: VT_ACC_NO }, queryType: QUERY } } },
  ],
  [
    'queryParameter and an integer page under body',
    'account.transaction',
    {
      ...ENVELOPE,
      accInfo: ACCOUNT,
      body: {
        queryParameter: { fromDate: '20160103', toDate: '20160303', isinCode: '', side: 'BID', count: 0, page: 1 },
      },
    },
  ],
  [
    'queryParams inside the body with accInfo',
    'account.transaction',
    {
      ...ENVELOPE,
      transactionHistoryRequestBody: { accInfo: ACCOUNT, queryParams: { fromDate: '20160103', toDate: '20160303' } },
    },
  ],
  [
    'requestParameters',
    'account.transaction',
    {
      ...ENVELOPE,
      accInfo: ACCOUNT,
      transactionHistoryRequestBody: { requestParameters: { fromDate: '20160103', toDate: '20160303' } },
    },
  ],
  [
    'nothing but accInfo in the body',
    'account.interest',
    { ...ENVELOPE, interestSymbolListRequestBody: { accInfo: ACCOUNT } },
  ],
  ['no body at all', 'account.interest', { ...ENVELOPE, accInfo: ACCOUNT }],
  ['nobody as customer', 'b2b.orderDetail', { ...B2B, orderDetailListRequestBody: { queryParameter: B2B_QUERY } }],
  ['nobody as customer', 'b2b.balanceList', { ...B2B, balanceListRequestBody: { queryParameter: B2B_QUERY } }],
  ['nobody as customer', 'b2b.settleList', { ...B2B, settleListRequestBody: { queryParameter: B2B_QUERY } }],
  [
    'nobody as customer',
    'b2b.accountList',
    { ...B2B, accountListRequestBody: { queryParameter: { count: 0, page: null } } },
  ],
  [
    'nobody as customer',
    'b2b.tradeBook',
    {
      ...B2B,
      tradeBookListRequestBody: {
        queryParameter: {
          qrAccNo: '0000-FAKE-0001',
          qrFromDate: '20170622',
          qrToDate: '20170627',
          count: 0,
          page: 'null',
        },
      },
    },
  ],
  ['the header and platformFields alone', 'account.realAccounts', PLATFORM],
  ['the header alone, wrapped', 'account.realAccounts', { realAccountListRequest: PLATFORM }],
  [
    'items in their list',
    'virtualAccount.request',
    { ...PLATFORM, virtualAccountList: { virtualAccount: [NEW_ITEM, NEW_ITEM] } },
  ],
  [
    'items under body in one extra root',
    'virtualAccount.request',
    { virtualAccountRequest: { commonHeader: HEADER, body: { virtualAccount: [NEW_ITEM] } } },
  ],
  [
    'a number made by the platform',
    'virtualAccount.enrol',
    { ...PLATFORM, virtualAccountList: { virtualAccount: [{ ...NEW_ITEM, trCode: 'ISS', vtAccNo: VT_ACC_NO }] } },
  ],
  [
    'another alias',
    'virtualAccount.replace',
    {
      virtualAccountRequest: {
        commonHeader: HEADER,
        body: { virtualAccount: [{ ...NEW_ITEM, trCode: 'REP', vtAccNo: VT_ACC_NO }] },
      },
    },
  ],
  [
    'an empty alias',
    'virtualAccount.discard',
    {
      ...PLATFORM,
      virtualAccountList: { virtualAccount: [{ ...NEW_ITEM, trCode: 'DIS', vtAccNo: VT_ACC_NO, vtAccAlias: '' }] },
    },
  ],
];

describe('what the published generators produce is accepted', () => {
  it.each(GENERATED)('%s: %s', (_, name, message) => {
    expect(missing(name, message)).toEqual([]);
    expect(JSON.parse(prepared(name, {}, message).request.body)).toEqual(message);
  });

  it('for every operation', () => {
    expect(NAMES.filter((name) => !GENERATED.some(([, given]) => given === name))).toEqual([]);
  });

  it.each(GENERATED.filter(([, name]) => name.startsWith('account.') && name !== 'account.realAccounts'))(
    '%s: the account of %s must come back',
    (_, name, message) => {
      expect(expectationOf(broker(), OPERATIONS[name], message).echoes).toMatchObject({ vtAccNo: VT_ACC_NO, ci: CI });
    },
  );

  it('the items of a wrapped message must come back', () => {
    const message = {
      virtualAccountRequest: {
        commonHeader: HEADER,
        body: { virtualAccount: [NEW_ITEM, { ...NEW_ITEM, vtAccNp: VT_ACC_NO }] },
      },
    };
    expect(expectationOf(broker(), OPERATIONS['virtualAccount.request'], message).items).toEqual([
      {},
      { vtAccNo: VT_ACC_NO },
    ]);
  });
});

const QUERY_NAMES = ['queryType', 'queryParams', 'queryParameter', 'requestParameters'];

describe('the query block may have the name of any year', () => {
  it.each(
    QUERY_NAMES.flatMap((block) => [
      ['account.portfolio', block, { portfolioRequestBody: { [block]: QUERY } }] as const,
      ['account.transaction', block, { body: { [block]: { fromDate: '20160103', toDate: '20160303' } } }] as const,
      ['b2b.orderDetail', block, { orderDetailListRequestBody: { [block]: B2B_QUERY } }] as const,
    ]),
  )('%s: %s', (name, _, body) => {
    expect(missing(name, { ...ENVELOPE, accInfo: ACCOUNT, ...body })).toEqual([]);
  });
});

describe('a refusal before any dial', () => {
  it('is 3002 where the operation is switched off, before its fields are looked at', () => {
    expect(
      prepare(broker({ operations: { 'account.balance': false } }), OPERATIONS['account.balance'], {}, 'request-1'),
    ).toEqual({
      kind: 'refused',
      fault: 'unknown-operation',
      description: 'account.balance is switched off',
    });
  });

  it('is 3003 with every field in one description', () => {
    expect(prepare(broker(), OPERATIONS['b2b.accountList'], { partner: { comId: 'F9999' } }, 'request-1')).toEqual({
      kind: 'refused',
      fault: 'missing-field',
      description: 'partner.srvId, commonHeader.reqIdConsumer',
    });
  });
});

describe('a message that cannot be sent at all', () => {
  it.each([
    [
      'larger than the limit',
      { filler: '가'.repeat(400) },
      'message: expected at most 1024 octets of JSON (limits.bodyBytes)',
    ],
    ['holding a big integer', { amount: 1n }, 'BigInt'],
  ])('throws a TypeError, being %s', (_, message, words) => {
    const operation = defineOperation({ name: 'a', path: '/a', kind: 'read' });
    const small = broker({ limits: { bodyBytes: 1_024 } });
    expect(() => prepare(small, operation, message, 'request-1')).toThrow(TypeError);
    expect(() => prepare(small, operation, message, 'request-1')).toThrow(words);
  });
});

describe('a message exactly as large as the limit', () => {
  it('can be sent', () => {
    const operation = defineOperation({ name: 'a', path: '/a', kind: 'read' });
    const filler = 'a'.repeat(1_024 - '{"filler":""}'.length);
    expect(prepare(broker({ limits: { bodyBytes: 1_024 } }), operation, { filler }, 'request-1').kind).toBe('ready');
  });
});

describe('the request', () => {
  it("has the path under the base URL, the media type, its id, and the broker's own headers", () => {
    const { request } = prepared('account.balance', { headers: { Authorization: 'Bearer SECRET', 'X-Tenant': 'a' } });
    expect(request).toMatchObject({
      path: '/v1/samsung/account/balance/search',
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'content-type': 'application/json; charset=utf-8',
        'x-request-id': 'request-1',
        authorization: 'Bearer SECRET',
        'x-tenant': 'a',
      },
      limits: { headBytes: 16_384, bodyBytes: 8_388_608 },
      freshSocket: false,
    });
  });

  it.each([
    ['no path', 'https://broker.example', '/account/balance/search'],
    ['a slash', 'https://broker.example/', '/account/balance/search'],
    ['a path and a slash', 'https://broker.example/v1/', '/v1/account/balance/search'],
  ])('keeps one slash behind a base URL with %s', (_, baseUrl, path) => {
    expect(prepared('account.balance', { baseUrl }).request.path).toBe(path);
  });

  it('goes where the configuration points the operation', () => {
    const operations = { 'account.balance': { path: '/balances' } };
    expect(prepared('account.balance', { operations }).request.path).toBe('/v1/samsung/balances');
  });

  it.each(NAMES)('of %s goes on a new socket only for a write', (name) => {
    expect(prepared(name).request.freshSocket).toBe(name.startsWith('virtualAccount.'));
  });

  it('takes each limit from the configured operation, the operation, the broker and the defaults, in this order', () => {
    const operation = defineOperation({
      name: 'account.balance',
      path: '/a',
      kind: 'read',
      timeouts: { headMs: 20, connectMs: 20 },
    });
    const options = {
      timeouts: { headMs: 10, connectMs: 10, bodyIdleMs: 10 },
      operations: { 'account.balance': { timeouts: { headMs: 30 } } },
    };
    expect(prepared('account.balance', options, {}, operation).request.timeouts).toEqual({
      connectMs: 20,
      headMs: 30,
      bodyIdleMs: 10,
    });
    expect(prepared('account.balance').request.timeouts).toEqual({
      connectMs: 3_000,
      headMs: 5_000,
      bodyIdleMs: 2_000,
    });
  });
});

describe('a TRCODE', () => {
  const PF01 = { operations: { 'account.balance': { trCode: 'PF01' } } };
  const PAIR = { operations: { 'account.balance': { trCode: { request: 'PF01', response: 'PF51' } } } };

  function sent(options: Partial<BrokerOptions>, message?: JsonObject, operation?: Operation) {
    const { request, expected } = prepared('account.balance', options, message, operation);
    return { headers: request.headers, body: JSON.parse(request.body) as JsonObject, expected: expected.trCode };
  }

  it('is sent in a header', () => {
    const { headers, body, expected } = sent({ trCodeAt: 'header:X-TRCODE', ...PF01 });
    expect(headers['x-trcode']).toBe('PF01');
    expect(body).toEqual(REQUESTS['account.balance']);
    expect(expected).toBe('PF01');
  });

  it('is sent in the message, beside what stands there', () => {
    const { headers, body } = sent({ trCodeAt: 'commonHeader.trCode', ...PF01 });
    expect(body['commonHeader']).toEqual({
      ...(REQUESTS['account.balance']['commonHeader'] as object),
      trCode: 'PF01',
    });
    expect(Object.values(headers)).not.toContain('PF01');
  });

  it('is sent in a block that the message did not have, or had as no block', () => {
    expect(sent({ trCodeAt: 'head.trCode', ...PF01 }).body['head']).toEqual({ trCode: 'PF01' });
    const message = { ...REQUESTS['account.balance'], head: 'x' };
    expect(sent({ trCodeAt: 'head.trCode', ...PF01 }, message).body['head']).toEqual({ trCode: 'PF01' });
  });

  it('is sent in one place and expected in another', () => {
    const { headers, expected } = sent({ trCodeAt: { request: 'header:TRCODE', response: 'head.trCode' }, ...PAIR });
    expect(headers['trcode']).toBe('PF01');
    expect(expected).toBe('PF51');
  });

  it('comes from the operation where the configuration names none', () => {
    const operation = defineOperation({ name: 'account.balance', path: '/a', kind: 'read', trCode: 'OWN1' });
    expect(sent({ trCodeAt: 'header:TRCODE' }, undefined, operation).headers['trcode']).toBe('OWN1');
    expect(sent({ trCodeAt: 'header:TRCODE', ...PF01 }, undefined, operation).headers['trcode']).toBe('PF01');
  });

  it('is left out where nothing says where, or what', () => {
    expect(sent(PF01).body).toEqual(REQUESTS['account.balance']);
    expect(sent({ trCodeAt: 'commonHeader.trCode' }).body).toEqual(REQUESTS['account.balance']);
  });

  it("never touches the caller's own message", () => {
    const message = structuredClone(REQUESTS['account.balance']) as Record<string, unknown>;
    Object.freeze(message);
    Object.freeze(message['commonHeader']);
    expect(sent({ trCodeAt: 'commonHeader.trCode', ...PF01 }, message).body['commonHeader']).toMatchObject({
      trCode: 'PF01',
    });
    expect(message).toEqual(REQUESTS['account.balance']);
  });
});

describe('withValueAt', () => {
  it('shares every part that it does not change', () => {
    const message = { a: { b: 1 }, c: { d: 2 } };
    const changed = withValueAt(message, ['a', 'x'], 3);
    expect(changed).toEqual({ a: { b: 1, x: 3 }, c: { d: 2 } });
    expect(changed['c']).toBe(message.c);
    expect(message).toEqual({ a: { b: 1 }, c: { d: 2 } });
  });
});

describe('what must come back', () => {
  it('is what the request carries, without blanks', () => {
    const message = { commonHeader: { reqIdConsumer: ' A ', reqIdPlatform: 'null', ci: '' }, accInfo: { vtAccNo: 1 } };
    expect(expectationOf(broker(), OPERATIONS['account.balance'], message).echoes).toEqual({
      reqIdConsumer: 'A',
      vtAccNo: '1',
    });
  });

  it('is limited to the fields that the broker echoes', () => {
    const { echoes } = expectationOf(
      broker({ echoes: ['ci'] }),
      OPERATIONS['account.balance'],
      REQUESTS['account.balance'],
    );
    expect(echoes).toEqual({ ci: CI });
  });

  it('has items for the messages that have them', () => {
    expect(expectationOf(broker(), OPERATIONS['account.balance'], {})).not.toHaveProperty('items');
    expect(expectationOf(broker(), OPERATIONS['virtualAccount.discard'], {}).items).toEqual([]);
  });
});
