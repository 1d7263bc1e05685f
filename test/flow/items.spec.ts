import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { classify } from '../../src/flow/classify.ts';
import { itemsOf } from '../../src/flow/items.ts';
import { translate } from '../../src/flow/translate.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { OperationName } from '../../src/model/operations.ts';
import { acks, answered, expecting, REQUESTS, VT_ACC_NO } from './given.ts';

function asked(name: OperationName, count: number) {
  const list = (REQUESTS[name]['virtualAccountList'] as { virtualAccount: readonly JsonObject[] }).virtualAccount;
  return expecting(
    name,
    {},
    { ...REQUESTS[name], virtualAccountList: { virtualAccount: Array.from({ length: count }, () => list[0] ?? {}) } },
  );
}

const ONE = asked('virtualAccount.request', 1);
const TWO = asked('virtualAccount.request', 2);

function failed(message: unknown, status: unknown = 'FAILURE'): JsonObject {
  return { trCode: 'REQ', status, message };
}

const DONE = { trCode: 'REQ', status: 'SUCCESS', message: '처리성공' };

describe('every item failed', () => {
  it.each([
    ['virtualAccount.enrol', 'ISS', 5004, 'Failure To Enrol an vtAccNo'],
    ['virtualAccount.replace', 'REP', 5005, 'Failure To Change an vtAccNo'],
    ['virtualAccount.request', 'REQ', 5006, 'Failure To Issue an vtAccNo'],
    ['virtualAccount.discard', 'DIS', 5007, 'Failure To discard an vtAccNo'],
  ] as const)('%s (%s) fails as %d', (name, trCode, code, message) => {
    const expected = expecting(name);
    const verdict = classify(answered(acks({ trCode, status: 'FAILURE', message: '중복 등록' })), expected);
    if (verdict.kind !== 'fault') throw new TypeError('expected a fault');
    const error = translate(verdict, { expected, kind: 'write' });
    expect(error.toJSON()).toEqual({ category: 'samsung', code, message, description: '중복 등록' });
    expect(error).toMatchObject({ fault: 'item-failed', outcome: 'rejected', blame: 'caller', httpStatus: 500 });
  });

  it.each([
    ['FAILURE', 'FAILURE'],
    ['FAILED', 'FAILED'],
    ['in another letter case', 'failed'],
    ['with blanks', ' FAILED '],
  ])('says so by %s', (_, status) => {
    expect(itemsOf(ONE, acks(failed('x', status))).failure).toEqual({ code: 5006, reason: 'x' });
  });

  it.each<readonly [string, unknown, string]>([
    ['the text alone', '중복 등록', '중복 등록'],
    ['the fixed text and brackets', 'Failure To Issue an vtAccNo, [중복 등록]', '중복 등록'],
    ['brackets alone', '[중복 등록]', '중복 등록'],
    ['the fixed text alone', 'Failure To Issue an vtAccNo', ''],
    ['nothing', undefined, ''],
    ['the text "null"', 'null', ''],
    ['a number', 12, '12'],
    ['a block', { ko: '중복' }, ''],
  ])('gives its reason as %s', (_, message, reason) => {
    expect(itemsOf(ONE, acks(failed(message))).failure).toEqual({ code: 5006, reason });
  });

  it('each reason once, in the order given', () => {
    const items = [failed('중복 등록'), failed('한도 초과'), failed('중복 등록'), failed('')];
    expect(itemsOf(asked('virtualAccount.request', 4), acks(...items)).failure).toEqual({
      code: 5006,
      reason: '중복 등록; 한도 초과',
    });
  });
});

describe('some items failed', () => {
  it('leaves the call a success and names the others by their place', () => {
    const verdict = classify(answered(acks(DONE, failed('이미 등록된 계좌'))), TWO);
    expect(verdict).toMatchObject({
      kind: 'answer',
      warnings: [],
      itemFailures: [{ index: 1, code: 5006, message: 'Failure To Issue an vtAccNo', description: '이미 등록된 계좌' }],
    });
  });

  it('leaves the description out where the broker gave no reason', () => {
    expect(itemsOf(TWO, acks(failed(''), DONE)).itemFailures).toEqual([
      { index: 0, code: 5006, message: 'Failure To Issue an vtAccNo' },
    ]);
  });

  it('shows nothing personal of request or answer', () => {
    const answer = acks(DONE, {
      ...failed(`0000-FAKE-0001 / ${VT_ACC_NO} / 가상계좌1 / 홍길동 중복`),
      vtAccAlias: '홍길동',
    });
    expect(itemsOf(TWO, answer).itemFailures[0]?.description).toBe('*** / *** / *** / *** 중복');
  });
});

describe('a status nobody documented', () => {
  it.each([['PENDING'], [''], [null], [undefined], [true], [{}]])('%j is a warning, no failure', (status) => {
    expect(itemsOf(ONE, acks({ trCode: 'REQ', status }))).toEqual({
      itemFailures: [],
      warnings: ['item 0: status is neither SUCCESS, FAILURE nor FAILED'],
    });
  });

  it('beside a failure leaves the call a success', () => {
    const items = itemsOf(TWO, acks(failed('중복'), { trCode: 'REQ', status: 'PENDING' }));
    expect(items).toMatchObject({
      itemFailures: [{ index: 0 }],
      warnings: ['item 1: status is neither SUCCESS, FAILURE nor FAILED'],
    });
    expect(items.failure).toBeUndefined();
  });
});

describe('no items', () => {
  it('are looked for in an answer of another operation', () => {
    expect(itemsOf(expecting('account.balance'), acks(failed('x')))).toEqual({ itemFailures: [], warnings: [] });
  });

  it('that are not there are no failures', () => {
    expect(itemsOf(ONE, {})).toEqual({ itemFailures: [], warnings: [] });
  });

  it('that succeeded are no failures', () => {
    expect(itemsOf(TWO, acks(DONE, DONE))).toEqual({ itemFailures: [], warnings: [] });
  });
});

describe('what an answer is warned of', () => {
  it('is told of its octets first, then of its items', () => {
    const body = iconv.encode(JSON.stringify(acks(DONE, { ...DONE, status: 'PENDING' })), 'cp949');
    const headers = { 'content-type': 'application/json; charset=euc-kr' };
    expect(classify(answered(body, { headers }), TWO)).toMatchObject({
      kind: 'answer',
      warnings: [
        'body is not UTF-8, read as CP949 (declared euc-kr)',
        'item 1: status is neither SUCCESS, FAILURE nor FAILED',
      ],
    });
  });
});
