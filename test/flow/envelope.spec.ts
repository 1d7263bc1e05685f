import { describe, expect, it } from '@jest/globals';
import type { DialectOptions } from '../../src/brokers/options.ts';
import { classify } from '../../src/flow/classify.ts';
import { resultOf, valueAt } from '../../src/flow/envelope.ts';
import { translate } from '../../src/flow/translate.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { answered, broker, expecting, faultOf } from './given.ts';

const OK = { respCode: '200', respMsg: 'OK' };
const SUCCESS = { kind: 'success', text: 'OK' };
const NONE = { kind: 'none' };

function code(number: number, text = '') {
  return { kind: 'code', code: number, text };
}

describe('the result block', () => {
  it.each<readonly [string, JsonObject, object]>([
    ['at the top', { resp: OK }, SUCCESS],
    ['inside the one *ResponseBody', { balanceResponseBody: { resp: OK } }, SUCCESS],
    ['at the top before one inside', { resp: OK, balanceResponseBody: { resp: { respCode: '4001' } } }, SUCCESS],
    ['inside, given a top one that is no block', { resp: 'OK', balanceResponseBody: { resp: OK } }, SUCCESS],
    ['nowhere', { balanceResponseBody: {} }, NONE],
    ['inside one of two bodies', { aResponseBody: { resp: OK }, bResponseBody: {} }, NONE],
    ['inside a body of the oldest form', { body: { resp: OK } }, NONE],
    ['as a list', { resp: [OK] }, NONE],
    ['as null', { resp: null }, NONE],
    ['under a prototype only', Object.create({ resp: OK }) as JsonObject, NONE],
  ])('stands %s', (_, message, result) => {
    expect(resultOf(message, 200, undefined)).toEqual(result);
  });

  it.each<readonly [string, unknown, object]>([
    ['text', '200', SUCCESS],
    ['a number', 200, SUCCESS],
    ['text with blanks', ' 200 ', SUCCESS],
    ['text with a point', '200.0', SUCCESS],
    ['text with leading zeros', '00200', SUCCESS],
    ['text with a sign', '+200', SUCCESS],
    ["the broker's", '4001', code(4001, 'OK')],
    ["the broker's as a float", 4001.0, code(4001, 'OK')],
    ["the broker's with a point", '4001.0', code(4001, 'OK')],
    ['zero', '0', code(0, 'OK')],
    ['negative', -1, code(-1, 'OK')],
    ['a fraction', 200.5, code(200.5, 'OK')],
    ['a word', 'OK', { kind: 'not-a-code', theirs: 'OK' }],
    ['in full-width digits', '２００', { kind: 'not-a-code', theirs: '２００' }],
    ['hexadecimal', '0xC8', { kind: 'not-a-code', theirs: '0xC8' }],
    ['with an exponent', '2e2', { kind: 'not-a-code', theirs: '2e2' }],
    ['blank', ' ', { kind: 'not-a-code' }],
    ['null', null, { kind: 'not-a-code' }],
    ['a flag', true, { kind: 'not-a-code' }],
    ['a block', { code: '200' }, { kind: 'not-a-code' }],
    ['a word of 16 characters', 'E'.repeat(16), { kind: 'not-a-code', theirs: 'E'.repeat(16) }],
    ['a word of 17 characters', 'E'.repeat(17), { kind: 'not-a-code' }],
    ['long enough to be an account', '999900000000000001', { kind: 'not-a-code' }],
  ])('has a code that is %s', (_, respCode, result) => {
    expect(resultOf({ resp: { respCode, respMsg: ' OK ' } }, 200, undefined)).toEqual(result);
  });

  it.each<readonly [string, JsonObject, object]>([
    ['resCode', { resCode: '200', respMsg: 'OK' }, SUCCESS],
    ['respCode before resCode', { respCode: '4001', resCode: '200' }, code(4001)],
    ['neither', { respMsg: 'OK' }, { kind: 'not-a-code' }],
    ['no text', { respCode: '4001' }, code(4001)],
    ['a text that is a number', { respCode: '4001', respMsg: 5 }, code(4001, '5')],
    ['a text that is a block', { respCode: '4001', respMsg: { ko: '없음' } }, code(4001)],
  ])('names its code and text by %s', (_, resp, result) => {
    expect(resultOf({ resp }, 200, undefined)).toEqual(result);
  });
});

describe("the standard's own body", () => {
  const BODY = { category: 'diamond', code: 5007, message: 'Failure To discard an vtAccNo' };

  it.each<readonly [string, JsonObject, object]>([
    ['a number', BODY, code(5007, BODY.message)],
    ['as text', { ...BODY, code: ' 5007 ' }, code(5007, BODY.message)],
    [
      'with a description',
      { ...BODY, description: ' 이미 폐기 ' },
      { ...code(5007, BODY.message), reason: '이미 폐기' },
    ],
    ['of a success', { ...BODY, code: 200, message: 'OK' }, SUCCESS],
    ['of the platform', { category: 'op-exco', code: '3600', message: '' }, code(3600)],
    ['that is a word', { ...BODY, code: 'E' }, { kind: 'not-a-code', theirs: 'E' }],
  ])('has a code %s', (_, message, result) => {
    expect(resultOf(message, 500, undefined)).toEqual(result);
  });

  it.each<readonly [string, JsonObject]>([
    ['no category', { code: 5007, message: 'x' }],
    ['no code', { category: 'op-spt', message: 'x' }],
    ['no message', { category: 'diamond', code: 5007 }],
    ['a category that is no text', { ...BODY, category: 1 }],
  ])('is none with %s', (_, message) => {
    expect(resultOf(message, 500, undefined)).toEqual(NONE);
  });

  it('gives way to a result block', () => {
    expect(resultOf({ ...BODY, resp: OK }, 200, undefined)).toEqual(SUCCESS);
  });
});

describe('what a gateway answers is no envelope', () => {
  it.each<readonly [number, JsonObject]>([
    [401, { message: 'Invalid authentication credentials' }],
    [401, { message: 'No API key found in request' }],
    [404, { message: 'no Route matched with those values' }],
    [429, { message: 'API rate limit exceeded' }],
    [400, { error: 'invalid_request', error_description: 'Access token has expired' }],
    [400, { message: 'Access token does not exist', code: 'invalid_request' }],
    [400, { error: '잘못된 요청' }],
  ])('%d %j', (status, message) => {
    expect(resultOf(message, status, undefined)).toEqual(NONE);
  });
});

/** What a broker with this dialect answers, as the caller sees it: the fault and the standard's body. */
function seen(dialect: DialectOptions, message: JsonObject, status = 200) {
  const expected = expecting('account.balance', { dialect });
  const verdict = classify(answered(message, { status }), expected);
  if (verdict.kind !== 'fault') return faultOf(verdict);
  const { category, code: number, description } = translate(verdict, { expected }).toJSON();
  return [verdict.fault, category, number, description];
}

const KIS: DialectOptions = {
  result: { code: 'rt_cd', detail: 'msg_cd', message: 'msg1', success: ['0'] },
  respCodes: { 204: 4001, EGW00201: { code: 3600, fault: 'throttled' }, APBK1271: 4001 },
  otherwise: 7000,
};

describe("the contract's example of a dialect", () => {
  it.each<readonly [string, JsonObject, unknown]>([
    ['a success', { rt_cd: '0', msg_cd: 'MCA00000', msg1: '정상처리 되었습니다.' }, 'answer'],
    ['a success as a number', { rt_cd: 0 }, 'answer'],
    [
      'a mapped detail',
      { rt_cd: '1', msg_cd: 'APBK1271', msg1: '계좌번호 오류' },
      ['broker-error', 'samsung', 4001, 'APBK1271 계좌번호 오류'],
    ],
    ['a mapped code', { rt_cd: '204', msg1: '계좌 없음' }, ['broker-error', 'samsung', 4001, '204 계좌 없음']],
    [
      'a mapped code with its fault',
      { rt_cd: '1', msg_cd: 'EGW00201', msg1: '초당 거래건수 초과' },
      ['throttled', 'op-exco', 3600, undefined],
    ],
    [
      'what is mapped nowhere',
      { rt_cd: '1', msg_cd: 'APBK0918', msg1: '장 운영시간이 아닙니다   ' },
      ['broker-error', 'samsung', 7000, 'APBK0918 장 운영시간이 아닙니다'],
    ],
    ['nothing but a code', { rt_cd: '7' }, ['broker-error', 'samsung', 7000, '7']],
    [
      'a number of theirs that is one of ours',
      { rt_cd: '4001', msg1: 'x' },
      ['broker-error', 'samsung', 7000, '4001 x'],
    ],
    ['200, which is no success of theirs', { rt_cd: '200' }, ['broker-error', 'samsung', 7000, '200']],
    ["the platform's own envelope", { resp: OK }, ['envelope-missing', 'op-exco', 3011, undefined]],
    ['a blank code', { rt_cd: ' ', msg1: 'x' }, ['envelope-missing', 'op-exco', 3011, undefined]],
    ['a code that is a block', { rt_cd: { a: 1 } }, ['envelope-missing', 'op-exco', 3011, undefined]],
  ])('%s', (_, message, result) => {
    expect(seen(KIS, message)).toEqual(result);
  });
});

const FOREIGN_CODE = { result: { code: 'code', message: 'text', success: ['00000'] } };

describe('a dialect without an otherwise', () => {
  it.each<readonly [string, JsonObject, unknown]>([
    ['a number of theirs is out of range', { code: '3024' }, ['respcode-out-of-range', 'op-exco', 3011, undefined]],
    ['a word of theirs is no code', { code: 'IGW00201' }, ['respcode-invalid', 'op-exco', 3011, undefined]],
    ['200 is no success of theirs', { code: '200' }, ['respcode-invalid', 'op-exco', 3011, undefined]],
    [
      "a number of theirs is never one of the linkage server's",
      { code: '3005' },
      ['respcode-out-of-range', 'op-exco', 3011, undefined],
    ],
    [
      "a number in the brokers' range is theirs",
      { code: '4001', text: '[해지]' },
      ['broker-error', 'samsung', 4001, '해지'],
    ],
  ])('%s', (_, message, result) => {
    expect(seen(FOREIGN_CODE, message)).toEqual(result);
  });
});

describe('respCodes', () => {
  it.each<readonly [string, DialectOptions, unknown, unknown]>([
    ["replace the platform's codes", { respCodes: { 204: 4001 } }, '204', ['broker-error', 'samsung', 4001, '204']],
    [
      'are looked up whether number or text',
      { respCodes: { 204: 4001 } },
      204,
      ['broker-error', 'samsung', 4001, '204'],
    ],
    [
      'may re-point a code of the range',
      { respCodes: { 4001: 4004 } },
      '4001',
      ['broker-error', 'samsung', 4004, '4001'],
    ],
    [
      'leave the other codes of the range',
      { respCodes: { 204: 4001 } },
      '4002',
      ['broker-error', 'samsung', 4002, undefined],
    ],
    [
      'leave the numbers outside',
      { respCodes: { 204: 4001 } },
      '205',
      ['respcode-out-of-range', 'op-exco', 3011, undefined],
    ],
    ['may be words', { respCodes: { E1: 6005 } }, 'E1', ['broker-error', 'samsung', 6005, 'E1']],
    [
      'to 3600 mean the broker cannot serve',
      { respCodes: { 503: 3600 } },
      '503',
      ['broker-unavailable', 'op-exco', 3600, undefined],
    ],
    [
      'to 3005 mean its own time-out',
      { respCodes: { 408: 3005 } },
      '408',
      ['broker-timeout', 'op-exco', 3005, undefined],
    ],
    [
      'to 3999 mean our credentials',
      { respCodes: { 401: 3999 } },
      '401',
      ['credentials-refused', 'op-exco', 3999, undefined],
    ],
    [
      'to 3002 are a code of the linkage server',
      { respCodes: { 501: 3002 } },
      '501',
      ['broker-error', 'op-exco', 3002, undefined],
    ],
    [
      'may name the fault',
      { respCodes: { 9: { code: 3600, fault: 'throttled' } } },
      '9',
      ['throttled', 'op-exco', 3600, undefined],
    ],
    [
      'leave the rest to otherwise',
      { respCodes: { 204: 4001 }, otherwise: 7000 },
      '999',
      ['broker-error', 'samsung', 7000, '999'],
    ],
    [
      'leave the codes of the range before otherwise',
      { otherwise: 7000 },
      '4002',
      ['broker-error', 'samsung', 4002, undefined],
    ],
    ['leave words to otherwise', { otherwise: 7000 }, 'E-1', ['broker-error', 'samsung', 7000, 'E-1']],
  ])('%s', (_, dialect, respCode, result) => {
    expect(seen(dialect, { resp: { respCode } })).toEqual(result);
  });

  it('never make an error of the success code', () => {
    expect(seen({ respCodes: { 204: 4001 }, otherwise: 7000 }, { resp: OK })).toBe('answer');
  });
});

describe('the rest of a dialect', () => {
  const TOKEN: DialectOptions = {
    ...KIS,
    alternates: [{ code: 'error_code', message: 'error_description' }, { code: 'error.code' }],
    empty: ['02679'],
  };
  const PLAIN: DialectOptions = {
    result: { code: 'error.code' },
    successWhenAbsent: true,
    requireAnyOf: ['OutBlock_1', 'rows'],
    statusCodes: { 403: 3999, 500: { code: 3600, fault: 'throttled' } },
    otherwise: 7000,
  };

  it.each<readonly [string, DialectOptions, JsonObject, number, unknown]>([
    [
      'an alternate envelope',
      TOKEN,
      { error_code: 'EGW00201', error_description: 'x' },
      403,
      ['throttled', 'op-exco', 3600, undefined],
    ],
    [
      'an alternate of two levels',
      TOKEN,
      { error: { code: 'APBK1271' } },
      200,
      ['broker-error', 'samsung', 4001, 'APBK1271'],
    ],
    ['the main envelope before its alternates', TOKEN, { rt_cd: '0', error_code: 'EGW00201' }, 200, 'answer'],
    ['a code for no rows', TOKEN, { rt_cd: '02679' }, 200, 'answer'],
    ['a detail for no rows', TOKEN, { rt_cd: '1', msg_cd: '02679' }, 200, 'answer'],
    ['no code at all, given a field that proves it', PLAIN, { OutBlock_1: [] }, 200, 'answer'],
    ['no code at all, given another such field', PLAIN, { rows: null }, 200, 'answer'],
    ['no code at all and nothing known', PLAIN, { other: 1 }, 200, ['envelope-missing', 'op-exco', 3011, undefined]],
    ['no code at all under a failure', PLAIN, { rows: [] }, 404, ['http-not-found', 'op-exco', 3002, undefined]],
    ['a status that stands for a code', PLAIN, {}, 403, ['credentials-refused', 'op-exco', 3999, undefined]],
    ['a status that stands for a fault', PLAIN, {}, 500, ['throttled', 'op-exco', 3600, undefined]],
    ['a code before its status', PLAIN, { error: { code: 'X' } }, 403, ['broker-error', 'samsung', 7000, 'X']],
    ['an optional result block that is absent', { resultBlock: 'optional' }, { transList: [] }, 200, 'answer'],
    [
      'an optional result block that is there',
      { resultBlock: 'optional' },
      { resp: { respCode: '4001' } },
      200,
      ['broker-error', 'samsung', 4001, undefined],
    ],
    [
      'an optional result block under a failure',
      { resultBlock: 'optional' },
      { message: 'x' },
      503,
      ['http-unavailable', 'op-exco', 3600, undefined],
    ],
    [
      'a required result block that is absent',
      { resultBlock: 'required' },
      { transList: [] },
      200,
      ['envelope-missing', 'op-exco', 3011, undefined],
    ],
    [
      'successWhenAbsent over resultBlock',
      { resultBlock: 'optional', successWhenAbsent: false },
      {},
      200,
      ['envelope-missing', 'op-exco', 3011, undefined],
    ],
  ])('%s', (_, dialect, message, status, result) => {
    expect(seen(dialect, message, status)).toEqual(result);
  });

  it('leaves a success under a failing status a conflict', () => {
    expect(seen(KIS, { rt_cd: '0' }, 500)).toEqual(['status-conflict', 'op-exco', 3011, undefined]);
  });

  it('defaults its success to 200', () => {
    const { dialect } = broker({ dialect: { result: { code: 'head.code' } } });
    expect(resultOf({ head: { code: 200 } }, 200, dialect)).toEqual({ kind: 'success', text: '' });
  });
});

describe('valueAt', () => {
  it('takes its path in steps, too', () => {
    expect(valueAt({ 'a.b': { c: 1 } }, ['a.b', 'c'])).toBe(1);
  });

  it.each([
    ['a.b', 1],
    ['a', { b: 1 }],
    ['a.b.c', undefined],
    ['list.0', undefined],
    ['__proto__.polluted', undefined],
    ['constructor.name', undefined],
    ['', undefined],
  ])('"%s" is %j', (path, value) => {
    expect(valueAt({ a: { b: 1 }, list: [1] }, path)).toEqual(value);
  });
});
