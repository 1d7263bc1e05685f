import { describe, expect, it } from '@jest/globals';
import { witnessesOf, type Witness, type WitnessedEnd, type WitnessedSending } from '../../src/calling/witness.ts';
import { isExcoError } from '../../src/index.ts';
import { openBroker } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers, stalls, writesAndEnds } from '../support/scripts.ts';

const OPERATION = 'account.balance';
const MESSAGE = MESSAGES[OPERATION];

function watch(owner: object, witness: Witness): void {
  const witnesses = witnessesOf(owner);
  witnesses.add(witness);
  atEnd(() => witnesses.delete(witness));
}

describe('a witness', () => {
  it('is told of every attempt before it is sent, and of what each came to', async () => {
    const server = await openBroker({}, writesAndEnds(), answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const sendings: WitnessedSending[] = [];
    const ends: WitnessedEnd[] = [];
    watch(exco, { sending: (each) => sendings.push(each), settled: (end) => ends.push(end) });
    const { meta } = await exco.call('samsung', OPERATION, MESSAGE, { requestId: 'FAKE-1' });
    expect(sendings.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(sendings[0]?.call).toBe(sendings[1]?.call);
    expect(sendings[0]?.call).toMatchObject({ operation: { name: OPERATION }, message: MESSAGE, requestId: 'FAKE-1' });
    expect(sendings[0]?.request.path).toBe('/account/balance/search');
    expect(ends).toHaveLength(1);
    expect(ends[0]?.outcomes.map(({ kind }) => kind)).toEqual(['unanswered', 'answered']);
    expect(ends[0]?.settled).toEqual({ ok: true, reply: { data: BALANCE, meta } });
  });

  it('is told how many octets of a body had come', async () => {
    const server = await openBroker({}, writesAndEnds('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"a"'));
    const exco = connectTo(server.baseUrl, { retry: false });
    const ends: WitnessedEnd[] = [];
    watch(exco, { settled: (end) => ends.push(end) });
    await exco.settle('samsung', OPERATION, MESSAGE);
    expect(ends[0]?.outcomes).toEqual([
      {
        kind: 'unanswered',
        phase: 'body',
        sent: 'yes',
        code: 'ECONNRESET',
        head: { status: 200, headers: { 'content-length': '9' } },
        bodyBytes: 4,
      },
    ]);
  });

  it('of the process sees the calls of every connector, one of a connector only its own', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const [one, other] = [connectTo(server.baseUrl), connectTo(server.baseUrl)];
    const seen: string[] = [];
    watch(one, { settled: ({ call }) => seen.push(`own ${call.requestId}`) });
    watch(globalThis, { settled: ({ call }) => seen.push(`any ${call.requestId}`) });
    await one.call('samsung', OPERATION, MESSAGE, { requestId: '1' });
    await other.call('samsung', OPERATION, MESSAGE, { requestId: '2' });
    expect(seen).toEqual(['own 1', 'any 1', 'any 2']);
  });

  it('that is gone is told nothing more', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const seen: string[] = [];
    const witness: Witness = { settled: ({ call }) => seen.push(call.requestId) };
    witnessesOf(globalThis).add(witness);
    await exco.call('samsung', OPERATION, MESSAGE, { requestId: '1' });
    witnessesOf(globalThis).delete(witness);
    await exco.call('samsung', OPERATION, MESSAGE, { requestId: '2' });
    expect(seen).toEqual(['1']);
  });

  it('can keep an attempt from being sent: the call rejects with its error, and nothing is classified', async () => {
    const server = await openBroker({}, stalls);
    const exco = connectTo(server.baseUrl, { breaker: { minCalls: 1 } });
    const refusal = new Error('FAKE refusal');
    watch(exco, {
      sending: () => {
        throw refusal;
      },
    });
    const records: unknown[] = [];
    exco.on('call', (record) => records.push(record));
    exco.on('state', (record) => records.push(record));
    await expect(exco.settle('samsung', OPERATION, MESSAGE)).rejects.toBe(refusal);
    await expect(exco.call('samsung', OPERATION, MESSAGE)).rejects.toBe(refusal);
    expect(isExcoError(refusal)).toBe(false);
    expect(records).toMatchObject([{ result: 'aborted' }, { result: 'aborted' }]);
    expect(server.connections).toBe(0);
  });
});
