import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it, jest } from '@jest/globals';
import type { AttemptRecord, CallRecord } from '../../src/model/record.ts';
import { openBroker } from '../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../support/certificates.ts';
import { connectTo } from '../support/connect.ts';
import { openNameServer } from '../support/dns-server.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE, MESSAGES, refusing } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers, stalls, writesAndEnds } from '../support/scripts.ts';

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function heard(exco: ReturnType<typeof connectTo>): { calls: CallRecord[]; attempts: AttemptRecord[] } {
  const records = { calls: [] as CallRecord[], attempts: [] as AttemptRecord[] };
  exco.on('call', (record) => records.calls.push(record));
  exco.on('attempt', (record) => records.attempts.push(record));
  return records;
}

/** A record without what differs from run to run. */
function stable(record: CallRecord | AttemptRecord): object {
  const { at, ...rest } = record;
  expect(at).toMatch(TIME);
  return Object.fromEntries(Object.entries(rest).filter(([key]) => !key.endsWith('Ms') || key === 'retryAfterMs'));
}

describe('records', () => {
  it('tell of a call and each of its attempts', async () => {
    const server = await openBroker({}, writesAndEnds(), answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const { calls, attempts } = heard(exco);
    await callOf(exco, 'read', { requestId: 'FAKE-1' });
    const whose = { schema: 1, broker: 'samsung', operation: 'account.balance', requestId: 'FAKE-1' };
    const fault = { fault: 'reset-before-response', blame: 'path', evidence: 'down', phase: 'head', sent: 'yes' };
    expect(attempts.map(stable)).toEqual([
      { ...whose, attempt: 1, result: 'error', ...fault, reusedSocket: false },
      { ...whose, attempt: 2, result: 'ok', reusedSocket: false },
    ]);
    expect(calls.map(stable)).toEqual([{ ...whose, kind: 'read', result: 'ok', attempts: 2 }]);
  });

  it('tell of a failed call what its error tells', async () => {
    const server = await openBroker({}, answers('', 503, { 'Retry-After': '3600' }));
    const exco = connectTo(server.baseUrl);
    const { calls } = heard(exco);
    await callOf(exco, 'write', { requestId: 'FAKE-1' });
    expect(calls.map(stable)).toEqual([
      {
        schema: 1,
        broker: 'samsung',
        operation: 'virtualAccount.request',
        requestId: 'FAKE-1',
        kind: 'write',
        result: 'error',
        fault: 'http-unavailable',
        blame: 'broker',
        evidence: 'down',
        phase: 'message',
        sent: 'yes',
        category: 'op-exco',
        code: 3600,
        outcome: 'unknown',
        brokerHttpStatus: 503,
        retryAfterMs: 3_600_000,
        attempts: 1,
      },
    ]);
  });

  it('tell of a call that was given up, and of no fault', async () => {
    const server = await openBroker({}, stalls);
    const exco = connectTo(server.baseUrl);
    const { calls, attempts } = heard(exco);
    const caller = new AbortController();
    const given = expect(callOf(exco, 'read', { signal: caller.signal })).rejects.toThrow('This operation was aborted');
    await server.received(1);
    caller.abort();
    await given;
    expect([...calls, ...attempts].map(({ result, fault }) => [result, fault])).toEqual([
      ['aborted', undefined],
      ['aborted', undefined],
    ]);
  });

  it('tell nothing of a call that its caller had given up before', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const { calls, attempts } = heard(exco);
    const reason = new Error('no longer wanted');
    await expect(callOf(exco, 'read', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect([calls, attempts, server.requests]).toEqual([[], [], []]);
  });

  it('tell of a refusal that made no attempt', async () => {
    const exco = connectTo('http://127.0.0.1:9');
    const { calls, attempts } = heard(exco);
    await exco.settle('nobody', 'account.balance', MESSAGES['account.balance']);
    expect(attempts).toHaveLength(0);
    expect(calls).toMatchObject([
      { broker: 'unknown', result: 'error', fault: 'unknown-broker', code: 3008, attempts: 0 },
    ]);
  });

  it('hold the time of every phase that was reached, in their order', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, answers(BALANCE));
    const names = await openNameServer('loopback');
    const exco = connectTo(`https://localhost:${server.port}`, { tls: { ca: CA } }, names);
    const { attempts } = heard(exco);
    await callOf(exco, 'read');
    const [first] = attempts;
    const times = [first?.dnsMs, first?.connectMs, first?.tlsMs, first?.sentMs, first?.headMs, first?.bodyMs];
    expect(times.every((time) => typeof time === 'number')).toBe(true);
    expect(times).toEqual([...times].sort((a, b) => Number(a) - Number(b)));
    await callOf(exco, 'read');
    expect(Object.keys(attempts[1] ?? {}).filter((key) => key.endsWith('Ms'))).toEqual(['sentMs', 'headMs', 'bodyMs']);
  });

  it('are published on the diagnostics channels', async () => {
    const server = await openBroker({}, answers(refusing('4001', 'x')));
    const exco = connectTo(server.baseUrl, { breaker: { minCalls: 1 } });
    const published: [name: unknown, record: unknown][] = [];
    for (const name of ['op-exco:call', 'op-exco:attempt', 'op-exco:state']) {
      const listener = (record: unknown, channel: string | symbol) => published.push([channel, record]);
      subscribe(name, listener);
      atEnd(() => unsubscribe(name, listener));
    }
    const { calls, attempts } = heard(exco);
    await callOf(exco, 'read');
    expect(published).toEqual([
      ['op-exco:attempt', attempts[0]],
      ['op-exco:call', calls[0]],
    ]);
  });

  it('stop for a listener that was removed', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const records: CallRecord[] = [];
    const remove = exco.on('call', (record) => records.push(record));
    await callOf(exco, 'read');
    remove();
    remove();
    await callOf(exco, 'read');
    expect(records).toHaveLength(1);
  });

  it('harm no call where a listener throws, and show as a warning without its words', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const records: CallRecord[] = [];
    exco.on('call', () => {
      throw new RangeError('FAKE SECRET of the listener');
    });
    exco.on('call', (record) => records.push(record));
    const warnings: unknown[][] = [];
    const told = jest
      .spyOn(process, 'emitWarning')
      .mockImplementation((...args: unknown[]) => void warnings.push(args));
    atEnd(() => told.mockRestore());
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
    expect(warnings).toEqual([['A listener for "call" threw (RangeError).', 'OpExcoWarning']]);
    expect(records).toHaveLength(1);
  });
});
