import { describe, expect, it, jest } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { Settled } from '../../src/model/reply.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { aliasesOf, atOnce, balanceOf, brokerOf, changesOf, connectAll, inTurn, tallyOf } from './many-brokers.ts';
import { MovedClock } from './moved-clock.ts';

/** How long the circuit stays open at first and at most, in milliseconds; the clock is put forward by that. */
const OPEN_MS = 15_000;
const MOST_OPEN_MS = 60_000;
/** Time for a head where none ever comes, in milliseconds. */
const HEAD_MS = 50;
/** Time for a head where one comes, on a machine with other things to do, in milliseconds. */
const PATIENT = { timeouts: { headMs: 1_000 } };
const SHORT = {
  timeouts: { headMs: HEAD_MS },
  breaker: { openMs: OPEN_MS, maxOpenMs: MOST_OPEN_MS },
  retry: { baseMs: 0 },
} satisfies Partial<BrokerOptions>;

/** Calls that the circuit needs to open, of the defaults. */
const OPENING = 10;
/** Calls at once, of the defaults. */
const IN_FLIGHT = 64;
/** Time for a test, on a machine with other things to do, in milliseconds. */
const TEST_MS = 30_000;
jest.setTimeout(TEST_MS);

/** Share of calls that may be repeated, of the defaults. */
const BUDGET = 0.2;

/** A broker that says nothing until it is well, and a connector with a clock to put forward. */
async function stalled(options: Partial<BrokerOptions> = {}) {
  let isWell = false;
  const answer = answers(BALANCE);
  const server = await openBroker({}, (peer, request) => {
    if (isWell) answer(peer, request);
  });
  const clock = new MovedClock();
  const exco = connectTo(server.baseUrl, { ...SHORT, ...options }, { clock });
  const recover = () => {
    isWell = true;
  };
  return { server, clock, exco, changes: changesOf(exco), recover, call: () => callOf(exco, 'read') };
}

/** What the last refusal told its caller to wait, in milliseconds. */
function toldToWait(settled: readonly Settled[]): number {
  const refusal = settled.findLast((each) => !each.ok && each.error.fault === 'breaker-open');
  if (refusal === undefined || refusal.ok) throw new Error('Nobody was refused.');
  return refusal.error.retryAfterMs ?? Number.NaN;
}

function attemptsOf(settled: readonly Settled[]): number {
  return settled.reduce((sum, each) => sum + (each.ok ? each.reply.meta.attempts : each.error.attempts), 0);
}

describe('callers of a broker that stalls', () => {
  it('get 3005 until its circuit opens, then 3600 and how long to wait, and it hears no more of them', async () => {
    const { server, call } = await stalled();
    const settled = await inTurn(OPENING + 5, call);
    const codes = settled.map((each) => (each.ok ? 200 : each.error.code));
    expect(codes).toEqual([...Array<number>(OPENING).fill(3005), ...Array<number>(5).fill(3600)]);
    for (const each of settled.slice(OPENING)) {
      expect(each.ok ? undefined : each.error).toMatchObject({ fault: 'breaker-open', attempts: 0, httpStatus: 503 });
    }
    expect(toldToWait(settled)).toBeGreaterThan(0);
    expect(toldToWait(settled)).toBeLessThanOrEqual(OPEN_MS);
    expect(server.requests).toHaveLength(OPENING + BUDGET * OPENING);
  });

  it('reach it no more often than calls at once, failures before the last that opens it, and repeats allow', async () => {
    const { server, call } = await stalled();
    const settled = await atOnce(IN_FLIGHT + 200, call);
    const { 'response-timeout': late = 0, 'breaker-open': refused = 0, ...others } = tallyOf(settled);
    expect(others).toEqual({});
    expect(late + refused).toBe(settled.length);
    expect(toldToWait(settled)).toBeGreaterThan(0);
    // A failure gives its place to one who waits, until the one that opens the circuit.
    const admitted = IN_FLIGHT + OPENING - 1;
    expect(late).toBeLessThanOrEqual(admitted);
    expect(attemptsOf(settled)).toBeLessThanOrEqual(admitted + Math.floor(BUDGET * admitted));
    expect(server.requests.length).toBeLessThanOrEqual(attemptsOf(settled));
  });

  it('are let through one at a time, after a pause that doubles to its maximum', async () => {
    const { server, clock, changes, call } = await stalled({ retry: false });
    const settled = await inTurn(OPENING, call);
    expect(server.requests).toHaveLength(OPENING);
    const pauses: number[] = [];
    for (const probes of [1, 2, 3, 4, 5]) {
      const [refused] = await inTurn(1, call);
      const pauseMs = toldToWait(refused === undefined ? [] : [refused]);
      pauses.push(Math.ceil(pauseMs / OPEN_MS) * OPEN_MS);
      clock.forward(pauseMs);
      const probe = await atOnce(20, call);
      expect(tallyOf(probe)).toEqual({ 'response-timeout': 1, 'breaker-open': 19 });
      expect(server.requests).toHaveLength(OPENING + probes);
    }
    expect(settled.every((each) => !each.ok && each.error.code === 3005)).toBe(true);
    expect(pauses).toEqual([OPEN_MS, 2 * OPEN_MS, MOST_OPEN_MS, MOST_OPEN_MS, MOST_OPEN_MS]);
    const round = ['samsung open>half-open', 'samsung half-open>open'];
    expect(changes).toEqual(['samsung closed>open', ...round, ...round, ...round, ...round, ...round]);
  });

  it('reach it, repeats included, no more often than calls, probes and budget allow over minutes', async () => {
    const { server, clock, call } = await stalled();
    await inTurn(OPENING, call);
    const perMinute: number[] = [];
    for (let minutes = 0; minutes < 5; minutes += 1) {
      const before = server.requests.length;
      clock.forward(60_000);
      await atOnce(50, call);
      perMinute.push(server.requests.length - before);
    }
    // One probe, and the one repeat that every ten seconds allow.
    expect(perMinute).toEqual([2, 2, 2, 2, 2]);
  });

  it('get answers again within one pause of its recovery, all of them', async () => {
    const { server, clock, changes, recover, call } = await stalled({ retry: false, ...PATIENT });
    await atOnce(OPENING, call);
    clock.forward(OPEN_MS);
    await call();
    recover();
    const seen = server.requests.length;
    const pauseMs = toldToWait(await inTurn(1, call));
    expect(pauseMs).toBeLessThanOrEqual(2 * OPEN_MS);
    clock.forward(pauseMs);
    expect(tallyOf(await inTurn(1, call))).toEqual({ ok: 1 });
    expect(tallyOf(await atOnce(40, call))).toEqual({ ok: 40 });
    expect(server.requests).toHaveLength(seen + 41);
    expect(changes.slice(-2)).toEqual(['samsung open>half-open', 'samsung half-open>closed']);
  });

  it('get answers again when it recovers while the probe is out', async () => {
    const { server, clock, call, recover } = await stalled({ retry: false, ...PATIENT });
    await atOnce(OPENING, call);
    clock.forward(OPEN_MS);
    recover();
    const [probe, refused] = await Promise.all([call(), call()]);
    expect([probe.ok, refused.ok]).toEqual([true, false]);
    expect(tallyOf(await atOnce(40, call))).toEqual({ ok: 40 });
    expect(server.requests).toHaveLength(OPENING + 1 + 40);
  });
});

describe('one of forty brokers stalls', () => {
  it('and the others answer every call at its first attempt', async () => {
    const aliases = aliasesOf(40);
    const [sick = '', ...well] = aliases;
    const answer: Script = answers(BALANCE);
    const server = await openBroker({}, (peer, request) => {
      if (brokerOf(request) !== sick) answer(peer, request);
    });
    const exco = connectAll(aliases, server.baseUrl, (alias) => ({ ...SHORT, ...(alias !== sick && PATIENT) }));
    const changes = changesOf(exco);
    const told: string[] = [];
    for (let round = 0; round < OPENING + 2; round += 1) {
      const [first, ...rest] = await Promise.all(aliases.map((alias) => balanceOf(exco, alias)));
      told.push(first === undefined || first.ok ? 'ok' : `${first.error.code} ${first.error.fault}`);
      expect(tallyOf(rest)).toEqual({ ok: well.length });
      expect(attemptsOf(rest)).toBe(well.length);
    }
    expect(told).toEqual([
      ...Array<string>(OPENING).fill('3005 response-timeout'),
      ...Array<string>(2).fill('3600 breaker-open'),
    ]);
    expect(changes).toEqual([`${sick} closed>open`]);
    const heard = server.requests.filter((request) => brokerOf(request) === sick);
    expect(heard).toHaveLength(OPENING + BUDGET * OPENING);
    expect(server.requests.length - heard.length).toBe((OPENING + 2) * well.length);
  });
});
