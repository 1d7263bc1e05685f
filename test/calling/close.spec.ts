import { describe, expect, it } from '@jest/globals';
import { openBroker, type Peer, type Script } from '../support/broker-server.ts';
import { runChild } from '../support/child.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { closedPort } from '../support/full-backlog.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { GRACE_MS, Stopwatch } from '../support/stopwatch.ts';
import { answers, headOf, responseOf, stalls, writes, writesAndEnds } from '../support/scripts.ts';

const MESSAGE = MESSAGES['account.balance'];
const WORDS = 'connector: expected a call before close()';

describe('close', () => {
  it('closes idle sockets at once', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    await callOf(exco, 'read');
    expect(server.open).toBe(1);
    await exco.close();
    await server.allClosed();
  });

  it('lets calls under way and waiting ones finish, then closes their sockets', async () => {
    const peers: Peer[] = [];
    const server = await openBroker({}, (peer) => peers.push(peer));
    const exco = connectTo(server.baseUrl, { concurrency: { inFlight: 1, queue: 1 } });
    const calls = [callOf(exco, 'read'), callOf(exco, 'read')];
    await server.received(1);
    const closed = exco.close();
    peers[0]?.write(responseOf(JSON.stringify(BALANCE)));
    await server.received(2);
    peers[1]?.write(responseOf(JSON.stringify(BALANCE)));
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([true, true]);
    await closed;
    // At once, and not when they have been idle for long enough.
    const watch = new Stopwatch();
    await server.allClosed();
    const { elapsedMs, lateMs } = watch.stop();
    expect(elapsedMs).toBeLessThanOrEqual(GRACE_MS + lateMs);
  });

  it('goes on waiting for a call under way when a later one is refused', async () => {
    const peers: Peer[] = [];
    const server = await openBroker({}, (peer) => peers.push(peer));
    const exco = connectTo(server.baseUrl);
    const order: string[] = [];
    const call = callOf(exco, 'read').then(() => order.push('call'));
    await server.received(1);
    const closed = exco.close().then(() => order.push('close'));
    await expect(exco.settle('samsung', 'account.balance', MESSAGE)).rejects.toThrow(new TypeError(WORDS));
    peers[0]?.write(responseOf(JSON.stringify(BALANCE)));
    await Promise.all([call, closed]);
    expect(order).toEqual(['call', 'close']);
  });

  it('makes every later call a TypeError', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    await exco.close();
    await expect(exco.call('samsung', 'account.balance', MESSAGE)).rejects.toThrow(new TypeError(WORDS));
    await expect(exco.settle('samsung', 'account.balance', MESSAGE)).rejects.toThrow(new TypeError(WORDS));
    await expect(collect(exco.pages('samsung', 'account.balance', MESSAGE))).rejects.toThrow(new TypeError(WORDS));
    const calls = [{ broker: 'samsung', operation: 'account.balance', message: MESSAGE } as const];
    await expect(Promise.resolve().then(() => exco.fanOut(calls))).rejects.toThrow(new TypeError(WORDS));
    expect(server.connections).toBe(0);
  });

  it('can be called twice', async () => {
    const exco = connectTo('http://127.0.0.1:9');
    await Promise.all([exco.close(), exco.close()]);
    await exco.close();
  });
});

describe('a process', () => {
  it('exits by itself after a thousand calls of all kinds and close(), with nothing left open', async () => {
    const good = await openBroker({}, answers(BALANCE));
    const ending = await openBroker({}, writesAndEnds());
    const silent = await openBroker({}, stalls);
    const cut = await openBroker({}, writes(headOf(200, { 'Content-Length': '1000' }), '{'));
    const page = await openBroker({}, answers('<html></html>'));
    const busy = await openBroker({}, answers('', 503, { 'Retry-After': '0' }));
    const baseUrls = {
      ...{ samsung: good.baseUrl, kiwoom: ending.baseUrl, daishin: silent.baseUrl, hanwha: cut.baseUrl },
      ...{ yuanta: page.baseUrl, meritz: busy.baseUrl, shinhan: await closedPort() },
    };
    const told = await runChild('no-leak.ts', { args: [JSON.stringify(baseUrls)] });
    expect(told).toEqual({
      calls: 1_000,
      open: [],
      listeners: 0,
      kinds: ['3004', '3005', '3008', '3011', '3600', 'aborted', 'ok'],
    });
    for (const server of [good, ending, silent, cut, page, busy]) await server.allClosed();
  }, 30_000);

  it('waits for an answer over a socket that was idle, and for no idle socket where nobody calls close()', async () => {
    const right = answers(BALANCE);
    const later: Script = (peer, request) => setTimeout(() => right(peer, request), 300);
    const server = await openBroker({}, right, later);
    const { answered, livedOnMs } = await runChild('no-close.ts', { args: [server.baseUrl] });
    expect(answered).toEqual([true, true]);
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1]);
    expect(livedOnMs).toBeLessThan(1_000);
  }, 15_000);
});
