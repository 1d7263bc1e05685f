import { openBroker } from '../../support/broker-server.ts';
import type { DialectOptions } from '../../../src/brokers/options.ts';
import type { Ending, FaultCase } from '../../support/fault-case.ts';
import type { Fault } from '../../../src/catalog/faults.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { ISSUED, MESSAGES, refusing } from '../../support/messages.ts';
import { answers } from '../../support/scripts.ts';
import type { OperationName } from '../../../src/model/operations.ts';
import { NETWORK_TIMEOUT, UNAVAILABLE, UNKNOWN_ERROR } from './words.ts';

const REJECTED: Ending = { sent: 'yes', outcome: 'rejected', attempts: 1, requests: 1 };
const READ: Ending = { sent: 'yes', outcome: 'not-executed', attempts: 1, requests: 1 };
const READ_REPEATED: Ending = { ...READ, attempts: 2, requests: 2 };
const WRITE: Ending = { ...READ, outcome: 'unknown' };

/** A refusal of the broker's own: its category, its code. */
function said(
  what: string,
  body: JsonObject,
  error: { code: number; message: string; description?: string },
  status = 200,
): FaultCase {
  return {
    what,
    fault: 'broker-error',
    scene: async () => ({ server: await openBroker({}, answers(body, status)) }),
    error: {
      category: 'samsung',
      httpStatus: 500,
      phase: 'message',
      blame: 'caller',
      brokerCode: error.code,
      brokerHttpStatus: status,
      ...error,
    },
    read: REJECTED,
    write: REJECTED,
  };
}

/** Every item of a write failed, and the envelope says 200. */
function item(operation: OperationName, trCode: string, message: string, error: object): FaultCase {
  const virtualAccount = [{ trCode, status: 'FAILURE', message }];
  return {
    what: `every item of ${operation}`,
    fault: 'item-failed',
    scene: async () => ({
      server: await openBroker({}, answers({ ...ISSUED, virtualAccountResponseList: { virtualAccount } })),
      call: (exco, _kind, options) => exco.settle('samsung', operation, MESSAGES[operation], options),
    }),
    error: { category: 'samsung', httpStatus: 500, phase: 'message', blame: 'caller', brokerHttpStatus: 200, ...error },
    write: REJECTED,
  };
}

const DIALECT: DialectOptions = {
  respCodes: {
    X0001: { code: 3600, fault: 'throttled' },
    X0002: { code: 3600, fault: 'broker-unavailable' },
    X0003: { code: 3005, fault: 'broker-timeout' },
    X0004: { code: 3999, fault: 'credentials-refused' },
    204: 4001,
  },
  otherwise: 7000,
};

/** A code of a dialect that stands for a fault of ours. */
function mapped(
  fault: Fault,
  what: string,
  respCode: string,
  headers: Record<string, string>,
  error: object,
  read: Ending,
  write: Ending,
): FaultCase {
  return {
    what,
    fault,
    scene: async () => ({
      server: await openBroker({}, answers(refusing(respCode, 'FAKE words'), 503, headers)),
      broker: { dialect: DIALECT },
    }),
    error: { phase: 'message', brokerCode: respCode, brokerHttpStatus: 503, ...error },
    read,
    write,
  };
}

const DOWN = { ...UNAVAILABLE, blame: 'broker' } as const;
const SLOW = { ...NETWORK_TIMEOUT, blame: 'broker' } as const;
const DENIED = { ...UNKNOWN_ERROR, blame: 'platform' } as const;
const BUSY = { ...UNAVAILABLE, blame: 'platform' } as const;
const NOW = { 'Retry-After': '0' } as const;

export const OWN_WORD: readonly FaultCase[] = [
  said('a code as text', refusing('4001', 'Account Not Found'), { code: 4001, message: 'Account Not Found' }),
  said('a code as number', refusing(4000, 'whatever'), { code: 4000, message: 'Mismatch between DN and AccoutNo' }),
  said('a code under 500', refusing('6003', 'x'), { code: 6003, message: 'Invalid Page Value' }, 500),
  said('a code under 404', refusing('4002', 'x'), { code: 4002, message: 'DN Not Found' }, 404),
  said('a reason in brackets', refusing('5006', 'Failure To Issue an vtAccNo, [중복 신청]'), {
    code: 5006,
    message: 'Failure To Issue an vtAccNo',
    description: '중복 신청',
  }),
  said('a count', refusing('6005', 'Result Too Many, 1,204건'), {
    code: 6005,
    message: 'Result Too Many',
    description: '1204',
  }),
  said('days', refusing('6006', 'Date Range Exceeded, 90'), {
    code: 6006,
    message: 'Date Range Exceeded',
    description: '90',
  }),
  said('a code that no table has', refusing('4999', 'FAKE words of theirs'), {
    code: 4999,
    message: 'FAKE words of theirs',
  }),
  said('resCode instead', { resp: { resCode: ' 4004 ', respMsg: '' } }, { code: 4004, message: 'CI Not Found' }),
  said(
    'the block inside the body',
    { balanceResponseBody: { resp: { respCode: '4006' } } },
    {
      code: 4006,
      message: 'Agreement of Financial Information Not Found.',
    },
  ),
  said(
    "the standard's own four fields",
    { category: 'other', code: 4003, message: 'x' },
    { code: 4003, message: 'Mismatch between CI and AccountNo' },
    500,
  ),
  {
    what: 'a code that the dialect translates',
    fault: 'broker-error',
    scene: async () => ({
      server: await openBroker({}, answers(refusing('204', 'FAKE words'))),
      broker: { dialect: DIALECT },
    }),
    error: {
      category: 'samsung',
      code: 4001,
      message: 'Account Not Found',
      description: '204 FAKE words',
      httpStatus: 500,
      phase: 'message',
      blame: 'caller',
      brokerCode: '204',
      brokerHttpStatus: 200,
    },
    read: REJECTED,
    write: REJECTED,
  },
  {
    what: 'a code that the dialect does not name',
    fault: 'broker-error',
    scene: async () => ({
      server: await openBroker({}, answers(refusing('777', 'FAKE words'))),
      broker: { dialect: DIALECT },
    }),
    error: {
      category: 'samsung',
      code: 7000,
      message: 'Bad Request',
      description: '777 FAKE words',
      httpStatus: 500,
      phase: 'message',
      blame: 'caller',
      brokerCode: '777',
      brokerHttpStatus: 200,
    },
    read: REJECTED,
    write: REJECTED,
  },

  item('virtualAccount.request', 'REQ', 'Failure To Issue an vtAccNo, [한도 초과]', {
    code: 5006,
    message: 'Failure To Issue an vtAccNo',
    description: '한도 초과',
  }),
  item('virtualAccount.enrol', 'ISS', '중복', {
    code: 5004,
    message: 'Failure To Enrol an vtAccNo',
    description: '중복',
  }),
  item('virtualAccount.replace', 'REP', '', { code: 5005, message: 'Failure To Change an vtAccNo' }),
  item('virtualAccount.discard', 'DIS', '[없음]', {
    code: 5007,
    message: 'Failure To discard an vtAccNo',
    description: '없음',
  }),

  mapped('throttled', 'a rate-limit code', 'X0001', {}, BUSY, READ, READ),
  mapped(
    'throttled',
    'a rate-limit code, and Retry-After fits',
    'X0001',
    NOW,
    { ...BUSY, retryAfterMs: 0 },
    READ_REPEATED,
    READ_REPEATED,
  ),
  mapped('broker-unavailable', 'a maintenance code', 'X0002', {}, DOWN, READ, WRITE),
  mapped(
    'broker-unavailable',
    'a maintenance code, and Retry-After fits',
    'X0002',
    NOW,
    { ...DOWN, retryAfterMs: 0 },
    READ_REPEATED,
    WRITE,
  ),
  mapped('broker-timeout', "a code for the broker's own time-out", 'X0003', {}, SLOW, READ_REPEATED, WRITE),
  mapped('credentials-refused', 'a code for a token of ours', 'X0004', {}, DENIED, READ, READ),
];
