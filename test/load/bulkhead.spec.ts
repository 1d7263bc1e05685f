import { describe, expect, it, jest } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { CallOptions } from '../../src/calling/arguments.ts';
import { openBroker, type Peer } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { responseOf, stalls } from '../support/scripts.ts';
import { atOnce, changesOf, tallyOf, wordOf } from './many-brokers.ts';

/** Time for a test of hundreds of calls, on a machine with other things to do, in milliseconds. */
jest.setTimeout(30_000);

/** Defaults of the configuration. */
const IN_FLIGHT = 64;
const QUEUE = 256;

const ANSWER = responseOf(JSON.stringify(BALANCE));

/** Nothing ends by a limit here unless a test says so. */
const PATIENT = { timeouts: { headMs: 60_000 } };

/** A broker that keeps its callers until they are let go, in the order in which they came. */
async function holding(options: Partial<BrokerOptions> = {}) {
  const held: Peer[] = [];
  const server = await openBroker({}, (peer) => held.push(peer));
  const exco = connectTo(server.baseUrl, { ...PATIENT, ...options });
  const call = (own: CallOptions = {}) => callOf(exco, 'read', { deadlineMs: 60_000, ...own });
  /** Answers the caller that came first of those held. */
  const letGo = () => held.shift()?.write(ANSWER);
  const asked = () => server.requests.map(({ headers }) => headers['x-request-id']);
  return { server, exco, call, held, letGo, asked };
}

/** What ends a call from outside. */
interface Ending {
  readonly held: Peer;
  readonly caller: AbortController;
}

describe('a bulkhead of the defaults', () => {
  it('lets 64 calls go and 256 wait, refuses the 321st at once, and serves first come first served', async () => {
    const { server, call, letGo, asked } = await holding();
    const ids = Array.from({ length: IN_FLIGHT + QUEUE }, (_, index) => `FAKE-${index}`);
    const calls = ids.map((requestId) => call({ requestId }));
    const refused = await call();
    expect(refused.ok ? undefined : refused.error.toLog()).toMatchObject({
      fault: 'bulkhead-full',
      code: 3600,
      blame: 'platform',
      sent: 'no',
      outcome: 'not-executed',
      attempts: 0,
    });
    await server.received(IN_FLIGHT);
    for (let count = IN_FLIGHT; count < ids.length; count += 1) {
      expect(server.requests).toHaveLength(count);
      letGo();
      await server.received(count + 1);
    }
    for (let left = IN_FLIGHT; left > 0; left -= 1) letGo();
    expect(tallyOf(await Promise.all(calls))).toEqual({ ok: ids.length });
    // Those of the first 64 race each other on sockets of their own; who waited comes in turn.
    expect(new Set(asked().slice(0, IN_FLIGHT))).toEqual(new Set(ids.slice(0, IN_FLIGHT)));
    expect(asked().slice(IN_FLIGHT)).toEqual(ids.slice(IN_FLIGHT));
    expect(server.connections).toBeLessThanOrEqual(IN_FLIGHT);
  });

  it('is no matter of the breaker: refusals of its own say nothing of the broker', async () => {
    const { server, exco, call, letGo } = await holding({
      concurrency: { inFlight: 1, queue: 0 },
      breaker: { minCalls: 1, failureShare: 0.01 },
    });
    const changes = changesOf(exco);
    const first = call();
    await server.received(1);
    expect(tallyOf(await atOnce(50, call))).toEqual({ 'bulkhead-full': 50 });
    letGo();
    expect(wordOf(await first)).toBe('ok');
    expect(changes).toEqual([]);
  });

  it('is one for all operations of a broker, and another for every broker', async () => {
    const { server, exco, call, letGo } = await holding({ concurrency: { inFlight: 1, queue: 0 } });
    const first = call();
    await server.received(1);
    expect(wordOf(await callOf(exco, 'write'))).toBe('bulkhead-full');
    const other = connectTo(server.baseUrl, PATIENT);
    const elsewhere = callOf(other, 'read');
    await server.received(2);
    letGo();
    letGo();
    expect([wordOf(await first), wordOf(await elsewhere)]).toEqual(['ok', 'ok']);
  });
});

describe('a call that waits for a place', () => {
  const ONE = { concurrency: { inFlight: 1, queue: 1 } };

  it('gets its fault at its deadline, unsent, and leaves its place in the queue to another', async () => {
    const { server, call, letGo } = await holding(ONE);
    const first = call();
    await server.received(1);
    const waiting = call({ deadlineMs: 50 });
    expect(wordOf(await call())).toBe('bulkhead-full');
    const late = await waiting;
    expect(late.ok ? undefined : late.error.toLog()).toMatchObject({
      fault: 'deadline-exceeded',
      code: 3005,
      sent: 'no',
      attempts: 0,
    });
    const next = call();
    letGo();
    expect(wordOf(await first)).toBe('ok');
    await server.received(2);
    letGo();
    expect(wordOf(await next)).toBe('ok');
    expect(server.requests).toHaveLength(2);
  });

  it('is given up by its caller with the very reason, and leaves its place in the queue to another', async () => {
    const { server, call, letGo } = await holding(ONE);
    const first = call();
    await server.received(1);
    const caller = new AbortController();
    const reason = { why: 'the customer has closed the page' };
    const given = expect(call({ signal: caller.signal })).rejects.toBe(reason);
    expect(wordOf(await call())).toBe('bulkhead-full');
    caller.abort(reason);
    await given;
    const next = call();
    letGo();
    expect(wordOf(await first)).toBe('ok');
    await server.received(2);
    letGo();
    expect(wordOf(await next)).toBe('ok');
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    { how: 'was answered', end: ({ held }: Ending) => held.write(ANSWER) },
    { how: 'failed', end: ({ held }: Ending) => held.reset() },
    { how: 'was given up', end: ({ caller }: Ending) => caller.abort() },
    { how: 'ran out of time', end: () => undefined, deadlineMs: 100 },
  ])('gets the place of one that $how', async ({ end, deadlineMs = 60_000 }) => {
    const { server, call, letGo, held } = await holding({ ...ONE, retry: false });
    const caller = new AbortController();
    const first = call({ deadlineMs, signal: caller.signal }).catch((reason: unknown) => reason);
    await server.received(1);
    const waiting = call();
    const peer = held.shift();
    if (peer !== undefined) end({ held: peer, caller });
    await server.received(2);
    await first;
    letGo();
    expect(wordOf(await waiting)).toBe('ok');
  });

  it('gives the place on that it gets at the moment at which it is given up', async () => {
    const { server, exco, call, letGo } = await holding(ONE);
    const caller = new AbortController();
    const first = call();
    await server.received(1);
    const waiting = expect(call({ signal: caller.signal })).rejects.toThrow('aborted');
    // Told when the place is free, and before whoever gets it goes on.
    exco.on('call', () => {
      caller.abort();
    });
    letGo();
    await first;
    await waiting;
    const next = call();
    await server.received(2);
    letGo();
    expect(wordOf(await next)).toBe('ok');
  });

  it('says nothing of the broker, however it ends', async () => {
    const server = await openBroker({}, stalls);
    const exco = connectTo(server.baseUrl, {
      ...PATIENT,
      concurrency: { inFlight: 1, queue: 10 },
      breaker: { minCalls: 1, failureShare: 0.01 },
    });
    const changes = changesOf(exco);
    const caller = new AbortController();
    const first = expect(callOf(exco, 'read', { signal: caller.signal })).rejects.toThrow('aborted');
    await server.received(1);
    const late = [1, 2, 3].map(() => callOf(exco, 'read', { deadlineMs: 30 }));
    expect(tallyOf(await Promise.all(late))).toEqual({ 'deadline-exceeded': 3 });
    caller.abort();
    await first;
    expect(changes).toEqual([]);
  });
});
