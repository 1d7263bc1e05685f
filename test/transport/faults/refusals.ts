import type { BrokerOptions } from '../../../src/brokers/options.ts';
import { openBroker } from '../../support/broker-server.ts';
import { callOf, type Ending, type FaultCase, type Scene } from '../../support/fault-case.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { MESSAGES } from '../../support/messages.ts';
import { stalls, writesAndEnds } from '../../support/scripts.ts';
import { NETWORK_TIMEOUT, UNAVAILABLE, UNKNOWN_URL } from './words.ts';

const REFUSED: Ending = { sent: 'no', outcome: 'not-executed', attempts: 0, requests: 0 };
const BOTH = { read: REFUSED, write: REFUSED } as const;

const NO_COMPANY = {
  code: 3008,
  message: 'not found company info',
  httpStatus: 500,
  phase: 'local',
  blame: 'caller',
} as const;
const NO_URL = { ...UNKNOWN_URL, phase: 'local', blame: 'caller' } as const;
const INCOMPLETE = { code: 3003, message: '필수 항목 누락', httpStatus: 400, phase: 'local', blame: 'caller' } as const;

/** Some whole number, known only when it happens. */
const SOME_TIME: unknown = { asymmetricMatch: (value: unknown) => Number.isInteger(value) && Number(value) > 0 };

function unknownBroker(name: string, shown: object = {}): FaultCase {
  return {
    what: JSON.stringify(name),
    fault: 'unknown-broker',
    scene: async () => ({
      server: await openBroker({}, stalls),
      call: (exco, _kind, options) => exco.settle(name, 'account.balance', MESSAGES['account.balance'], options),
    }),
    error: { ...NO_COMPANY, ...shown },
    read: REFUSED,
  };
}

async function alive(broker: Partial<BrokerOptions>, scene: Partial<Scene> = {}): Promise<Scene> {
  return { server: await openBroker({}, stalls), broker, ...scene };
}

function lacking(what: string, message: JsonObject, description: string): FaultCase {
  return {
    what,
    fault: 'missing-field',
    scene: () => alive({}, { call: (exco, kind, options) => callOf(exco, kind, options, message) }),
    error: { ...INCOMPLETE, description },
    read: REFUSED,
  };
}

/** A broker with one call under way that is never answered, and whose place is the only one. */
async function occupied(queue: number): Promise<Scene> {
  const server = await openBroker({}, stalls);
  return {
    server,
    broker: { concurrency: { inFlight: 1, queue }, retry: false, timeouts: { headMs: 1_000 } },
    before: (exco) => {
      void callOf(exco, 'read', { deadlineMs: 300 });
      return server.received(1);
    },
  };
}

export const REFUSALS: readonly FaultCase[] = [
  unknownBroker('nobody', { description: 'nobody' }),
  unknownBroker(''),
  unknownBroker('../samsung'),
  unknownBroker('samsung/../../etc/passwd'),
  unknownBroker('samsung\r\nX-Injected: 1'),
  unknownBroker('__proto__'),
  unknownBroker('99999'),

  {
    what: 'switched off in the configuration',
    fault: 'unknown-operation',
    scene: () => alive({ operations: { 'account.balance': false } }),
    error: { ...NO_URL, description: 'account.balance is switched off' },
    read: REFUSED,
  },
  {
    what: 'a write switched off in the configuration',
    fault: 'unknown-operation',
    scene: () => alive({ operations: { 'virtualAccount.request': false } }),
    error: { ...NO_URL, description: 'virtualAccount.request is switched off' },
    write: REFUSED,
  },

  lacking('one field', { accInfo: {} }, 'accInfo.vtAccNo'),
  lacking(
    'several fields, each named',
    { accInfo: null, commonHeader: { reqIdConsumer: '' } },
    'commonHeader.ci, accInfo.vtAccNo',
  ),
  {
    what: 'an item of a write',
    fault: 'missing-field',
    scene: () =>
      alive(
        {},
        {
          call: (exco, kind, options) =>
            callOf(exco, kind, options, {
              virtualAccountList: { virtualAccount: [{ trCode: 'REQ', vtAccAlias: '' }] },
            }),
        },
      ),
    error: { ...INCOMPLETE, description: 'virtualAccountList.virtualAccount[0].realAccNo' },
    write: REFUSED,
  },

  {
    what: 'announced for the whole time',
    fault: 'maintenance-window',
    scene: () => alive({ maintenance: { windows: [{ start: '2020-01-01T00:00:00Z', end: '2999-01-01T00:00:00Z' }] } }),
    error: { ...UNAVAILABLE, phase: 'local', blame: 'broker', retryAfterMs: SOME_TIME },
    ...BOTH,
  },
  {
    what: 'after the only call so far had failed',
    fault: 'breaker-open',
    scene: async () => ({
      server: await openBroker({}, writesAndEnds()),
      broker: { breaker: { minCalls: 1 }, retry: false },
      before: (exco) => callOf(exco, 'read'),
    }),
    error: { ...UNAVAILABLE, phase: 'local', blame: 'broker', retryAfterMs: SOME_TIME },
    ...BOTH,
  },
  {
    what: 'one call under way, and no place to wait',
    fault: 'bulkhead-full',
    scene: () => occupied(0),
    error: { ...UNAVAILABLE, phase: 'local', blame: 'platform' },
    ...BOTH,
  },
  {
    what: 'still waiting for a place',
    fault: 'deadline-exceeded',
    scene: async () => ({ ...(await occupied(1)), call: (exco, kind) => callOf(exco, kind, { deadlineMs: 100 }) }),
    error: { ...NETWORK_TIMEOUT, phase: 'local', blame: 'platform' },
    ...BOTH,
  },
];
