import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES } from '../../src/catalog/faults.ts';
import { findError } from '../../src/catalog/lookup.ts';
import { classify } from '../../src/flow/classify.ts';
import { translate } from '../../src/flow/translate.ts';
import { OPERATIONS, type OperationName } from '../../src/model/operations.ts';
import type { Expectation } from '../../src/model/verdict.ts';
import type { Outcome, Phase, Sent } from '../../src/model/wire.ts';
import { answered, CI, expecting, VT_ACC_NO } from './given.ts';

const NAMES = Object.keys(OPERATIONS) as OperationName[];

const EXPECTATIONS: readonly Expectation[] = [
  ...NAMES.map((name) => expecting(name)),
  expecting('account.balance', { trCodeAt: 'header:TRCODE', operations: { 'account.balance': { trCode: 'BL01' } } }),
  expecting('account.balance', { maintenance: { pageMatches: 'a' } }),
  expecting('account.balance', { faultCodes: { 'respcode-invalid': 3999, 'echo-mismatch': 3011 } }),
  expecting('account.balance', {
    dialect: {
      result: { code: 'resp.respCode', message: 'resp.respMsg' },
      respCodes: { 204: 4001, A: 3600 },
      otherwise: 7000,
    },
  }),
  expecting('account.balance', { dialect: { resultBlock: 'optional', requireAnyOf: ['accInfo'] } }),
];

const CODE = fc.oneof(
  fc.constantFrom<unknown>('200', 200, '200.0', ' 200 ', '4001', 5006, '999', 'A', '', null, true, [], {}, -0, 1e300),
  fc.integer({ min: 3990, max: 8010 }),
  fc.jsonValue(),
);
const WORDS = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('Result Too Many, [15,000건]', `[${VT_ACC_NO}`, CI),
  fc.jsonValue(),
);
const ITEM = fc.record(
  {
    trCode: fc.oneof(fc.constantFrom('REQ', 'ISS', 'REP', 'DIS'), fc.jsonValue()),
    vtAccNo: fc.oneof(fc.constantFrom(VT_ACC_NO, 'null', ''), fc.jsonValue()),
    status: fc.oneof(fc.constantFrom('SUCCESS', 'FAILURE', 'failed'), fc.jsonValue()),
    message: WORDS,
  },
  { requiredKeys: [] },
);
const RESULT = fc.record({ respCode: CODE, resCode: CODE, respMsg: WORDS }, { requiredKeys: [] });
const MESSAGE = fc.record(
  {
    resp: fc.oneof(RESULT, fc.jsonValue()),
    balanceResponseBody: fc.oneof(fc.record({ resp: RESULT }), fc.jsonValue()),
    commonHeader: fc.oneof(fc.record({ reqIdConsumer: fc.constantFrom('TEST-0001', 'other', 1) }), fc.jsonValue()),
    accInfo: fc.oneof(fc.record({ vtAccNo: fc.constantFrom(VT_ACC_NO, 'other') }), fc.jsonValue()),
    virtualAccountResponseList: fc.oneof(
      fc.record({ virtualAccount: fc.oneof(fc.array(ITEM, { maxLength: 3 }), fc.jsonValue()) }),
      fc.jsonValue(),
    ),
    category: fc.oneof(fc.constant('op-exco'), fc.jsonValue()),
    code: CODE,
    message: WORDS,
    description: WORDS,
  },
  { requiredKeys: [] },
);
const HEADERS = fc.dictionary(
  fc.constantFrom('content-type', 'content-encoding', 'retry-after', 'trcode'),
  fc.string(),
);
const STATUS = fc.oneof(fc.constantFrom(200, 200, 500, 503, 404, 429), fc.integer({ min: 100, max: 999 }));
const PHASE = fc.constantFrom<Phase>('local', 'dns', 'connect', 'tls', 'send', 'head', 'body', 'message');
const SENT = fc.constantFrom<Sent>('no', 'yes', 'maybe');
const HEAD = fc.record({ status: STATUS, headers: HEADERS });
const SYSTEM_CODE = fc.oneof(
  fc.constantFrom(
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPROTO',
    'HPE_INVALID_CONSTANT',
    'CERT_HAS_EXPIRED',
    'ETIMEDOUT',
  ),
  fc.string({ unit: 'binary' }),
);

const ANSWERED: fc.Arbitrary<Outcome> = fc
  .record({ body: fc.oneof(MESSAGE, MESSAGE, fc.jsonValue(), fc.string({ unit: 'binary' })), status: STATUS })
  .map(({ body, status }) => answered(body, { status }));
const OUTCOME: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 5, arbitrary: ANSWERED },
  fc.record(
    { kind: fc.constant('unanswered'), phase: PHASE, sent: SENT, code: SYSTEM_CODE, reason: fc.string(), head: HEAD },
    { requiredKeys: ['kind', 'phase', 'sent', 'code'] },
  ),
  fc.record(
    {
      kind: fc.constant('expired'),
      limit: fc.constantFrom('connect', 'head', 'body-idle', 'deadline'),
      phase: PHASE,
      sent: SENT,
      head: HEAD,
    },
    { requiredKeys: ['kind', 'limit', 'phase', 'sent'] },
  ),
  fc.record({ kind: fc.constant('oversized'), status: STATUS, headers: HEADERS, receivedAtMs: fc.nat() }),
  fc.record({ kind: fc.constant('refused'), fault: fc.constantFrom('breaker-open', 'missing-field', 'internal') }),
);

const ALLOWED = [
  ['category', 'code', 'message'],
  ['category', 'code', 'message', 'description'],
];

describe('classify and translate, for any outcome', () => {
  it('give an answer or one standard error, and nothing else', () => {
    fc.assert(
      fc.property(OUTCOME, fc.constantFrom(...EXPECTATIONS), (outcome, expected) => {
        const verdict = classify(outcome, expected);
        if (verdict.kind === 'answer') return;
        if (verdict.kind === 'aborted') throw new TypeError('nobody gave up');
        expect(FAULT_NAMES).toContain(verdict.fault);
        const error = translate(verdict, { expected, broker: 'samsung', kind: 'write' });
        const body = JSON.parse(JSON.stringify(error)) as Record<string, unknown>;
        expect(ALLOWED).toContainEqual(Object.keys(body));
        expect(['op-exco', 'samsung']).toContain(body['category']);
        expect(Number.isInteger(body['code'])).toBe(true);
        expect(typeof body['message'] === 'string' && body['message'] !== '').toBe(true);
        expect(['string', 'undefined']).toContain(typeof body['description']);
        expect(body['description']).not.toBe('');
        expect([400, 500, 503]).toContain(error.httpStatus);
      }),
      { numRuns: 1_500 },
    );
  });

  it('speak as the linkage server only with its own codes, and as the broker only with 4000 to 7999', () => {
    fc.assert(
      fc.property(OUTCOME, fc.constantFrom(...EXPECTATIONS), (outcome, expected) => {
        const verdict = classify(outcome, expected);
        if (verdict.kind !== 'fault') return;
        const { category, code, message } = translate(verdict, { expected }).toJSON();
        const row = findError(code);
        if (category === 'op-exco') expect(row).toMatchObject({ section: 'op-exco', message });
        else expect(code >= 4000 && code <= 7999 && (row === undefined || row.message === message)).toBe(true);
      }),
      { numRuns: 1_500 },
    );
  });

  it('show nothing personal of the request or of the answer', () => {
    const personal = [CI, CI.slice(0, 40), VT_ACC_NO, '0000-FAKE-0001', '가상계좌1'];
    const words = fc
      .array(fc.oneof(fc.constantFrom(...personal), fc.constantFrom('계좌', '오류', ' ', ',', '[', ']', ': ')), {
        maxLength: 8,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        words,
        words,
        fc.constantFrom('4001', '5006', '7000', '4999', 'E-1', '12'),
        (text, reason, respCode) => {
          const expected = expecting('virtualAccount.discard');
          for (const body of [
            { resp: { respCode, respMsg: text } },
            { category: 'samsung', code: respCode, message: text, description: reason },
          ]) {
            const verdict = classify(answered(body), expected);
            if (verdict.kind !== 'fault') throw new TypeError('expected a fault');
            const error = translate(verdict, { expected });
            const shown = JSON.stringify([error, error.toLog(), error.detail, error.message]);
            expect(personal.filter((value) => shown.includes(value))).toEqual([]);
          }
        },
      ),
      { numRuns: 700 },
    );
  });
});
