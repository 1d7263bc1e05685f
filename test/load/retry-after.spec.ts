import { describe, expect, it } from '@jest/globals';
import { openBroker, type Script } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf, type Kind } from '../support/fault-case.ts';
import { BALANCE, ISSUED } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { atOnce, tallyOf } from './many-brokers.ts';

const WELL = { read: answers(BALANCE), write: answers(ISSUED) } as const;

/** A broker that asks for a pause once and then answers, and the times at which it was asked. */
async function pausing(kind: Kind, status: number, retryAfter: string) {
  const timesMs: number[] = [];
  const noting =
    (script: Script): Script =>
    (peer, request) => {
      timesMs.push(performance.now());
      script(peer, request);
    };
  const server = await openBroker({}, noting(answers('', status, { 'Retry-After': retryAfter })), noting(WELL[kind]));
  return { server, timesMs, exco: connectTo(server.baseUrl) };
}

const REPEATED = [
  { status: 429, kind: 'read' },
  { status: 429, kind: 'write' },
  { status: 503, kind: 'read' },
] as const;

describe('Retry-After that fits the deadline', () => {
  it.each(REPEATED)('is waited for after $status to a $kind, and the next answer counts', async ({ status, kind }) => {
    const { exco, timesMs } = await pausing(kind, status, '1');
    expect(await callOf(exco, kind, { deadlineMs: 5_000 })).toMatchObject({
      ok: true,
      reply: { meta: { attempts: 2 } },
    });
    const [first = 0, second = 0] = timesMs;
    expect(second - first).toBeGreaterThanOrEqual(999);
  });

  it.each(REPEATED)('is no pause at all where it says 0, after $status to a $kind', async ({ status, kind }) => {
    const { exco, server } = await pausing(kind, status, '0');
    expect(await callOf(exco, kind)).toMatchObject({ ok: true, reply: { meta: { attempts: 2 } } });
    expect(server.requests).toHaveLength(2);
  });

  it('is no leave to repeat a write after 503, which may have been executed', async () => {
    const { exco, server } = await pausing('write', 503, '0');
    expect(await callOf(exco, 'write')).toMatchObject({
      ok: false,
      error: { code: 3600, outcome: 'unknown', retryAfterMs: 0, attempts: 1 },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('is obeyed by no more of many calls than the budget pays for; the others fail now and are told', async () => {
    const server = await openBroker({}, answers('', 429, { 'Retry-After': '1' }));
    const exco = connectTo(server.baseUrl);
    const settled = await atOnce(50, () => callOf(exco, 'read'));
    expect(tallyOf(settled)).toEqual({ throttled: 50 });
    expect(settled.map((each) => (each.ok ? undefined : each.error.retryAfterMs))).toEqual(
      Array<number>(50).fill(1_000),
    );
    expect(server.requests).toHaveLength(60);
  });
});

describe('Retry-After that does not fit the deadline', () => {
  it.each([
    ...REPEATED.map((each) => ({ ...each, retryAfter: '3600', deadlineMs: 3_000, retryAfterMs: 3_600_000 })),
    ...REPEATED.map((each) => ({ ...each, retryAfter: '2', deadlineMs: 2_000, retryAfterMs: 2_000 })),
  ])('$retryAfter s after $status to a $kind fails the call now, and tells how long to wait', async (row) => {
    const { status, kind, retryAfter, deadlineMs, retryAfterMs } = row;
    const { exco, server } = await pausing(kind, status, retryAfter);
    const elapsed: number[] = [];
    exco.on('call', ({ elapsedMs }) => elapsed.push(elapsedMs));
    expect(await callOf(exco, kind, { deadlineMs })).toMatchObject({
      ok: false,
      error: { code: 3600, brokerHttpStatus: status, retryAfterMs, attempts: 1 },
    });
    expect(server.requests).toHaveLength(1);
    // Far from its deadline: it did not wait for what it could not wait out.
    expect(elapsed).toHaveLength(1);
    expect(elapsed[0]).toBeLessThan(deadlineMs - 500);
  });
});

describe('a broker that throttles every call', () => {
  it.each(['read', 'write'] as const)('keeps its circuit closed to a %s: it is up', async (kind) => {
    const server = await openBroker({}, answers('', 429));
    const exco = connectTo(server.baseUrl, { breaker: { minCalls: 2 } });
    const changes: unknown[] = [];
    exco.on('state', (record) => changes.push(record));
    for (let each = 0; each < 20; each += 1) {
      expect(await callOf(exco, kind)).toMatchObject({ ok: false, error: { fault: 'throttled' } });
    }
    expect(server.requests).toHaveLength(20);
    expect(changes).toEqual([]);
  });
});
