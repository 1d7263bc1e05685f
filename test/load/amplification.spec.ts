import { describe, expect, it, jest } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { openBroker, type Peer, type Script } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { answers, responseOf } from '../support/scripts.ts';
import { atOnce, inTurn, tallyOf } from './many-brokers.ts';
import { MovedClock } from './moved-clock.ts';

/** Time for a test of hundreds of calls, on a machine with other things to do, in milliseconds. */
jest.setTimeout(30_000);

/** A span of the budget, in milliseconds. */
const SPAN_MS = 10_000;
/** Share of a span's calls that may be repeated. */
const BUDGET = 0.2;

const resets: Script = (peer) => peer.reset();

/** What a broker may see of a span's calls: each of them, a fifth of them again, and one again at least. */
function mostOf(calls: number): number {
  return calls + Math.max(1, Math.floor(BUDGET * calls));
}

/** A broker that does `script` with every request, and a connector without a breaker that would end it early. */
async function dying(script: Script, options: Partial<BrokerOptions> = {}) {
  const server = await openBroker({}, script);
  const clock = new MovedClock();
  const exco = connectTo(server.baseUrl, { breaker: false, ...options }, { clock });
  return { server, clock, call: () => callOf(exco, 'read', { deadlineMs: 60_000 }) };
}

describe('a broker that resets every read', () => {
  it.each([
    { what: 'one call in each', perSpan: [1, 1, 1, 1], seen: [2, 2, 2, 2] },
    { what: 'five calls in each', perSpan: [5, 5, 5, 5], seen: [6, 6, 6, 6] },
    { what: 'nine calls in each', perSpan: [9, 9, 9], seen: [10, 10, 10] },
    { what: 'thirty calls in each', perSpan: [30, 30, 30], seen: [36, 36, 36] },
    { what: 'many calls, then few', perSpan: [50, 1, 1], seen: [60, 2, 2] },
    { what: 'few calls, then many', perSpan: [1, 1, 50], seen: [2, 2, 60] },
  ])('sees a fifth more than is called, and one more at least, over spans of $what', async ({ perSpan, seen }) => {
    const { server, clock, call } = await dying(resets);
    const counts: number[] = [];
    for (const calls of perSpan) {
      const before = server.requests.length;
      await inTurn(calls, call);
      counts.push(server.requests.length - before);
      clock.forward(SPAN_MS);
    }
    expect(counts).toEqual(seen);
    expect(perSpan.map(mostOf)).toEqual(seen);
  });

  it.each([
    { calls: 10, seen: 12 },
    { calls: 64, seen: 76 },
  ])('sees a fifth more of $calls calls at once, in every span', async ({ calls, seen }) => {
    const { server, clock, call } = await dying(resets);
    for (const spans of [1, 2, 3]) {
      expect(tallyOf(await atOnce(calls, call))).toEqual({ 'reset-before-response': calls });
      expect(server.requests).toHaveLength(spans * seen);
      clock.forward(SPAN_MS);
    }
    expect(seen).toBe(mostOf(calls));
  });

  it('sees no more where calls have to wait for a place', async () => {
    const { server, call } = await dying(resets, { concurrency: { inFlight: 8, queue: 256 } });
    await atOnce(200, call);
    expect(server.requests.length).toBeLessThanOrEqual(mostOf(200));
    // As long as calls come, what the budget allows is used.
    expect(server.requests.length).toBeGreaterThan(200);
  });

  it('sees one repeat of calls that fail together in the span after their own', async () => {
    const held: Peer[] = [];
    const { server, clock, call } = await dying((peer) => {
      if (held.length < 30) held.push(peer);
      else peer.reset();
    });
    const calls = atOnce(30, call);
    await server.received(30);
    clock.forward(SPAN_MS);
    for (const peer of held) peer.reset();
    expect(tallyOf(await calls)).toEqual({ 'reset-before-response': 30 });
    expect(server.requests).toHaveLength(31);
  });

  it('sees once more what went out on a socket it had kept when it was well, and that alone besides', async () => {
    let isWell = true;
    const waiting: Peer[] = [];
    const { server, call } = await dying((peer) => {
      if (isWell) waiting.push(peer);
      else peer.reset();
    });
    const warming = atOnce(8, call);
    await server.received(8);
    for (const peer of waiting) peer.write(responseOf(JSON.stringify(BALANCE)));
    expect(tallyOf(await warming)).toEqual({ ok: 8 });
    isWell = false;
    expect(tallyOf(await atOnce(42, call))).toEqual({ 'reset-before-response': 42 });
    expect(server.requests).toHaveLength(mostOf(50) + 8);
  });
});

describe('a broker that closes every socket under its second request', () => {
  it('sees a tenth more than is called, since kept sockets are not used behind the first that died', async () => {
    const seen = new Set<number>();
    const { server, clock, call } = await dying((peer, request) => {
      if (seen.has(request.connection)) peer.reset();
      else answers(BALANCE)(peer, request);
      seen.add(request.connection);
    });
    for (let span = 0; span < 5; span += 1) {
      expect(tallyOf(await inTurn(10, call))).toEqual({ ok: 10 });
      clock.forward(SPAN_MS);
    }
    expect(server.requests).toHaveLength(55);
  });
});

describe('a broker whose circuit opens', () => {
  it('sees no repeat that calls refused by the open circuit would pay for', async () => {
    const { server, clock, call } = await dying(resets, { breaker: { openMs: 1_000 } });
    await inTurn(10, call);
    expect(server.requests).toHaveLength(12);
    expect(tallyOf(await inTurn(50, call))).toEqual({ 'breaker-open': 50 });
    clock.forward(1_000);
    await call();
    expect(server.requests).toHaveLength(13);
  });

  it.each([
    { whose: 'its circuit', fault: 'reset-before-response', ends: resets },
    { whose: "the operation's circuit", fault: 'json-invalid', ends: answers('no JSON') },
  ])('sees no repeat of calls under way once $whose has opened', async ({ fault, ends }) => {
    const held: (() => void)[] = [];
    const { server, call } = await dying(
      (peer, request) => {
        if (held.length < 3) held.push(() => ends(peer, request));
        else ends(peer, request);
      },
      { breaker: { minCalls: 1 }, retry: { baseMs: 0, budget: 1 } },
    );
    const early = atOnce(3, call);
    await server.received(3);
    // Its own repeat fails as well, and that opens the circuit.
    expect(tallyOf([await call()])).toEqual({ [fault]: 1 });
    expect(server.requests).toHaveLength(5);
    for (const end of held) end();
    expect(tallyOf(await early)).toEqual({ [fault]: 3 });
    expect(server.requests).toHaveLength(5);
  });
});

describe('a broker that fails otherwise', () => {
  it.each([
    { what: 'answers 500', script: answers('', 500), fault: 'http-server-error' },
    {
      what: 'asks for another try at once',
      script: answers('', 503, { 'Retry-After': '0' }),
      fault: 'http-unavailable',
    },
    { what: 'is throttling', script: answers('', 429, { 'Retry-After': '0' }), fault: 'throttled' },
    { what: 'answers no JSON', script: answers('no JSON'), fault: 'json-invalid' },
  ])('and $what sees a fifth more than is called', async ({ script, fault }) => {
    const { server, call } = await dying(script);
    expect(tallyOf(await inTurn(30, call))).toEqual({ [fault]: 30 });
    expect(server.requests).toHaveLength(36);
  });
});
