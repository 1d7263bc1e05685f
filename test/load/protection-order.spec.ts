import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { CallOptions } from '../../src/calling/arguments.ts';
import type { StateRecord } from '../../src/model/record.ts';
import { openBroker, type Peer } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { responseOf } from '../support/scripts.ts';
import { changesOf, tallyOf, wordOf } from './many-brokers.ts';
import { MovedClock } from './moved-clock.ts';

const HOUR_MS = 3_600_000;
const OPEN_MS = 15_000;
/** How much two readings of the time of day may lie apart, in milliseconds. */
const CLOCKS_MS = 5;
const ANSWER = responseOf(JSON.stringify(BALANCE));

/** A broker that keeps its callers until a test answers or drops them. */
async function holding(options: Partial<BrokerOptions> = {}) {
  const held: Peer[] = [];
  const server = await openBroker({}, (peer) => held.push(peer));
  const clock = new MovedClock();
  const own = { timeouts: { headMs: 60_000 }, breaker: { minCalls: 1 }, retry: false } as const;
  const exco = connectTo(server.baseUrl, { ...own, ...options }, { clock });
  const call = (more: CallOptions = {}) => callOf(exco, 'read', { deadlineMs: 60_000, ...more });
  /** A call that the broker drops. */
  const fail = async () => {
    const settled = call();
    await server.received(server.requests.length + 1);
    held.pop()?.reset();
    return settled;
  };
  return { server, clock, exco, call, held, fail, changes: changesOf(exco) };
}

/** Maintenance announced from half an hour after now to one hour after it. */
function announced(): Partial<BrokerOptions> {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  return { maintenance: { windows: [{ start: at(0.5), end: at(1) }] } };
}

/** Whole seconds, for a time that was read a moment after it had been set. */
function secondsOf(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms / 1_000);
}

describe('announced maintenance', () => {
  it('comes before an open circuit: callers are told when it ends, not when the next probe is due', async () => {
    const breaker = { minCalls: 1, openMs: HOUR_MS, maxOpenMs: HOUR_MS };
    const { call, clock, fail, server } = await holding({ ...announced(), breaker });
    await fail();
    expect(wordOf(await call())).toBe('breaker-open');
    clock.forward(0.75 * HOUR_MS);
    const refused = await call();
    expect(refused.ok ? undefined : refused.error).toMatchObject({ fault: 'maintenance-window', code: 3600 });
    const retryAfterMs = refused.ok ? 0 : (refused.error.retryAfterMs ?? 0);
    expect(retryAfterMs).toBeGreaterThan(0.2 * HOUR_MS);
    expect(retryAfterMs).toBeLessThanOrEqual(0.25 * HOUR_MS + CLOCKS_MS);
    expect(server.requests).toHaveLength(1);
  });

  it('comes before the probe: it is refused, and the probe is still to come when it is over', async () => {
    const { server, call, clock, fail, changes, held } = await holding(announced());
    await fail();
    clock.forward(0.75 * HOUR_MS);
    expect(wordOf(await call())).toBe('maintenance-window');
    expect(changes).toEqual(['samsung closed>open']);
    clock.forward(HOUR_MS);
    const probe = call();
    await server.received(2);
    held.pop()?.write(ANSWER);
    expect(wordOf(await probe)).toBe('ok');
  });

  it('comes before a full bulkhead', async () => {
    const { call, clock, held, server } = await holding({ ...announced(), concurrency: { inFlight: 1, queue: 0 } });
    const first = call();
    await server.received(1);
    expect(wordOf(await call())).toBe('bulkhead-full');
    clock.forward(0.75 * HOUR_MS);
    expect(wordOf(await call())).toBe('maintenance-window');
    held.pop()?.write(ANSWER);
    expect(wordOf(await first)).toBe('ok');
  });
});

describe('an open circuit', () => {
  it('comes before a full bulkhead: it refuses as what it is, with the time to wait', async () => {
    const { server, clock, call, fail, held } = await holding({ concurrency: { inFlight: 2, queue: 0 } });
    const first = call();
    await server.received(1);
    await fail();
    clock.forward(OPEN_MS);
    const probe = call();
    await server.received(3);
    // Both places are taken now, and nobody may wait.
    const refused = await call();
    expect(refused.ok ? undefined : refused.error).toMatchObject({ fault: 'breaker-open', retryAfterMs: 1_000 });
    for (const peer of held) peer.write(ANSWER);
    expect([wordOf(await first), wordOf(await probe)]).toEqual(['ok', 'ok']);
  });

  it('refuses those who waited while it opened, gives their places back, and was asked of no broker', async () => {
    const { server, clock, call, held, changes } = await holding({ concurrency: { inFlight: 1, queue: 10 } });
    const first = call();
    await server.received(1);
    const waiting = Array.from({ length: 10 }, () => call());
    held.pop()?.reset();
    expect(wordOf(await first)).toBe('reset-before-response');
    expect(tallyOf(await Promise.all(waiting))).toEqual({ 'breaker-open': 10 });
    expect(server.requests).toHaveLength(1);
    clock.forward(OPEN_MS);
    const probe = call();
    await server.received(2);
    held.pop()?.write(ANSWER);
    expect(wordOf(await probe)).toBe('ok');
    expect(changes).toEqual(['samsung closed>open', 'samsung open>half-open', 'samsung half-open>closed']);
  });
});

describe('a circuit that opens', () => {
  it('says whose it is, and for how long: twice as long behind a failed probe', async () => {
    const { clock, exco, fail } = await holding();
    const records: StateRecord[] = [];
    exco.on('state', (record) => records.push(record));
    await fail();
    clock.forward(OPEN_MS);
    await fail();
    const changed = records.map(({ broker, from, to, retryAfterMs }) => ({
      broker,
      from,
      to,
      seconds: secondsOf(retryAfterMs),
    }));
    expect(changed).toEqual([
      { broker: 'samsung', from: 'closed', to: 'open', seconds: 15 },
      { broker: 'samsung', from: 'open', to: 'half-open', seconds: undefined },
      { broker: 'samsung', from: 'half-open', to: 'open', seconds: 30 },
    ]);
    expect(records.every(({ operation }) => operation === undefined)).toBe(true);
  });
});

describe('a call that ends late', () => {
  it.each([
    { what: 'well while the circuit is open', ends: (peer: Peer) => peer.write(ANSWER), isProbing: false },
    { what: 'badly while the circuit is open', ends: (peer: Peer) => peer.reset(), isProbing: false },
    { what: 'well while the probe is out', ends: (peer: Peer) => peer.write(ANSWER), isProbing: true },
    { what: 'badly while the probe is out', ends: (peer: Peer) => peer.reset(), isProbing: true },
  ])('changes nothing: $what', async ({ ends, isProbing }) => {
    const { server, clock, call, fail, held, changes } = await holding();
    const slow = call();
    await server.received(1);
    const [late] = held;
    await fail();
    if (isProbing) clock.forward(OPEN_MS);
    const probe = isProbing ? call() : undefined;
    if (isProbing) await server.received(3);
    const before = [...changes];
    if (late !== undefined) ends(late);
    await slow;
    expect(changes).toEqual(before);
    expect(wordOf(await call())).toBe('breaker-open');
    held.at(-1)?.write(ANSWER);
    if (probe !== undefined) expect(wordOf(await probe)).toBe('ok');
  });
});

describe('a probe that its caller gives up', () => {
  it('is given back: the next read probes at once, and its failure doubles the time', async () => {
    const { server, clock, call, fail, held, changes } = await holding();
    await fail();
    clock.forward(OPEN_MS);
    const caller = new AbortController();
    const given = expect(call({ signal: caller.signal })).rejects.toThrow('aborted');
    await server.received(2);
    caller.abort();
    await given;
    held.pop();
    await fail();
    expect(server.requests).toHaveLength(3);
    const refused = await call();
    expect(refused.ok ? 0 : refused.error.retryAfterMs).toBeGreaterThan(OPEN_MS);
    const round = ['samsung open>half-open', 'samsung half-open>open'];
    expect(changes).toEqual(['samsung closed>open', ...round, ...round]);
  });
});
