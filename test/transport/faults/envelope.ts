import { openBroker, type Script } from '../../support/broker-server.ts';
import { collect } from '../../support/collect.ts';
import type { Ending, FaultCase } from '../../support/fault-case.ts';
import type { Fault } from '../../../src/catalog/faults.ts';
import { isExcoError } from '../../../src/model/error.ts';
import { BALANCE, ISSUED, MESSAGES, refusing } from '../../support/messages.ts';
import { answers } from '../../support/scripts.ts';
import { NOT_JSON } from './words.ts';

const READ: Ending = { sent: 'yes', outcome: 'not-executed', attempts: 1, requests: 1 };
const WRITE: Ending = { ...READ, outcome: 'unknown' };

function judged(fault: Fault, what: string, script: Script, more: object = {}): FaultCase {
  return {
    what,
    fault,
    scene: async () => ({ server: await openBroker({}, script) }),
    error: { ...NOT_JSON, phase: 'message', blame: 'broker', brokerHttpStatus: 200, ...more },
    read: READ,
    write: WRITE,
  };
}

function missing(what: string, body: unknown): FaultCase {
  return judged('envelope-missing', what, answers(JSON.stringify(body)));
}

function invalid(what: string, resp: unknown, more: object = {}): FaultCase {
  return judged('respcode-invalid', what, answers({ resp }), more);
}

function outOfRange(respCode: string | number): FaultCase {
  return judged('respcode-out-of-range', JSON.stringify(respCode), answers(refusing(respCode, 'FAKE words')), {
    brokerCode: Number(respCode),
  });
}

function conflict(status: number): FaultCase {
  const script: Script = (peer, request) =>
    answers(request.path.endsWith('vtnumber') ? ISSUED : BALANCE, status)(peer, request);
  return judged('status-conflict', `200 under ${status}`, script, { brokerHttpStatus: status });
}

function page(key: string): Script {
  return answers({ ...BALANCE, balanceResponseBody: { queryResult: { totalCnt: 9, count: 1, page: key } } });
}

/** The fault at the end of a walk through all pages. */
function repeated(what: string, requests: number, ...scripts: Script[]): FaultCase {
  return {
    what,
    fault: 'page-repeated',
    scene: async () => ({
      server: await openBroker({}, ...scripts),
      call: async (exco, _kind, options) => {
        try {
          await collect(exco.pages('samsung', 'account.balance', MESSAGES['account.balance'], options));
        } catch (error) {
          if (isExcoError(error)) return { ok: false, error };
        }
        throw new Error('The pages came to an end.');
      },
    }),
    error: { ...NOT_JSON, phase: 'message', blame: 'broker', brokerHttpStatus: 200 },
    read: { ...READ, requests },
  };
}

export const ENVELOPE: readonly FaultCase[] = [
  missing('a list', [BALANCE]),
  missing('a text', 'OK'),
  missing('a number', 200),
  missing('null', null),
  missing('an object without a result block', { balanceList: {} }),
  missing('an empty object', {}),
  missing('a result block that is null', { resp: null }),
  missing('a result block that is a text', { resp: '200' }),
  missing('a result block that is a list', { resp: [{ respCode: '200' }] }),
  missing('a result block in each of two bodies', {
    balanceResponseBody: { resp: { respCode: '200' } },
    portfolioResponseBody: { resp: { respCode: '200' } },
  }),
  missing('a body of somebody else', { error: 'invalid_token' }),

  invalid('absent', { respMsg: 'OK' }),
  invalid('null', { respCode: null, respMsg: 'OK' }),
  invalid('empty', { respCode: '', respMsg: 'OK' }),
  invalid('blank', { respCode: '   ' }),
  invalid('a word', { respCode: 'OK' }, { brokerCode: 'OK' }),
  invalid('true', { respCode: true }),
  invalid('a list', { respCode: [200] }),
  invalid('an object', { respCode: { code: 200 } }),
  invalid('longer than any code', { respCode: '9'.repeat(17) }),
  invalid('null, though resCode is there', { respCode: null, resCode: '200' }),

  ...[0, 1, '201', '204', 400, 503, 3005, 3999, '8000', 9999, -1, 200.5, 4000.5, 99999].map(outOfRange),

  ...[400, 401, 404, 429, 500, 502, 503, 504].map(conflict),

  repeated('the same key again', 2, page('FAKE-KEY-1'), page('FAKE-KEY-1')),
  repeated('a ring of three', 4, page('FAKE-KEY-1'), page('FAKE-KEY-2'), page('FAKE-KEY-3'), page('FAKE-KEY-1')),
];
