import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { withObject } from '../../src/flow/fields.ts';
import { Echoes, mismatchOf } from '../../src/flow/verify.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { OperationName } from '../../src/model/operations.ts';
import { acks, CI, expecting, REQUESTS, VT_ACC_NO } from './given.ts';

const OTHER = '999900000000000002';
const FULL = {
  ...REQUESTS['account.balance'],
  commonHeader: { reqIdPlatform: 'P-0001', reqIdConsumer: 'TEST-0001', certDn: '', ci: CI },
};

function mismatch(
  answer: JsonObject,
  request: JsonObject = FULL,
  options: Partial<BrokerOptions> = {},
  isError = false,
) {
  return mismatchOf(expecting('account.balance', options, request), {}, answer, isError);
}

describe('an echo that is not ours is told', () => {
  it.each<readonly [string, JsonObject]>([
    ['reqIdConsumer', { commonHeader: { reqIdConsumer: 'TEST-0002' } }],
    ['reqIdPlatform', { commonHeader: { reqIdPlatform: 'P-0002' } }],
    ['ci', { commonHeader: { ci: CI.replace('1', '2') } }],
    ['vtAccNo at the top', { accInfo: { vtAccNo: OTHER } }],
    ['vtAccNo inside the body', { balanceResponseBody: { accInfo: { vtAccNo: OTHER } } }],
    ['vtAccNo inside the oldest body', { body: { accInfo: { vtAccNo: OTHER } } }],
    ['vtAccNp', { accInfo: { vtAccNp: OTHER } }],
    ['vtAccNp beside an empty vtAccNo', { accInfo: { vtAccNo: null, vtAccNp: OTHER } }],
    ['vtAccNp beside our vtAccNo', { accInfo: { vtAccNo: VT_ACC_NO, vtAccNp: OTHER } }],
    ['vtAccNo as a number', { accInfo: { vtAccNo: 42 } }],
    ['the second of two', { accInfo: { vtAccNo: VT_ACC_NO }, balanceResponseBody: { accInfo: { vtAccNo: OTHER } } }],
    ['reqIdConsumer in the repeated request', { balanceRequest: { commonHeader: { reqIdConsumer: 'TEST-0002' } } }],
    ['vtAccNo in the repeated request', { balanceRequest: { accInfo: { vtAccNo: OTHER } } }],
    ['vtAccNp in the body of the repeated request', { balanceRequest: { body: { accInfo: { vtAccNp: OTHER } } } }],
    ['another letter case', { commonHeader: { reqIdConsumer: 'test-0001' } }],
    ['a part of ours', { commonHeader: { reqIdConsumer: 'TEST-000' } }],
  ])('%s', (_, answer) => {
    expect(mismatch(answer)).toBe('echo-mismatch');
    expect(mismatch(answer, FULL, {}, true)).toBe('echo-mismatch');
  });
});

describe('objects that are gathered from an answer', () => {
  it('are put into one list: to copy it for each of very many would hold up every call', () => {
    const list = withObject([], { first: 1 });
    expect(withObject(list, { second: 2 })).toBe(list);
    expect(withObject(list, 'no object')).toEqual([{ first: 1 }, { second: 2 }]);
  });

  it('are all looked at', () => {
    const own = Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [`a${String(at)}ResponseBody`, { accInfo: { vtAccNo: VT_ACC_NO } }]),
    );
    expect(mismatch(own)).toBeUndefined();
    expect(mismatch({ ...own, balanceResponseBody: { accInfo: { vtAccNo: OTHER } } })).toBe('echo-mismatch');
  });
});

describe('an echo is ours', () => {
  it.each<readonly [string, JsonObject]>([
    [
      'where it is the same',
      {
        commonHeader: { reqIdPlatform: 'P-0001', reqIdConsumer: 'TEST-0001', ci: CI },
        accInfo: { vtAccNo: VT_ACC_NO },
      },
    ],
    ['with blanks around it', { commonHeader: { reqIdConsumer: ' TEST-0001', ci: ` ${CI} ` } }],
    ['where it does not come back', {}],
    ['where it comes back as null', { commonHeader: { reqIdConsumer: null, ci: null }, accInfo: { vtAccNo: null } }],
    ['where it comes back as ""', { commonHeader: { reqIdConsumer: '', ci: ' ' }, accInfo: { vtAccNo: '' } }],
    ['where it comes back as "null"', { commonHeader: { reqIdConsumer: 'null' }, accInfo: { vtAccNo: ' null ' } }],
    ['where the blocks are none', { commonHeader: 'x', accInfo: ['y'], balanceResponseBody: null }],
    [
      'where another field is not ours',
      { commonHeader: { certDn: 'cn=other' }, accInfo: { realAccNo: 'other' }, vtAccNo: OTHER },
    ],
    ['as a number with the same digits', { accInfo: { vtAccNo: VT_ACC_NO } }],
  ])('%s', (_, answer) => {
    expect(mismatch(answer)).toBeUndefined();
  });

  it.each<readonly [string, JsonObject]>([
    ['left the field out', { ...FULL, commonHeader: {} }],
    ['left it blank', { ...FULL, commonHeader: { reqIdConsumer: ' ', reqIdPlatform: 'null', ci: null } }],
    ['had no header', { accInfo: { vtAccNo: VT_ACC_NO } }],
  ])('where the request %s', (_, request) => {
    const answer = { commonHeader: { reqIdConsumer: 'A', reqIdPlatform: 'B', ci: 'C' } };
    expect(mismatch(answer, request)).toBeUndefined();
  });

  it('where request and answer write the same number as number and as text', () => {
    const request = { ...FULL, commonHeader: { reqIdConsumer: 42 } };
    expect(mismatch({ commonHeader: { reqIdConsumer: '42' } }, request)).toBeUndefined();
    expect(mismatch({ commonHeader: { reqIdConsumer: 42 } }, request)).toBeUndefined();
  });
});

describe('echoes of a configuration', () => {
  const answer = { commonHeader: { reqIdConsumer: 'TEST-0002' }, accInfo: { vtAccNo: OTHER } };

  it.each<readonly [BrokerOptions['echoes'], string | undefined]>([
    [undefined, 'echo-mismatch'],
    [['reqIdConsumer'], 'echo-mismatch'],
    [['vtAccNo', 'ci'], 'echo-mismatch'],
    [['ci', 'reqIdPlatform'], undefined],
    [[], undefined],
  ])('%j', (echoes, result) => {
    expect(mismatch(answer, FULL, { echoes })).toBe(result);
  });
});

describe('echoes of a request', () => {
  it.each<readonly [string, JsonObject, string | undefined]>([
    ['accInfo at the top', { accInfo: { vtAccNo: VT_ACC_NO } }, VT_ACC_NO],
    ['accInfo inside the body', { balanceRequestBody: { accInfo: { vtAccNo: VT_ACC_NO } } }, VT_ACC_NO],
    ['accInfo under body', { body: { accInfo: { vtAccNp: VT_ACC_NO } } }, VT_ACC_NO],
    ['a wrapped request', { balanceRequest: { body: { accInfo: { vtAccNo: VT_ACC_NO } } } }, VT_ACC_NO],
    ['no account', {}, undefined],
  ])('are found in %s', (_, request, value) => {
    expect(new Echoes(request).first('vtAccNo')).toBe(value);
  });

  it.each<readonly [string, JsonObject]>([
    ['in the body', { ...FULL, accInfo: {}, balanceRequestBody: { accInfo: { vtAccNo: VT_ACC_NO } } }],
    ['under an older name', { ...FULL, accInfo: {}, balanceRequestBody: { accInfo: { vtAccNp: VT_ACC_NO } } }],
    ['in a wrapped message', { balanceRequest: { ...FULL, accInfo: {}, body: { accInfo: { vtAccNo: VT_ACC_NO } } } }],
  ])('are compared when they stand %s', (_, request) => {
    expect(mismatch({ accInfo: { vtAccNo: OTHER } }, request)).toBe('echo-mismatch');
    expect(mismatch({ accInfo: { vtAccNo: VT_ACC_NO } }, request)).toBeUndefined();
  });
});

describe('the TRCODE of a broker that tags its messages', () => {
  function tagged(
    at: NonNullable<BrokerOptions['trCodeAt']>,
    trCode: string | { request: string; response: string } = 'BL01',
  ) {
    return expecting('account.balance', { trCodeAt: at, operations: { 'account.balance': { trCode } } });
  }
  const HEADER = tagged('header:X-TRCODE');
  const PATH = tagged('commonHeader.trCode');
  const PAIR = tagged(
    { request: 'header:X-TRCODE', response: 'commonHeader.trCode' },
    { request: 'BL01', response: 'BL51' },
  );
  const UNTAGGED = expecting('account.balance', { trCodeAt: 'commonHeader.trCode' });

  it.each([
    ['is in the header', HEADER, { 'x-trcode': 'BL01' }, {}, undefined],
    ['is in the header with blanks', HEADER, { 'x-trcode': ' BL01 ' }, {}, undefined],
    ['is another in the header', HEADER, { 'x-trcode': 'BL02' }, {}, 'trcode-mismatch'],
    ['is in another letter case', HEADER, { 'x-trcode': 'bl01' }, {}, 'trcode-mismatch'],
    ['is absent', HEADER, {}, {}, 'trcode-mismatch'],
    ['is blank', HEADER, { 'x-trcode': ' ' }, {}, 'trcode-mismatch'],
    ['is in the message', PATH, {}, { commonHeader: { trCode: 'BL01' } }, undefined],
    ['is another in the message', PATH, {}, { commonHeader: { trCode: 'BL02' } }, 'trcode-mismatch'],
    ['is null in the message', PATH, {}, { commonHeader: { trCode: null } }, 'trcode-mismatch'],
    ['is no text in the message', PATH, {}, { commonHeader: { trCode: ['BL01'] } }, 'trcode-mismatch'],
    ['stands in the header, not in the message', PATH, { trcode: 'BL01' }, {}, 'trcode-mismatch'],
    ['is the one of the response', PAIR, {}, { commonHeader: { trCode: 'BL51' } }, undefined],
    ['is the one of the request', PAIR, {}, { commonHeader: { trCode: 'BL01' } }, 'trcode-mismatch'],
    ['is not configured for the operation', UNTAGGED, {}, { commonHeader: { trCode: 'BL02' } }, undefined],
  ] as const)('%s', (_, expected, headers, message, result) => {
    expect(mismatchOf(expected, headers, message, false)).toBe(result);
  });

  it('may be absent beside an error, but not another', () => {
    expect(mismatchOf(HEADER, {}, {}, true)).toBeUndefined();
    expect(mismatchOf(HEADER, { 'x-trcode': '' }, {}, true)).toBeUndefined();
    expect(mismatchOf(HEADER, { 'x-trcode': 'BL02' }, {}, true)).toBe('trcode-mismatch');
  });
});

describe('the acknowledgement of items', () => {
  function asked(name: OperationName, ...virtualAccount: JsonObject[]) {
    return expecting(name, {}, { ...REQUESTS[name], virtualAccountList: { virtualAccount } });
  }
  const REQ = asked('virtualAccount.request', { trCode: 'REQ' });
  const REQ_NULL = asked('virtualAccount.request', { trCode: 'REQ', vtAccNo: 'null' });
  const ISS = asked('virtualAccount.enrol', { trCode: 'ISS', vtAccNo: VT_ACC_NO });
  const TWO = asked('virtualAccount.discard', { trCode: 'DIS', vtAccNo: VT_ACC_NO }, { trCode: 'DIS', vtAccNo: OTHER });

  function ack(trCode: unknown, vtAccNo?: unknown): JsonObject {
    return { trCode, status: 'SUCCESS', ...(vtAccNo !== undefined && { vtAccNo }) };
  }

  it.each([
    ['of the one item', REQ, acks(ack('REQ', VT_ACC_NO)), undefined],
    ['with a number the request could not know', REQ_NULL, acks(ack('REQ', OTHER)), undefined],
    ['with blanks around its TRCODE', REQ, acks(ack(' REQ ')), undefined],
    ['without a TRCODE', REQ, acks(ack(undefined)), 'trcode-mismatch'],
    ['with an empty TRCODE', REQ, acks(ack('')), 'trcode-mismatch'],
    ['with an unknown TRCODE', REQ, acks(ack('NEW')), 'trcode-mismatch'],
    ['with the TRCODE of another operation', ISS, acks(ack('REQ', VT_ACC_NO)), 'trcode-mismatch'],
    ['with a TRCODE in another letter case', REQ, acks(ack('req')), 'trcode-mismatch'],
    ['of no item', REQ, acks(), 'trcode-mismatch'],
    ['of nothing', REQ, {}, 'trcode-mismatch'],
    ['of one item too many', REQ, acks(ack('REQ'), ack('REQ')), 'trcode-mismatch'],
    ['of one item too few', TWO, acks(ack('DIS', VT_ACC_NO)), 'trcode-mismatch'],
    ['whose second item is of something else', TWO, acks(ack('DIS', VT_ACC_NO), ack('REP', OTHER)), 'trcode-mismatch'],
    ['that holds no items', REQ, { virtualAccountResponseList: { virtualAccount: ['REQ'] } }, 'trcode-mismatch'],
    ['of both items', TWO, acks(ack('DIS', VT_ACC_NO), ack('DIS', OTHER)), undefined],
    ['of both items in another order', TWO, acks(ack('DIS', OTHER), ack('DIS', VT_ACC_NO)), undefined],
    ['of both items without numbers', TWO, acks(ack('DIS'), ack('DIS', 'null')), undefined],
    ['of both items, one of them without its number', TWO, acks(ack('DIS'), ack('DIS', VT_ACC_NO)), undefined],
    ['of the first item twice', TWO, acks(ack('DIS', VT_ACC_NO), ack('DIS', VT_ACC_NO)), 'echo-mismatch'],
    ['of one item twice', TWO, acks(ack('DIS', OTHER), ack('DIS', OTHER)), 'echo-mismatch'],
    ["of somebody else's item", ISS, acks(ack('ISS', OTHER)), 'echo-mismatch'],
    ["of somebody else's item under the older name", ISS, acks({ ...ack('ISS'), vtAccNp: OTHER }), 'echo-mismatch'],
    ['in the list of the request', REQ, { virtualAccountList: { virtualAccount: [ack('REQ')] } }, undefined],
    ['in the oldest body', REQ, { body: { virtualAccount: [ack('REQ')] } }, undefined],
    ['as one item and no list', REQ, { virtualAccountResponseList: { virtualAccount: ack('REQ') } }, undefined],
  ])('%s', (_, expected, message, result) => {
    expect(mismatchOf(expected, {}, message, false)).toBe(result);
  });

  it('may be absent beside an error, but not of something else', () => {
    expect(mismatchOf(ISS, {}, {}, true)).toBeUndefined();
    expect(mismatchOf(ISS, {}, acks({ status: 'FAILED' }), true)).toBeUndefined();
    expect(mismatchOf(ISS, {}, acks(ack('REQ')), true)).toBe('trcode-mismatch');
  });

  it('is nothing to a read', () => {
    expect(mismatch({ virtualAccountResponseList: { virtualAccount: [ack('REQ'), ack('DIS')] } })).toBeUndefined();
  });
});
