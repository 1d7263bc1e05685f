import type { LookupFunction } from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import type { Settled } from '../../src/model/reply.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import { openFullBacklog } from '../support/full-backlog.ts';
import { BALANCE } from '../support/messages.ts';
import { answers, headOf, resetsOnFirstOctets, writesAndEnds } from '../support/scripts.ts';
import { aliasesOf, balanceOf, brokerOf, changesOf, connectAll, inTurn, tallyOf } from './many-brokers.ts';

/** Time for a test of hundreds of calls, on a machine with other things to do, in milliseconds. */
jest.setTimeout(30_000);

/** Twenty rounds of a balance at every broker. */
async function rounds(exco: ReturnType<typeof connectAll>, aliases: readonly string[]): Promise<Settled[]> {
  const settled: Settled[] = [];
  for (let round = 0; round < 20; round += 1) {
    settled.push(...(await Promise.all(aliases.map((alias) => balanceOf(exco, alias)))));
  }
  return settled;
}

describe('a name server that fails', () => {
  it.each([
    { code: 'ENOTFOUND', fault: 'dns-not-found' },
    { code: 'EAI_AGAIN', fault: 'dns-unavailable' },
  ])('with $code for every broker opens no circuit, and calls flow with the next name it knows', async (row) => {
    const server = await openBroker({}, answers(BALANCE));
    let isWell = false;
    const lookup: LookupFunction = (hostname, _options, answered) => {
      if (isWell) answered(null, [{ address: '127.0.0.1', family: 4 }]);
      else answered(Object.assign(new Error(`getaddrinfo ${row.code} ${hostname}`), { code: row.code }), []);
    };
    const aliases = aliasesOf(5);
    const baseUrl = `http://broker.test:${server.port}`;
    const exco = connectAll(aliases, baseUrl, () => ({ retry: { baseMs: 0 } }), { lookup });
    const changes = changesOf(exco);
    expect(tallyOf(await rounds(exco, aliases))).toEqual({ [row.fault]: 100 });
    isWell = true;
    expect(tallyOf(await rounds(exco, aliases))).toEqual({ ok: 100 });
    expect(changes).toEqual([]);
  });
});

describe('a fault on the way to brokers', () => {
  const cut: Script = writesAndEnds(headOf(200, { 'Content-Length': '1000' }), '{');

  it.each([
    { what: 'resets behind the request', fault: 'reset-before-response', script: (peer) => peer.reset() },
    { what: 'bodies cut short', fault: 'body-cut', script: cut },
  ] satisfies { what: string; fault: string; script: Script }[])(
    'at all of them at once opens no circuit: $what',
    async ({ fault, script }) => {
      const server = await openBroker({}, script);
      const aliases = aliasesOf(4);
      const exco = connectAll(aliases, server.baseUrl, () => ({ retry: false }));
      const changes = changesOf(exco);
      expect(tallyOf(await rounds(exco, aliases))).toEqual({ [fault]: 80 });
      expect(changes).toEqual([]);
    },
  );

  it('at all of them at once opens no circuit: handshakes broken off', async () => {
    const server = await openBroker({ isDeaf: true, greet: resetsOnFirstOctets });
    const aliases = aliasesOf(4);
    const exco = connectAll(aliases, `https://127.0.0.1:${server.port}`, () => ({ retry: false }));
    const changes = changesOf(exco);
    expect(tallyOf(await rounds(exco, aliases))).toEqual({ 'connect-reset': 80 });
    expect(changes).toEqual([]);
  });

  it('at all of them at once opens no circuit: nobody answers to the dial', async () => {
    const aliases = aliasesOf(4);
    const quick = { retry: false, timeouts: { connectMs: 20 } } as const;
    const exco = connectAll(aliases, await openFullBacklog(), () => quick);
    const changes = changesOf(exco);
    expect(tallyOf(await rounds(exco, aliases))).toEqual({ 'connect-timeout': 80 });
    expect(changes).toEqual([]);
  });

  it.each([
    { sick: 5, brokers: 10, opened: 0 },
    { sick: 4, brokers: 10, opened: 4 },
    { sick: 2, brokers: 2, opened: 2 },
  ])('at $sick of $brokers opens the circuits of $opened', async ({ sick, brokers, opened }) => {
    const aliases = aliasesOf(brokers);
    const sickOnes = aliases.slice(0, sick);
    const server = await openBroker({}, (peer, request) => {
      if (sickOnes.includes(brokerOf(request))) peer.reset();
      else answers(BALANCE)(peer, request);
    });
    const exco = connectAll(aliases, server.baseUrl, () => ({ retry: false }));
    const changes = changesOf(exco);
    // Well ones first, as they are when only some fall ill.
    await Promise.all(aliases.slice(sick).map((alias) => balanceOf(exco, alias)));
    await rounds(exco, aliases);
    expect(changes).toHaveLength(opened);
    expect(changes.sort()).toEqual(sickOnes.slice(0, opened).map((alias) => `${alias} closed>open`));
  });

  it('is common to brokers without a breaker too', async () => {
    const server = await openBroker({}, (peer) => peer.reset());
    const aliases = aliasesOf(3);
    const [guarded = ''] = aliases;
    const exco = connectAll(aliases, server.baseUrl, (alias) => ({
      retry: false,
      ...(alias !== guarded && { breaker: false }),
    }));
    const changes = changesOf(exco);
    await rounds(exco, aliases);
    expect(changes).toEqual([]);
  });

  it('that is common no more opens the circuit of the one that still has it', async () => {
    let areSick = true;
    const aliases = aliasesOf(4);
    const [worst = '', ...others] = aliases;
    const server = await openBroker({}, (peer, request) => {
      if (areSick || brokerOf(request) === worst) peer.reset();
      else answers(BALANCE)(peer, request);
    });
    const exco = connectAll(aliases, server.baseUrl, () => ({ retry: false }));
    const changes = changesOf(exco);
    await rounds(exco, aliases);
    expect(changes).toEqual([]);
    areSick = false;
    await Promise.all(others.map((alias) => balanceOf(exco, alias)));
    await inTurn(11, () => balanceOf(exco, worst));
    expect(changes).toEqual([`${worst} closed>open`]);
  });
});
