import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { Connector } from '../../src/connector.ts';
import { openBroker, type BrokerServer, type BrokerServerOptions, type Script } from '../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../support/certificates.ts';
import { connectTo, type Surroundings } from '../support/connect.ts';
import { openNameServer } from '../support/dns-server.ts';
import { callOf } from '../support/fault-case.ts';
import { openFullBacklog } from '../support/full-backlog.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { answers, byteByByte, headOf, stalls, writes } from '../support/scripts.ts';
import { GRACE_MS, Stopwatch } from '../support/stopwatch.ts';

/** What a call meets that never ends by itself. */
interface Standstill {
  readonly server?: BrokerServer;
  readonly baseUrl?: string;
  readonly broker?: Partial<BrokerOptions>;
  readonly surroundings?: Surroundings;
  readonly message?: Record<string, string>;
}

const NO_LIMITS = { timeouts: { connectMs: 60_000, headMs: 60_000, bodyIdleMs: 60_000 } } as const;
const LONG_TEXT = 'F'.repeat(7 * 1024 * 1024);
const TEXT = JSON.stringify(BALANCE);

function broker(script: Script, options: BrokerServerOptions = {}) {
  return async (): Promise<Standstill> => ({ server: await openBroker(options, script) });
}

function* forever(piece: string): Generator<string, undefined> {
  for (;;) yield piece;
}

/** A TLS port that takes a connection and says nothing. */
async function silentTls(): Promise<Standstill> {
  const server = await openBroker({ isDeaf: true, greet: ({ socket }) => socket.resume() });
  return { server, baseUrl: `https://127.0.0.1:${server.port}`, broker: { tls: { ca: CA } } };
}

const DEADLINE_MS = 300;

describe('a call ends at its deadline and closes its socket', () => {
  it.each([
    {
      what: 'the name server is silent',
      fault: 'dns-unavailable',
      code: 3004,
      open: async () => ({ baseUrl: 'http://broker.test:9', surroundings: await openNameServer('silence') }),
    },
    {
      what: 'nobody answers to the dial',
      fault: 'connect-timeout',
      code: 3005,
      open: async () => ({ baseUrl: await openFullBacklog() }),
    },
    { what: 'nobody shakes hands', fault: 'connect-timeout', code: 3005, open: silentTls },
    { what: 'nothing comes', fault: 'response-timeout', code: 3005, open: broker(stalls) },
    {
      what: 'nothing comes, under TLS',
      fault: 'response-timeout',
      code: 3005,
      open: async () => ({ ...(await broker(stalls, { tls: SERVER_IDENTITIES.good })()), broker: { tls: { ca: CA } } }),
    },
    {
      what: 'the head drips',
      fault: 'response-timeout',
      code: 3005,
      open: broker((peer) => peer.drip(byteByByte('HTTP/1.1 200 OK\r\nX: ', 'x'), 20)),
    },
    {
      what: '1xx come for ever',
      fault: 'response-timeout',
      code: 3005,
      open: broker((peer) => peer.drip(forever('HTTP/1.1 103 Early Hints\r\n\r\n'), 20)),
    },
    {
      what: 'a large request is not taken',
      fault: 'response-timeout',
      code: 3005,
      open: async () => ({ ...(await broker(stalls, { isDeaf: true })()), message: { padding: LONG_TEXT } }),
    },
    {
      what: 'the body drips',
      fault: 'body-timeout',
      code: 3005,
      open: broker((peer) => {
        peer.write(headOf(200, { 'Content-Length': '1000000' }));
        peer.drip(byteByByte(TEXT), 20);
      }),
    },
    {
      what: 'the chunks drip',
      fault: 'body-timeout',
      code: 3005,
      open: broker((peer) => {
        peer.write(headOf(200, { 'Transfer-Encoding': 'chunked' }));
        peer.drip(forever('1\r\n \r\n'), 20);
      }),
    },
    {
      what: 'a body stops one octet short of its length, all JSON there',
      fault: 'body-timeout',
      code: 3005,
      open: broker(writes(headOf(200, { 'Content-Length': String(Buffer.byteLength(TEXT) + 1) }), TEXT)),
    },
    {
      what: 'a body stops before its last chunk, all JSON there',
      fault: 'body-timeout',
      code: 3005,
      open: broker(
        writes(
          headOf(200, { 'Transfer-Encoding': 'chunked' }),
          `${Buffer.byteLength(TEXT).toString(16)}\r\n${TEXT}\r\n`,
        ),
      ),
    },
    {
      what: 'a body without length whose connection stays open',
      fault: 'body-timeout',
      code: 3005,
      open: broker(writes(headOf(200, { Connection: 'close' }), TEXT)),
    },
  ])('$what', async ({ fault, code, open }) => {
    const standstill: Standstill = await open();
    const { server, baseUrl = server?.baseUrl ?? '', surroundings, message } = standstill;
    const exco = connectTo(baseUrl, { ...NO_LIMITS, ...standstill.broker }, surroundings);
    const watch = new Stopwatch();
    const settled = await callOf(exco, 'read', { deadlineMs: DEADLINE_MS }, message);
    const { elapsedMs, lateMs } = watch.stop();
    expect(settled.ok ? settled.reply : settled.error).toMatchObject({ fault, code, attempts: 1 });
    expect(elapsedMs).toBeGreaterThanOrEqual(DEADLINE_MS - 2);
    expect(elapsedMs).toBeLessThanOrEqual(DEADLINE_MS + GRACE_MS + lateMs);
    server?.hear();
    await server?.allClosed();
  });

  it('spans all attempts', async () => {
    const server = await openBroker({}, stalls);
    const exco = connectTo(server.baseUrl, { timeouts: { headMs: 200 }, retry: { baseMs: 0 } });
    const watch = new Stopwatch();
    const settled = await callOf(exco, 'read', { deadlineMs: DEADLINE_MS });
    const { elapsedMs, lateMs } = watch.stop();
    expect(settled).toMatchObject({ ok: false, error: { fault: 'response-timeout', attempts: 2 } });
    expect(elapsedMs).toBeLessThanOrEqual(DEADLINE_MS + GRACE_MS + lateMs);
    expect(server.requests).toHaveLength(2);
    await server.allClosed();
  });

  it('is the one of the operation in the configuration where the call names none', async () => {
    const server = await openBroker({}, stalls);
    const exco = connectTo(server.baseUrl, {
      ...NO_LIMITS,
      operations: { 'account.balance': { deadlineMs: DEADLINE_MS } },
    });
    const watch = new Stopwatch();
    const settled = await callOf(exco, 'read');
    const { elapsedMs, lateMs } = watch.stop();
    expect(settled).toMatchObject({ ok: false, error: { fault: 'response-timeout' } });
    expect(elapsedMs).toBeLessThanOrEqual(DEADLINE_MS + GRACE_MS + lateMs);
  });

  it('fits in the shortest one', async () => {
    const server = await openBroker({}, stalls);
    const exco = connectTo(server.baseUrl, NO_LIMITS);
    const watch = new Stopwatch();
    const settled = await callOf(exco, 'read', { deadlineMs: 1 });
    const { elapsedMs, lateMs } = watch.stop();
    expect(settled).toMatchObject({ ok: false, error: { code: 3005 } });
    expect(elapsedMs).toBeLessThanOrEqual(1 + GRACE_MS + lateMs);
    await server.allClosed();
  });

  it('leaves a slow answer alone that comes in time', async () => {
    const server = await openBroker({}, (peer) => {
      peer.write(headOf(200, { 'Content-Length': String(Buffer.byteLength(TEXT)) }));
      peer.drip(TEXT.match(/.{1,50}/g) ?? [], 20);
    });
    const exco = connectTo(server.baseUrl, { timeouts: { bodyIdleMs: 100 } });
    const settled = await callOf(exco, 'read', { deadlineMs: 3_000 });
    expect(settled).toMatchObject({ ok: true, reply: { data: BALANCE, meta: { attempts: 1 } } });
  });
});

describe('a caller who gives up', () => {
  interface Waiting {
    readonly server: BrokerServer;
    readonly exco: Connector;
    /** Until he is there. */
    readonly there: () => Promise<void>;
    /** Requests that the broker has seen by then. */
    readonly seen: number;
    /** Sockets that stay open for other calls. */
    readonly left?: number;
  }

  const PLACES: readonly { readonly where: string; readonly open: () => Promise<Waiting> }[] = [
    {
      where: 'while waiting for a place',
      open: async () => {
        const server = await openBroker({}, stalls);
        const exco = connectTo(server.baseUrl, { ...NO_LIMITS, concurrency: { inFlight: 1, queue: 1 } });
        void callOf(exco, 'read', { deadlineMs: 500 });
        return { server, exco, there: () => server.received(1), seen: 1 };
      },
    },
    {
      where: 'while the name is looked up',
      open: async () => {
        const server = await openBroker({}, stalls);
        const names = await openNameServer('silence');
        const exco = connectTo('http://broker.test:9', NO_LIMITS, names);
        return { server, exco, there: () => names.asked(1), seen: 0 };
      },
    },
    {
      where: 'while shaking hands',
      open: async () => {
        const { server, baseUrl, broker: tls } = await silentTls();
        if (server === undefined || baseUrl === undefined) throw new Error('There is no server.');
        const exco = connectTo(baseUrl, { ...NO_LIMITS, ...tls });
        return { server, exco, there: () => server.accepted(1), seen: 0 };
      },
    },
    {
      where: 'before the head',
      open: async () => {
        const server = await openBroker({}, stalls);
        return { server, exco: connectTo(server.baseUrl, NO_LIMITS), there: () => server.received(1), seen: 1 };
      },
    },
    {
      where: 'inside the body',
      open: async () => {
        const server = await openBroker({}, writes(headOf(200, { 'Content-Length': '1000' }), TEXT));
        return { server, exco: connectTo(server.baseUrl, NO_LIMITS), there: () => server.received(1), seen: 1 };
      },
    },
    {
      where: 'in the pause before a repeat',
      open: async () => {
        const server = await openBroker({}, answers('', 503, { 'Retry-After': '5' }), answers(BALANCE));
        const exco = connectTo(server.baseUrl, NO_LIMITS);
        const over = new Promise<void>((resolve) => exco.on('attempt', () => resolve()));
        return { server, exco, there: () => over, seen: 1, left: 1 };
      },
    },
  ];

  it.each(PLACES)('gets the very reason of the signal, $where', async ({ open }) => {
    const { server, exco, there, seen, left = 0 } = await open();
    const caller = new AbortController();
    const reason = { why: 'the customer has closed the page' };
    const call = exco.settle('samsung', 'account.balance', MESSAGES['account.balance'], { signal: caller.signal });
    const ended = expect(call).rejects.toBe(reason);
    await there();
    caller.abort(reason);
    const aborted = new Stopwatch();
    await ended;
    const { elapsedMs, lateMs } = aborted.stop();
    expect(elapsedMs).toBeLessThanOrEqual(GRACE_MS + lateMs);
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
    // In the pause its socket is idle, and kept for others.
    await server.closedTo(left);
    expect(server.requests).toHaveLength(seen);
  });

  it('gets the reason before anything is dialled where the signal is aborted already', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const reason = new Error('too late');
    const signal = AbortSignal.abort(reason);
    await expect(exco.call('samsung', 'account.balance', MESSAGES['account.balance'], { signal })).rejects.toBe(reason);
    expect(server.connections).toBe(0);
  });

  it('frees his place for the next one', async () => {
    const server = await openBroker({}, stalls, answers(BALANCE));
    const exco = connectTo(server.baseUrl, { ...NO_LIMITS, concurrency: { inFlight: 1, queue: 0 } });
    const caller = new AbortController();
    const given = expect(callOf(exco, 'read', { signal: caller.signal })).rejects.toThrow('This operation was aborted');
    await server.received(1);
    caller.abort();
    await given;
    await expect(callOf(exco, 'read')).resolves.toMatchObject({ ok: true });
  });

  it('says nothing about the broker', async () => {
    const server = await openBroker({}, stalls, stalls, answers(BALANCE));
    const exco = connectTo(server.baseUrl, { ...NO_LIMITS, breaker: { minCalls: 1, failureShare: 0.01 } });
    for (const count of [1, 2]) {
      const caller = new AbortController();
      const given = expect(callOf(exco, 'read', { signal: caller.signal })).rejects.toThrow(
        'This operation was aborted',
      );
      await server.received(count);
      caller.abort();
      await given;
    }
    await expect(callOf(exco, 'read')).resolves.toMatchObject({ ok: true });
  });

  it('leaves nothing on a signal that outlives a hundred calls', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const { signal } = new AbortController();
    for (let each = 0; each < 100; each += 1) await callOf(exco, 'read', { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(server.connections).toBe(1);
  });
});
