import { describe, expect, it } from '@jest/globals';
import { FAULT_NAMES, FAULTS, faultRow, type Fault } from '../../src/catalog/faults.ts';
import { translate, type CallFacts } from '../../src/flow/translate.ts';
import type { Failure } from '../../src/model/verdict.ts';
import { CI, expecting, VT_ACC_NO } from './given.ts';

const EXPECTED = expecting();

function failure(fault: Fault, fields: Partial<Failure> = {}): Failure {
  return { kind: 'fault', fault, phase: 'message', sent: 'yes', ...fields };
}

function told(code: number, text: string, fields: Partial<Failure> = {}): Failure {
  return failure('broker-error', { code, brokerCode: code, text, ...fields });
}

function body(given: Failure, call: CallFacts = { expected: EXPECTED }) {
  return translate(given, call).toJSON();
}

/** Table C: each code, the text it gives, and what a broker's text behind the fixed one becomes. */
const BROKER_ROWS: readonly (readonly [code: number, message: string, detail: 'reason' | 'count' | 'days' | null])[] = [
  [4000, 'Mismatch between DN and AccoutNo', null],
  [4001, 'Account Not Found', null],
  [4002, 'DN Not Found', null],
  [4003, 'Mismatch between CI and AccountNo', null],
  [4004, 'CI Not Found', null],
  [4005, 'Mismatch between DN and CI', null],
  [4006, 'Agreement of Financial Information Not Found.', null],
  [5004, 'Failure To Enrol an vtAccNo', 'reason'],
  [5005, 'Failure To Change an vtAccNo', 'reason'],
  [5006, 'Failure To Issue an vtAccNo', 'reason'],
  [5007, 'Failure To discard an vtAccNo', 'reason'],
  [6001, 'Invalid Asset Type', null],
  [6002, 'Invalid Rsp Type', null],
  [6003, 'Invalid Page Value', null],
  [6004, 'Invalid Query Type', 'reason'],
  [6005, 'Result Too Many', 'count'],
  [6006, 'Date Range Exceeded', 'days'],
  [6007, 'Invalid Isincode', null],
  [6008, 'Invalid Side Type', null],
  [7000, 'Bad Request', 'reason'],
];

describe("a broker's code of table C", () => {
  it.each(BROKER_ROWS)('%d is "%s", whatever the broker calls it', (code, message) => {
    const said = { category: 'samsung', code, message };
    expect(body(told(code, message))).toEqual(said);
    expect(body(told(code, ''))).toEqual(said);
    expect(body(told(code, `${message.toUpperCase()} ,`))).toEqual(said);
    expect(translate(told(code, message), { expected: EXPECTED }).httpStatus).toBe(500);
  });

  it.each(BROKER_ROWS)('%d "%s" hands on what stands behind it: %s', (code, message, detail) => {
    const text = {
      reason: `${message}, [중복 신청]`,
      count: `${message}, [1,500건]`,
      days: `${message}, 90일`,
      none: `${message} [해지]`,
    };
    const described = { reason: '중복 신청', count: '1500', days: '90', none: '해지' }[detail ?? 'none'];
    const typed = {
      reason: { kind: 'reason', text: '중복 신청' },
      count: { kind: 'count', count: 1_500 },
      days: { kind: 'days', days: 90 },
      none: { kind: 'reason', text: '해지' },
    }[detail ?? 'none'];
    const error = translate(told(code, text[detail ?? 'none']), { expected: EXPECTED });
    expect(error.toJSON()).toEqual({ category: 'samsung', code, message, description: described });
    expect(error.detail).toEqual(typed);
  });

  it('keeps the reason of a body of four fields', () => {
    expect(body(told(5007, 'Failure To discard an vtAccNo', { reason: '이미 폐기된 계좌' }))).toMatchObject({
      description: '이미 폐기된 계좌',
    });
    expect(body(told(6005, 'Result Too Many', { reason: '15000' }))).toMatchObject({ description: '15000' });
    expect(body(told(4001, 'Account Not Found', { reason: '' }))).not.toHaveProperty('description');
  });

  it.each([
    [4007, '새로운 오류', '새로운 오류'],
    [4999, 'Something Else, [x]', 'Something Else, [x]'],
    [7999, '', 'Unknown error'],
  ])('%d, which the table lacks, passes with its own text', (code, text, message) => {
    const error = translate(told(code, text), { expected: EXPECTED });
    expect(error.toJSON()).toEqual({ category: 'samsung', code, message });
    expect(error.httpStatus).toBe(500);
  });

  it('is shown with the code of another dialect before the reason', () => {
    const mapped = failure('broker-error', {
      code: 7000,
      brokerCode: 'APBK0918',
      foreignCode: 'APBK0918',
      reason: '장 종료',
    });
    expect(body(mapped)).toMatchObject({ code: 7000, message: 'Bad Request', description: 'APBK0918 장 종료' });
    expect(translate(mapped, { expected: EXPECTED }).brokerCode).toBe('APBK0918');
  });

  it.each([
    ['an account', VT_ACC_NO],
    ['a sentence', '계좌 오류 코드'],
    ['a path', '/home/app/x.jsp'],
  ])('never shows %s in place of a code of another dialect', (_, foreignCode) => {
    const shown = JSON.stringify(
      translate(failure('broker-error', { code: 7000, brokerCode: foreignCode, foreignCode }), {
        expected: EXPECTED,
      }).toLog(),
    );
    expect(shown).not.toContain(VT_ACC_NO);
    expect(shown).not.toContain('/home');
  });

  it('carries the alias as configured', () => {
    expect(body(told(4001, ''), { expected: expecting('account.balance', { alias: 'Samsung' }) }).category).toBe(
      'Samsung',
    );
  });
});

describe('texts of a broker', () => {
  it.each([
    ['the request', `계좌 ${VT_ACC_NO} 없음`, undefined, '계좌 *** 없음'],
    ['the answer', '홍길동 고객 없음', { commonHeader: {}, accName: '홍길동' }, '*** 고객 없음'],
    ['nowhere', '0000-FAKE-9999 user@broker.example https://broker.example/x', undefined, '*** *** ***'],
  ] as const)('lose what is personal in %s', (_, reason, answer, description) => {
    const given = told(7000, `Bad Request, [${reason}]`, answer === undefined ? {} : { answer });
    const error = translate(given, { expected: EXPECTED });
    expect(error.description).toBe(description);
    expect(error.detail).toEqual({ kind: 'reason', text: description });
  });

  it('lose it where the code is in no table', () => {
    expect(body(told(4999, `${CI} ${VT_ACC_NO}`)).message).toBe('*** ***');
  });
});

const OWN = FAULT_NAMES.flatMap((fault) => {
  const { code } = faultRow(fault);
  return typeof code === 'number' ? [[fault, code] as const] : [];
});

const STATUS: Readonly<Record<number, number>> = { 3002: 400, 3003: 400, 3600: 503 };

describe('a fault of table B', () => {
  it.each(OWN)('%s is op-exco %d, and nothing of the broker is in it', (fault, code) => {
    const error = translate(failure(fault, { text: '비밀', answer: { resp: '비밀' } }), { expected: EXPECTED });
    expect(Object.keys(error.toJSON())).toEqual(['category', 'code', 'message']);
    expect(error).toMatchObject({ category: 'op-exco', code, httpStatus: STATUS[code] ?? 500, fault });
  });

  it('says our own words where we have some', () => {
    expect(body(failure('missing-field', { description: 'accInfo.vtAccNo, commonHeader.ci' }))).toEqual({
      category: 'op-exco',
      code: 3003,
      message: '필수 항목 누락',
      description: 'accInfo.vtAccNo, commonHeader.ci',
    });
  });

  it.each(OWN)('%s (%d) is re-pointed by the configuration of its broker', (fault) => {
    const expected = expecting('account.balance', { faultCodes: { [fault]: 3012 } });
    expect(body(failure(fault), { expected })).toEqual({
      category: 'op-exco',
      code: 3012,
      message: 'Unknown account number',
    });
    const others = OWN.filter(([other]) => other !== fault).map(([other]) => body(failure(other), { expected }).code);
    expect(others).not.toContain(3012);
  });

  it('takes the HTTP status of the code it was pointed to', () => {
    const expected = expecting('account.balance', {
      faultCodes: { 'connect-refused': 3004, 'response-timeout': 3600 },
    });
    expect(translate(failure('connect-refused'), { expected }).httpStatus).toBe(500);
    expect(translate(failure('response-timeout'), { expected }).httpStatus).toBe(503);
  });

  it('leaves the re-pointed fault its name, blame and outcome', () => {
    const expected = expecting('account.balance', { faultCodes: { 'connect-refused': 3004 } });
    const error = translate(failure('connect-refused', { sent: 'no' }), { expected, kind: 'write' });
    expect(error).toMatchObject({ fault: 'connect-refused', blame: 'broker', outcome: 'not-executed' });
  });

  it('is 3999 where the broker has no code to give', () => {
    expect(body(failure('broker-error'))).toEqual({ category: 'op-exco', code: 3999, message: 'Unknown error' });
  });

  it('can stand without a broker', () => {
    expect(body(failure('unknown-broker', { description: 'nobody' }), {})).toEqual({
      category: 'op-exco',
      code: 3008,
      message: 'not found company info',
      description: 'nobody',
    });
  });
});

describe('what became of the call', () => {
  it.each([
    ['a write that left', 'response-timeout', 'yes', 'write', 'unknown'],
    ['a write that may have left', 'reset-before-response', 'maybe', 'write', 'unknown'],
    ['a write that never left', 'connect-refused', 'no', 'write', 'not-executed'],
    ['a write cut while it left', 'connect-reset', 'no', 'write', 'not-executed'],
    ['a read that left', 'response-timeout', 'yes', 'read', 'not-executed'],
    ['a read that may have left', 'reset-before-response', 'maybe', 'read', 'not-executed'],
    ['a write answered by nonsense', 'json-invalid', 'yes', 'write', 'unknown'],
    ['a write answered for something else', 'trcode-mismatch', 'yes', 'write', 'unknown'],
    ['a write under 502', 'http-unavailable', 'yes', 'write', 'unknown'],
    ['a write under 504', 'http-timeout', 'yes', 'write', 'unknown'],
    ['a write under 404', 'http-not-found', 'yes', 'write', 'rejected'],
    ['a write under 403', 'http-denied', 'yes', 'write', 'rejected'],
    ['a write under 400', 'http-rejected', 'yes', 'write', 'rejected'],
    ['a write the broker refused', 'broker-error', 'yes', 'write', 'rejected'],
    ['a read the broker refused', 'broker-error', 'yes', 'read', 'rejected'],
    ['a write whose items failed', 'item-failed', 'yes', 'write', 'rejected'],
    ['a write beyond the rate', 'throttled', 'yes', 'write', 'not-executed'],
    ['a write with an expired token', 'credentials-refused', 'yes', 'write', 'not-executed'],
    ["a write in the broker's own time-out", 'broker-timeout', 'yes', 'write', 'unknown'],
    ['a write refused here', 'breaker-open', 'no', 'write', 'not-executed'],
    ['a write that broke us', 'internal', 'yes', 'write', 'unknown'],
  ] as const)('%s: %s, sent %s, %s is %s', (_, fault, sent, kind, outcome) => {
    expect(translate(failure(fault, { sent, code: 4001 }), { expected: EXPECTED, kind }).outcome).toBe(outcome);
  });

  it('is that of a read where nobody says what it was', () => {
    expect(translate(failure('response-timeout'), {}).outcome).toBe('not-executed');
  });

  it('is never "unknown" for a read, nor for anything that never left', () => {
    for (const fault of FAULT_NAMES) {
      for (const sent of ['no', 'yes', 'maybe'] as const) {
        expect(translate(failure(fault, { sent, code: 4001 }), { kind: 'read' }).outcome).not.toBe('unknown');
      }
      expect(translate(failure(fault, { sent: 'no', code: 4001 }), { kind: 'write' }).outcome).not.toBe('unknown');
    }
  });
});

describe("the broker's code as it came", () => {
  const KNOWING = expecting('account.balance', {}, { accInfo: { vtAccNo: '1234' }, commonHeader: { certDn: 'E-77' } });

  it.each([
    ['a number', 999, 999],
    ['a word', 'E-0001', 'E-0001'],
    ['eight digits', 40_580_000, 40_580_000],
    ['as many digits as an account', 123_456_789_012, undefined],
    ['a number that the request calls an account', 1_234, undefined],
    ['a word that the request calls a name', 'E-77', '***'],
    ['a word with as many digits as an account', 'A987654321', 'A***'],
  ])('is kept or hidden: %s', (_, brokerCode, shown) => {
    const error = translate(failure('respcode-out-of-range', { brokerCode }), { expected: KNOWING });
    expect(error.brokerCode).toBe(shown);
    expect(error.toLog()['brokerCode']).toBe(shown);
  });
});

describe('what is known of the call', () => {
  it('comes with the error', () => {
    const cause = new Error('inside');
    const seen = {
      phase: 'head',
      sent: 'maybe',
      brokerCode: 999,
      brokerHttpStatus: 502,
      retryAfterMs: 7_000,
      cause,
    } as const;
    const call = { broker: 'samsung', operation: 'account.balance', requestId: 'request-1', attempts: 2 };
    const error = translate(failure('http-unavailable', seen), call);
    expect(error).toMatchObject({ ...seen, ...call, fault: 'http-unavailable', blame: 'broker' });
  });

  it('is left out where it is not known', () => {
    const error = translate(failure('connect-refused'), {});
    for (const field of [
      'broker',
      'operation',
      'requestId',
      'brokerCode',
      'brokerHttpStatus',
      'retryAfterMs',
      'detail',
      'description',
    ]) {
      expect(error).not.toHaveProperty(field);
    }
    expect(error.attempts).toBe(0);
  });

  it('names the row of the table it comes from', () => {
    for (const fault of FAULT_NAMES) {
      const { blame } = FAULTS[fault];
      expect(translate(failure(fault, { code: 4001 }), { expected: EXPECTED })).toMatchObject({ fault, blame });
    }
  });
});
