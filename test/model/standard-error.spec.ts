import { describe, expect, it } from '@jest/globals';
import { ERROR_CATALOG } from '../../src/catalog/tables.ts';
import { ExcoError, isExcoError } from '../../src/model/error.ts';
import { standardError, toErrorResponse } from '../../src/model/standard-error.ts';

describe('standardError, for what only a linkage server can know', () => {
  it.each([
    [3006, 'op-exco', 500, 'not found dn', 'platform'],
    [3007, 'op-exco', 500, 'not found user', 'platform'],
    [3009, 'op-exco', 500, 'not found account info', 'platform'],
    [3010, 'op-exco', 500, 'expired account', 'platform'],
    [3012, 'op-exco', 500, 'Unknown account number', 'platform'],
    [3013, 'op-exco', 500, 'Unknown account type', 'platform'],
    [2001, 'op-auth', 401, 'Authentication Failed', 'caller'],
    [2002, 'op-auth', 401, 'Invalid OTP Key', 'caller'],
    [2003, 'op-auth', 401, 'Account Locked', 'caller'],
    [2100, 'op-auth', 403, 'Authorization Failed', 'caller'],
    [400, 'op-exco', 400, 'Bad Request', 'caller'],
    [401, 'op-exco', 401, 'Unauthorized', 'caller'],
    [403, 'op-exco', 403, 'Forbidden', 'caller'],
    [404, 'op-exco', 404, 'Not Found', 'caller'],
    [405, 'op-exco', 405, 'Method Not Allowed', 'caller'],
    [406, 'op-exco', 406, 'Not Acceptable', 'caller'],
    [408, 'op-exco', 408, 'Request Timeout', 'caller'],
    [415, 'op-exco', 415, 'Unsupported Media Type', 'caller'],
    [500, 'op-exco', 500, 'Internal Server Error', 'platform'],
    [503, 'op-exco', 503, 'Service Unavailable', 'platform'],
    [505, 'op-exco', 505, 'HTTP Version Not Supported', 'platform'],
  ])('%d is %s under HTTP %d: "%s"', (code, category, httpStatus, message, blame) => {
    const error = standardError(code);
    expect(error.toJSON()).toEqual({ category, code, message });
    expect(error).toMatchObject({
      httpStatus,
      blame,
      fault: 'standard',
      phase: 'local',
      sent: 'no',
      outcome: 'not-executed',
      attempts: 0,
    });
    expect(isExcoError(error)).toBe(true);
  });

  it('makes every row of the standard but the success', () => {
    const rows = ERROR_CATALOG.filter(({ code }) => code !== 200);
    expect(rows.map(({ code }) => standardError(code, { category: 'samsung' }).code)).toEqual(
      rows.map(({ code }) => code),
    );
    expect(rows).toHaveLength(50);
  });

  it('describes it in cleaned words', () => {
    expect(standardError(3010, { description: '계좌 999900000000000001 폐기' }).description).toBe('계좌 *** 폐기');
    expect(standardError(3010, { description: 'discarded on 2018-05-16' }).description).toBe('discarded on 2018-05-16');
    expect(standardError(3010, { description: ' ' })).not.toHaveProperty('description');
  });

  it('names whoever states it', () => {
    expect(standardError(404, { category: 'op-apim' }).category).toBe('op-apim');
    expect(standardError(4001, { category: 'samsung' })).toMatchObject({ category: 'samsung', blame: 'caller' });
  });

  it.each([
    ['a code of no table', 9011, 'standardError: 9011 is no error code of the standard'],
    ['the success', 200, 'standardError: 200 is no error code of the standard'],
    ['no number', Number.NaN, 'standardError: NaN is no error code of the standard'],
    ["a broker's code without the broker", 4001, "standardError(4001): options.category: expected the broker's alias"],
  ])('throws a TypeError for %s', (_, code, words) => {
    expect(() => standardError(code)).toThrow(new TypeError(words));
  });
});

describe('toErrorResponse', () => {
  const HEADERS = { 'Content-Type': 'application/json; charset=utf-8' };

  it('is status, headers and the four fields', () => {
    expect(toErrorResponse(standardError(3002, { description: 'no such path' }))).toEqual({
      status: 400,
      headers: HEADERS,
      body: { category: 'op-exco', code: 3002, message: 'Unknown api url', description: 'no such path' },
    });
  });

  it.each([
    [0, '0'],
    [1, '1'],
    [1_000, '1'],
    [1_001, '2'],
    [15_000, '15'],
  ])('says Retry-After for %d ms in whole seconds', (retryAfterMs, seconds) => {
    const { httpStatus, fault, phase, sent, outcome, blame, attempts } = standardError(3600);
    const facts = { httpStatus, fault, phase, sent, outcome, blame, attempts, retryAfterMs };
    const response = toErrorResponse(new ExcoError(standardError(3600), facts));
    expect(response).toMatchObject({ status: 503, headers: { ...HEADERS, 'Retry-After': seconds } });
  });

  it('writes its body as JSON text, both ways', () => {
    const { body } = toErrorResponse(standardError(3004));
    const text = '{"category":"op-exco","code":3004,"message":"network error"}';
    const shown: unknown = body;
    expect(String(shown)).toBe(text);
    expect(JSON.stringify(body)).toBe(text);
    expect(Object.keys(body)).toEqual(['category', 'code', 'message']);
  });

  it.each([
    ['an Error', new Error('password=SECRET')],
    ['a TypeError', new TypeError('SECRET')],
    ['a text', 'SECRET'],
    ['undefined', undefined],
    ['null', null],
    ['the four fields of somebody', { category: 'SECRET', code: 4001, message: 'SECRET' }],
    [
      'something that throws when read',
      Object.defineProperty({}, 'message', {
        get: () => {
          throw new Error('SECRET');
        },
      }),
    ],
  ])('answers %s with 3999 and none of its text', (_, thrown) => {
    const response = toErrorResponse(thrown);
    expect(response).toEqual({
      status: 500,
      headers: HEADERS,
      body: { category: 'op-exco', code: 3999, message: 'Unknown error' },
    });
    expect(JSON.stringify(response)).not.toContain('SECRET');
  });
});
