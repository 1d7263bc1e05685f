import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { defineOperation } from '../../src/model/operation.ts';
import { openBroker, type BrokerServer } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { responseOf } from '../support/scripts.ts';

const READ = defineOperation({ name: 'own.read', path: '/own', kind: 'read' });
const WRITE = defineOperation({ name: 'own.write', path: '/own', kind: 'write' });
const CALLS = 100;

/** A hundred sockets at once take their time where everything else runs too. */
const PATIENCE_MS = 30_000;
const PATIENT = { deadlineMs: PATIENCE_MS };

const EXPIRED = { rt_cd: '1', msg_cd: 'EGW00123', msg1: '기간이 만료된 token' };

/** A broker that knows one token, and a keeper of tokens that starts with one that has ended. */
async function house(renewal: (server: BrokerServer) => Promise<void> = () => Promise.resolve()) {
  const server = await openBroker({}, (peer, { headers }) => {
    const isKnown = headers['authorization'] === 'Bearer SECRET-NEW';
    peer.write(responseOf(JSON.stringify(isKnown ? { rt_cd: '0' } : EXPIRED), isKnown ? 200 : 500));
  });
  const counted = { renewals: 0, gets: 0 };
  let token = 'SECRET-OLD';
  const credentials: BrokerOptions['credentials'] = {
    get: () => {
      counted.gets += 1;
      return { Authorization: `Bearer ${token}` };
    },
    async renew() {
      counted.renewals += 1;
      await renewal(server);
      token = 'SECRET-NEW';
    },
  };
  const exco = connectTo(server.baseUrl, {
    dialect: 'koreainvest',
    pace: false,
    breaker: false,
    credentials,
    concurrency: { inFlight: CALLS },
    timeouts: { connectMs: PATIENCE_MS, headMs: PATIENCE_MS },
  });
  return { server, counted, exco };
}

describe('100 calls at once that meet a token which has ended', () => {
  it.each([READ, WRITE])(
    'renew it once and are each sent once more: $name',
    async (operation) => {
      const { server, counted, exco } = await house((each) => each.received(CALLS));
      const settled = await Promise.all(
        Array.from({ length: CALLS }, () => exco.settle('samsung', operation, {}, PATIENT)),
      );
      expect(settled.filter(({ ok }) => !ok)).toEqual([]);
      expect(settled.map((each) => each.ok && each.reply.meta.attempts)).toEqual(Array(CALLS).fill(2));
      expect(counted).toEqual({ renewals: 1, gets: 2 * CALLS });
      expect(server.requests).toHaveLength(2 * CALLS);
    },
    30_000,
  );

  it('end with 3999, ours, after one attempt to renew it that fails, and start no other', async () => {
    const { server, counted, exco } = await house(async (each) => {
      await each.received(CALLS);
      throw new Error('SECRET-OLD was refused');
    });
    const call = () => exco.settle('samsung', READ, {}, PATIENT);
    const settled = await Promise.all(Array.from({ length: CALLS }, call));
    const later = await call();
    for (const each of [...settled, later]) {
      expect(each.ok ? each : each.error).toMatchObject({
        category: 'op-exco',
        code: 3999,
        fault: 'credentials-refused',
        blame: 'platform',
      });
      expect(JSON.stringify(each.ok || [each.error, each.error.toLog()])).not.toContain('SECRET');
    }
    expect(counted.renewals).toBe(1);
    expect(server.requests).toHaveLength(CALLS + 1);
  }, 30_000);
});

describe('a call that was refused for credentials', () => {
  it('is sent again without another renewal where somebody renewed them meanwhile', async () => {
    const { counted, exco, server } = await house();
    await exco.call('samsung', READ, {});
    await exco.call('samsung', READ, {});
    expect(counted.renewals).toBe(1);
    expect(server.requests).toHaveLength(3);
  });

  it('counts its attempts on in its records', async () => {
    const { exco } = await house();
    const attempts: number[] = [];
    exco.on('attempt', ({ attempt }) => attempts.push(attempt));
    await exco.call('samsung', READ, {});
    expect(attempts).toEqual([1, 2]);
  });
});

/** What a broker with one answer for everything makes of a write, and what it was asked. */
async function writing(answer: object, status: number, options: Partial<BrokerOptions> = {}) {
  const headers = { 'Retry-After': '0' };
  const server = await openBroker({}, (peer) => peer.write(responseOf(JSON.stringify(answer), status, headers)));
  let renewals = 0;
  const credentials = { get: () => ({ authorization: 'Bearer SECRET' }), renew: () => void (renewals += 1) };
  const exco = connectTo(server.baseUrl, { dialect: 'koreainvest', pace: false, credentials, ...options });
  const settled = await exco.settle('samsung', WRITE, {});
  if (settled.ok) throw new TypeError('expected an error');
  const { code, fault, outcome } = settled.error;
  return { code, fault, outcome, requests: server.requests.length, renewals };
}

describe('a write', () => {
  const told = (msg_cd: string) => ({ rt_cd: '1', msg_cd, msg1: '' });

  it.each<readonly [string, object, number, object]>([
    [
      'is sent again after a renewal, once',
      told('EGW00123'),
      500,
      { code: 3999, fault: 'credentials-refused', outcome: 'not-executed', requests: 2, renewals: 1 },
    ],
    [
      'is not sent again for a key that no renewal mends',
      told('EGW00103'),
      403,
      { code: 3999, fault: 'credentials-refused', outcome: 'not-executed', requests: 1, renewals: 0 },
    ],
    [
      'is sent again after a refusal of its rate',
      told('EGW00201'),
      500,
      { code: 3600, fault: 'throttled', outcome: 'not-executed', requests: 2, renewals: 0 },
    ],
    [
      'is unknown after a time-out inside the broker',
      told('EGW00302'),
      500,
      { code: 3005, fault: 'broker-timeout', outcome: 'unknown', requests: 1, renewals: 0 },
    ],
    [
      'is unknown after a fault inside the broker',
      told('OPSQ0009'),
      500,
      { code: 3004, fault: 'broker-unavailable', outcome: 'unknown', requests: 1, renewals: 0 },
    ],
    [
      'is unknown after a gateway code that is not listed',
      told('EGW00888'),
      500,
      { code: 3999, fault: 'broker-unavailable', outcome: 'unknown', requests: 1, renewals: 0 },
    ],
    [
      'is unknown after a code of no table, which may be a success nobody listed',
      told('APBK0013'),
      200,
      { code: 7000, fault: 'broker-error', outcome: 'unknown', requests: 1, renewals: 0 },
    ],
    [
      'is refused by a code of the table',
      told('APBK0919'),
      200,
      { code: 7000, fault: 'broker-error', outcome: 'rejected', requests: 1, renewals: 0 },
    ],
    [
      'is unknown under a status without any code',
      {},
      400,
      { code: 7000, fault: 'broker-error', outcome: 'unknown', requests: 1, renewals: 0 },
    ],
  ])('%s', async (_, answer, status, expected) => {
    expect(await writing(answer, status)).toEqual(expected);
  });

  it('is not sent again where repeats are switched off, but the credentials are renewed', async () => {
    const { requests, renewals } = await writing(told('EGW00123'), 500, { retry: false });
    expect([requests, renewals]).toEqual([1, 1]);
  });
});

describe('headers made for a call', () => {
  it('are asked for every call, told whose it is, and sent', async () => {
    const server = await openBroker({}, (peer) => peer.write(responseOf('{"rt_cd":"0"}')));
    const exco = connectTo(server.baseUrl, {
      dialect: 'koreainvest',
      headers: (call) => Promise.resolve({ 'X-Call': Object.values(call).join('/') }),
    });
    await exco.call('samsung', READ, {}, { requestId: 'R-1' });
    expect(server.requests[0]?.headers['x-call']).toBe('samsung/own.read/R-1');
  });

  it.each([
    ['a rejection', () => Promise.reject(new Error('SECRET'))],
    [
      'a throw',
      () => {
        throw new Error('SECRET');
      },
    ],
    ['no headers', () => 'SECRET' as never],
    ['a line break', () => ({ authorization: 'SECRET\r\nX: 1' })],
    ['a header of the transport', () => ({ Host: 'SECRET' })],
  ])('end the call with 3999 before anything is sent, given %s', async (_, headers) => {
    const server = await openBroker({}, (peer) => peer.write(responseOf('{"rt_cd":"0"}')));
    const settled = await connectTo(server.baseUrl, { headers }).settle('samsung', WRITE, {});
    expect(settled.ok ? settled : settled.error).toMatchObject({
      code: 3999,
      fault: 'internal',
      phase: 'local',
      outcome: 'not-executed',
    });
    expect(JSON.stringify(settled.ok || [settled.error, settled.error.toLog()])).not.toContain('SECRET');
    expect(server.requests).toEqual([]);
  });

  it('that never come are waited for until the deadline, and nothing is sent', async () => {
    const server = await openBroker({}, (peer) => peer.write(responseOf('{"rt_cd":"0"}')));
    const exco = connectTo(server.baseUrl, { headers: () => new Promise(() => undefined) });
    const settled = await exco.settle('samsung', READ, {}, { deadlineMs: 50 });
    expect(settled.ok ? settled : settled.error).toMatchObject({ code: 3005, fault: 'deadline-exceeded', sent: 'no' });
    expect(server.requests).toEqual([]);
  });

  it('are not asked for by a call that is given up while it waits for its turn', async () => {
    const server = await openBroker({}, (peer) => peer.write(responseOf('{"rt_cd":"0"}')));
    const asked: string[] = [];
    const exco = connectTo(server.baseUrl, {
      dialect: 'koreainvest',
      pace: { perSecond: 0.01 },
      headers({ requestId }) {
        asked.push(requestId);
        return {};
      },
    });
    await exco.call('samsung', READ, {}, { requestId: 'R-1', deadlineMs: 600_000 });
    const caller = new AbortController();
    const waiting = exco.settle('samsung', READ, {}, { deadlineMs: 600_000, signal: caller.signal });
    caller.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await turn();
    expect(asked).toEqual(['R-1']);
  });

  it.each(Array.from({ length: 12 }, (_, steps) => steps))(
    'are not sent by a call that is given up %i steps after they were asked for',
    async (steps) => {
      const server = await openBroker({}, (peer) => peer.write(responseOf('{"rt_cd":"0"}')));
      const caller = new AbortController();
      async function giveUp() {
        for (let step = 0; step < steps; step += 1) await Promise.resolve();
        caller.abort();
      }
      const exco = connectTo(server.baseUrl, {
        dialect: 'koreainvest',
        headers({ operation }) {
          if (operation === WRITE.name) void Promise.resolve().then(giveUp);
          return {};
        },
      });
      await expect(exco.settle('samsung', WRITE, {}, { signal: caller.signal })).rejects.toThrow('aborted');
      await exco.call('samsung', READ, {});
      expect(server.requests).toHaveLength(1);
    },
  );
});
