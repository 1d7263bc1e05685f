import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type * as ErrorModule from '../../src/model/error.ts';
import { ExcoError, isExcoError, type ErrorFacts, type StandardErrorBody } from '../../src/model/error.ts';
import { isBrokerError, isOutage, isOutcomeUnknown } from '../../src/model/guards.ts';

const BODY: StandardErrorBody = {
  category: 'samsung',
  code: 5006,
  message: 'Failure To Issue an vtAccNo',
  description: '중복 신청',
};
const FACTS: ErrorFacts = {
  httpStatus: 500,
  fault: 'broker-error',
  phase: 'message',
  sent: 'yes',
  outcome: 'rejected',
  blame: 'caller',
  attempts: 1,
};
const ALL: ErrorFacts = {
  ...FACTS,
  broker: 'samsung',
  operation: 'virtualAccount.request',
  requestId: 'request-1',
  brokerCode: 5006,
  brokerHttpStatus: 200,
  retryAfterMs: 1_500,
  detail: { kind: 'reason', text: '중복 신청' },
};

function withFacts(facts: Partial<ErrorFacts>, body: Partial<StandardErrorBody> = {}): ExcoError {
  return new ExcoError({ ...BODY, ...body }, { ...FACTS, ...facts });
}

describe('an ExcoError', () => {
  it('is an Error with the message of the standard and a name of its own', () => {
    const error = new ExcoError(BODY, FACTS);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('ExcoError: Failure To Issue an vtAccNo');
    expect(error.stack).toMatch(/^ExcoError: Failure To Issue an vtAccNo\n/);
  });

  it('becomes the four fields and nothing else', () => {
    expect(JSON.stringify(new ExcoError(BODY, ALL, new Error('inside')))).toBe(
      '{"category":"samsung","code":5006,"message":"Failure To Issue an vtAccNo","description":"중복 신청"}',
    );
  });

  it.each([
    ['is absent', { category: 'op-exco', code: 3004, message: 'network error' }],
    ['is empty', { category: 'op-exco', code: 3004, message: 'network error', description: '' }],
  ])('leaves the description out where it %s', (_, body) => {
    const error = new ExcoError(body, FACTS);
    expect(JSON.stringify(error)).toBe('{"category":"op-exco","code":3004,"message":"network error"}');
    expect(error).not.toHaveProperty('description');
  });

  it('carries every fact that is known, and no field for the others', () => {
    expect(new ExcoError(BODY, ALL)).toMatchObject({ ...BODY, ...ALL });
    const bare = new ExcoError(BODY, FACTS);
    for (const field of [
      'broker',
      'operation',
      'requestId',
      'brokerCode',
      'brokerHttpStatus',
      'retryAfterMs',
      'detail',
    ]) {
      expect(bare).not.toHaveProperty(field);
    }
  });

  it('keeps its cause where nothing enumerates it', () => {
    const cause = new Error('secret');
    const error = new ExcoError(BODY, FACTS, cause);
    expect(error.cause).toBe(cause);
    expect(Object.keys(error)).not.toContain('cause');
    expect(Object.fromEntries(Object.entries(error))).not.toHaveProperty('cause');
    expect(new ExcoError(BODY, FACTS)).not.toHaveProperty('cause');
  });

  it('is one flat object of texts and numbers for a log', () => {
    const log = new ExcoError(BODY, ALL, new Error('secret')).toLog();
    expect(log).toEqual({
      category: 'samsung',
      code: 5006,
      message: 'Failure To Issue an vtAccNo',
      description: '중복 신청',
      httpStatus: 500,
      fault: 'broker-error',
      phase: 'message',
      sent: 'yes',
      outcome: 'rejected',
      blame: 'caller',
      attempts: 1,
      broker: 'samsung',
      operation: 'virtualAccount.request',
      requestId: 'request-1',
      brokerCode: 5006,
      brokerHttpStatus: 200,
      retryAfterMs: 1_500,
    });
    expect(Object.values(log).every((value) => ['string', 'number'].includes(typeof value))).toBe(true);
    expect(JSON.stringify(log)).not.toContain('secret');
  });

  it('leaves out of the log what is not known', () => {
    expect(
      Object.keys(new ExcoError({ category: 'op-exco', code: 3004, message: 'network error' }, FACTS).toLog()),
    ).toEqual([
      ...['category', 'code', 'message', 'httpStatus', 'fault', 'phase', 'sent', 'outcome', 'blame', 'attempts'],
    ]);
  });

  it('shows its facts when it is printed', () => {
    expect(inspect(new ExcoError(BODY, ALL))).toContain("fault: 'broker-error'");
  });
});

describe('isExcoError', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'ExcoError'],
    ['an Error', new Error('x')],
    ['an Error that calls itself one', Object.assign(new Error('x'), { name: 'ExcoError' })],
    ['the four fields', { ...BODY }],
    ['what came out of JSON', JSON.parse(JSON.stringify(new ExcoError(BODY, FACTS))) as unknown],
    ['the class', ExcoError],
  ])('is false for %s', (_, value) => {
    expect(isExcoError(value)).toBe(false);
  });

  it('is true for an error and for what is derived from one', () => {
    const error = new ExcoError(BODY, FACTS);
    expect(isExcoError(error)).toBe(true);
    expect(isExcoError(Object.create(error))).toBe(true);
  });
});

describe('the brand', () => {
  const brand = Symbol.for('op-exco-connector.ExcoError');

  it('is a symbol that every copy and every version has in common', () => {
    expect(Reflect.get(new ExcoError(BODY, FACTS), brand)).toBe(true);
    expect(isExcoError({ [brand]: true })).toBe(true);
  });

  it('is enumerated by nothing', () => {
    expect(Object.getOwnPropertyDescriptor(new ExcoError(BODY, FACTS), brand)?.enumerable).toBe(false);
  });
});

describe('another copy of the package in the same process', () => {
  let other: typeof ErrorModule;

  beforeAll(async () => {
    const again = '../../src/model/error.ts?copy=2';
    other = (await import(again)) as typeof ErrorModule;
  });

  it('has a class of its own', () => {
    expect(other.ExcoError).not.toBe(ExcoError);
    expect(new other.ExcoError(BODY, FACTS)).not.toBeInstanceOf(ExcoError);
  });

  it('knows our errors, as we know its', () => {
    expect(isExcoError(new other.ExcoError(BODY, FACTS))).toBe(true);
    expect(other.isExcoError(new ExcoError(BODY, FACTS))).toBe(true);
  });

  it('makes errors that the guards judge as their own', () => {
    expect(isBrokerError(new other.ExcoError(BODY, FACTS))).toBe(true);
    expect(isOutcomeUnknown(new other.ExcoError(BODY, { ...FACTS, outcome: 'unknown' }))).toBe(true);
  });
});

describe('isBrokerError', () => {
  it.each([
    ["the broker's code", withFacts({}), true],
    ['an item that failed', withFacts({ fault: 'item-failed' }), true],
    ['a foreign code mapped to table B', withFacts({}, { category: 'op-exco', code: 3002 }), false],
    ['a connection refused', withFacts({ fault: 'connect-refused' }, { category: 'op-exco', code: 3600 }), false],
    ['an error of the linkage server', withFacts({ fault: 'standard' }, { category: 'op-exco', code: 3010 }), false],
    ['an Error', new Error('x'), false],
    ['nothing', undefined, false],
  ])('%s: %s', (_, value, is) => {
    expect(isBrokerError(value)).toBe(is);
  });
});

describe('isOutage', () => {
  it.each([
    ['connection refused', withFacts({ fault: 'connect-refused' }, { code: 3600 }), true],
    ['no answer in time', withFacts({ fault: 'response-timeout' }, { code: 3005 }), true],
    ['name not found', withFacts({ fault: 'dns-not-found' }, { code: 3004 }), true],
    ['an open circuit', withFacts({ fault: 'breaker-open' }, { code: 3600 }), true],
    ['a deadline that passed in the queue', withFacts({ fault: 'deadline-exceeded' }, { code: 3005 }), true],
    ['a page in place of JSON', withFacts({ fault: 'body-html' }, { code: 3011 }), true],
    ['a re-pointed refusal', withFacts({ fault: 'connect-refused' }, { code: 3999 }), true],
    ['broken JSON', withFacts({ fault: 'json-invalid' }, { code: 3011 }), false],
    ['a wrong TRCODE', withFacts({ fault: 'trcode-mismatch' }, { code: 3001 }), false],
    ["the broker's code", withFacts({}), false],
    ['an error of the linkage server', withFacts({ fault: 'standard' }, { code: 3600 }), false],
    ['an Error', new Error('x'), false],
    ['nothing', null, false],
  ])('%s: %s', (_, value, is) => {
    expect(isOutage(value)).toBe(is);
  });
});

describe('isOutcomeUnknown', () => {
  it.each([
    ['a write that may have happened', withFacts({ outcome: 'unknown' }), true],
    ['one that was rejected', withFacts({}), false],
    ['one that was not executed', withFacts({ outcome: 'not-executed' }), false],
    ['anything else with an outcome', { outcome: 'unknown' }, false],
  ])('%s: %s', (_, value, is) => {
    expect(isOutcomeUnknown(value)).toBe(is);
  });
});
