import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import type { CallOptions } from '../../src/calling/arguments.ts';
import { witnessesOf } from '../../src/calling/witness.ts';
import type { Connector } from '../../src/connector.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { answers, stalls, writesAndEnds } from '../support/scripts.ts';

const caller = new AsyncLocalStorage<string>();
const right = answers(BALANCE);

function callAs(name: string, exco: Connector, options: CallOptions = {}) {
  return caller.run(name, () => callOf(exco, 'read', options));
}

/** Deadline of somebody else's call, in milliseconds: its timer runs on, and is that of the next call too. */
const ANOTHERS_MS = 100;

/** A connector whose socket and timer are there because somebody else called first. */
async function dialledByAnother(...scripts: readonly Script[]) {
  const server = await openBroker({}, right, ...scripts);
  const exco = connectTo(server.baseUrl);
  await callAs('another', exco, { deadlineMs: ANOTHERS_MS });
  const told: unknown[] = [];
  exco.on('attempt', ({ attempt }) => told.push([`attempt ${String(attempt)}`, caller.getStore()]));
  exco.on('call', ({ result }) => told.push([result, caller.getStore()]));
  return { exco, told, server };
}

describe('what a call is told of in its events happens in the context that it was made in', () => {
  it('over a socket of somebody else', async () => {
    const { exco, told, server } = await dialledByAnother(right);
    await callAs('ours', exco);
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1]);
    expect(told).toEqual([
      ['attempt 1', 'ours'],
      ['ok', 'ours'],
    ]);
  });

  it('when it is sent again', async () => {
    const { exco, told } = await dialledByAnother(writesAndEnds(), right);
    await callAs('ours', exco);
    expect(told).toEqual([
      ['attempt 1', 'ours'],
      ['attempt 2', 'ours'],
      ['ok', 'ours'],
    ]);
  });

  it('when its time is over', async () => {
    const { exco, told } = await dialledByAnother(stalls);
    await callAs('ours', exco, { deadlineMs: ANOTHERS_MS + 50 });
    expect(told).toEqual([
      ['attempt 1', 'ours'],
      ['error', 'ours'],
    ]);
  });

  it('when it has waited for the place of another', async () => {
    const server = await openBroker({}, right);
    const exco = connectTo(server.baseUrl, { concurrency: { inFlight: 1, queue: 1 } });
    const another = callAs('another', exco);
    const told: unknown[] = [];
    witnessesOf(exco).add({
      sending() {
        told.push(['sending', caller.getStore()]);
      },
    });
    exco.on('call', ({ result }) => told.push([result, caller.getStore()]));
    await Promise.all([another, callAs('ours', exco)]);
    expect(told).toEqual([
      ['ok', 'another'],
      ['sending', 'ours'],
      ['ok', 'ours'],
    ]);
  });

  it('when its caller gives up elsewhere', async () => {
    const { exco, told, server } = await dialledByAnother(stalls);
    const given = new AbortController();
    const call = callAs('ours', exco, { signal: given.signal });
    await server.received(2);
    caller.run('elsewhere', () => given.abort());
    await expect(call).rejects.toThrow();
    expect(told).toEqual([
      ['attempt 1', 'ours'],
      ['aborted', 'ours'],
    ]);
  });
});
