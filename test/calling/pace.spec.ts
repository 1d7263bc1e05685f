import { describe, expect, it } from '@jest/globals';
import type { Settled } from '../../src/model/reply.ts';
import { defineOperation } from '../../src/model/operation.ts';
import { openBroker, type BrokerServer } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { responseOf } from '../support/scripts.ts';

const READ = defineOperation({ name: 'own.read', path: '/own', kind: 'read' });
const CALLS = 200;

/** A broker that takes 20 requests in any second and refuses the others. */
async function limited(clock: ManualClock): Promise<BrokerServer> {
  const times: number[] = [];
  return openBroker({}, (peer) => {
    const nowMs = clock.nowMs();
    const isOver = times.filter((each) => each > nowMs - 1_000).length >= 20;
    if (!isOver) times.push(nowMs);
    const answer = isOver ? { rt_cd: '1', msg_cd: 'EGW00201' } : { rt_cd: '0' };
    peer.write(responseOf(JSON.stringify(answer)));
  });
}

/** Makes all calls at once and lets time pass whenever nothing moves any more. */
async function callAll(deadlineMs: number, pace?: false) {
  const clock = new ManualClock();
  const server = await limited(clock);
  const exco = connectTo(
    server.baseUrl,
    { dialect: 'koreainvest', breaker: false, retry: false, ...(pace === false && { pace }) },
    { clock },
  );
  const order: number[] = [];
  const settled = Array.from({ length: CALLS }, async (_, index) => {
    const each = await exco.settle('samsung', READ, { index }, { deadlineMs });
    order.push(index);
    return each;
  });
  const all = Promise.all(settled);
  for (let seen = 20; seen <= CALLS && pace !== false; seen += 20) {
    if (order.length === CALLS) break;
    await Promise.race([server.received(seen), all]);
    await Promise.race([Promise.all(settled.slice(seen - 20, seen)), all]);
    clock.advance(1_050);
  }
  return { settled: await all, server };
}

function faultsOf(settled: readonly Settled[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of settled) {
    const name = each.ok ? 'ok' : each.error.fault;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('200 calls at once at a broker that takes 20 a second', () => {
  it('are all answered, in the order they came', async () => {
    const { settled, server } = await callAll(30_000);
    expect(faultsOf(settled)).toEqual({ ok: CALLS });
    const asked = server.requests.map(({ body }) => (JSON.parse(body) as { index: number }).index);
    const seconds = asked.map((index) => Math.floor(index / 20));
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
  }, 30_000);

  it('fail at once where their turn comes behind their deadline, and nothing of them is sent', async () => {
    const { settled, server } = await callAll(3_000);
    expect(faultsOf(settled)).toEqual({ ok: 60, 'deadline-exceeded': 140 });
    expect(server.requests).toHaveLength(60);
    const last = settled.at(-1);
    expect(last?.ok === false && last.error).toMatchObject({ code: 3005, outcome: 'not-executed', sent: 'no' });
  });

  it('run into its limiter where the pace is switched off', async () => {
    const { settled } = await callAll(30_000, false);
    expect(faultsOf(settled)).toEqual({ ok: 20, throttled: 180 });
  }, 30_000);
});

describe('a pace by operation', () => {
  it('counts each TRCODE apart', async () => {
    const clock = new ManualClock();
    const server = await openBroker({}, (peer) => peer.write(responseOf('{"return_code":0}')));
    const exco = connectTo(
      server.baseUrl,
      { dialect: 'kiwoom', pace: { perSecond: 1, per: 'operation' }, retry: false },
      { clock },
    );
    const other = defineOperation({ name: 'own.other', path: '/own', kind: 'read', trCode: 'ka10001' });
    const calls = [READ, READ, other].map((operation) => exco.settle('samsung', operation, {}, { deadlineMs: 500 }));
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([true, false, true]);
  });
});
