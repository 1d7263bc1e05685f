import { getMaxListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { createConnector, type Connector, type FanOutCall } from '../../src/index.ts';
import { openBroker, type Peer, type Script } from '../support/broker-server.ts';
import { collect } from '../support/collect.ts';
import { closedPort } from '../support/full-backlog.ts';
import { BALANCE, MESSAGES, refusing } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers, responseOf, stalls } from '../support/scripts.ts';

const RIGHT = responseOf(JSON.stringify(BALANCE));

function connectAll(baseUrls: Readonly<Record<string, string>>): Connector {
  const brokers = Object.entries(baseUrls).map(([alias, baseUrl]) => ({
    alias,
    baseUrl,
    retry: false as const,
    timeouts: { headMs: 1_000 },
  }));
  const exco = createConnector({ brokers });
  atEnd(() => exco.close());
  return exco;
}

function asking(...brokers: readonly string[]): FanOutCall[] {
  return brokers.map((broker) => ({ broker, operation: 'account.balance', message: MESSAGES['account.balance'] }));
}

async function three(...scripts: readonly [Script, Script, Script]): Promise<Connector> {
  const [first, second, third] = await Promise.all(scripts.map((script) => openBroker({}, script)));
  return connectAll({ samsung: first?.baseUrl ?? '', kiwoom: second?.baseUrl ?? '', daishin: third?.baseUrl ?? '' });
}

describe('a fan-out', () => {
  it("gives every list in the order asked, and no broker's fault loses another's answer", async () => {
    const exco = await three(answers(BALANCE), answers(refusing('4001', 'x'), 500), stalls);
    const result = await exco.fanOut(asking('daishin', 'samsung', 'kiwoom', 'nobody', 'samsung'));
    expect(result.succeeded.map(({ index, broker, operation }) => [index, broker, operation])).toEqual([
      [1, 'samsung', 'account.balance'],
      [4, 'samsung', 'account.balance'],
    ]);
    expect(result.failed.map(({ index, broker, error }) => [index, broker, error.code])).toEqual([
      [0, 'daishin', 3005],
      [2, 'kiwoom', 4001],
      [3, 'nobody', 3008],
    ]);
    expect(result.succeeded[0]?.reply.data).toEqual(BALANCE);
    expect(result.commonCause).toBeUndefined();
  });

  it('gives each call as it arrives to who iterates', async () => {
    const waiting: Peer[] = [];
    const exco = await three((peer) => waiting.push(peer), answers(BALANCE), answers(refusing('4001', 'x')));
    const arrivals: unknown[] = [];
    for await (const { index, broker, ok } of exco.fanOut(asking('samsung', 'kiwoom', 'daishin'))) {
      arrivals.push([index, broker, ok]);
      if (arrivals.length === 2) waiting[0]?.write(RIGHT);
    }
    expect(arrivals.slice(0, 2).sort()).toEqual([
      [1, 'kiwoom', true],
      [2, 'daishin', false],
    ]);
    expect(arrivals[2]).toEqual([0, 'samsung', true]);
  });

  it('can be awaited and iterated over, and both give all of it', async () => {
    const exco = await three(answers(BALANCE), answers(BALANCE), answers(BALANCE));
    const fanOut = exco.fanOut(asking('samsung', 'kiwoom', 'daishin'));
    const arrivals = await collect(fanOut);
    const result = await fanOut;
    expect(arrivals.map(({ index }) => index).sort()).toEqual([0, 1, 2]);
    expect(result.succeeded).toHaveLength(3);
    expect(await collect(fanOut)).toHaveLength(3);
  });

  it('goes on for who stops iterating', async () => {
    const exco = await three(answers(BALANCE), answers(BALANCE), answers(BALANCE));
    const fanOut = exco.fanOut(asking('samsung', 'kiwoom', 'daishin'));
    for await (const { ok } of fanOut) if (ok) break;
    expect((await fanOut).succeeded).toHaveLength(3);
  });

  it('writes answers and standard errors as JSON, and nothing internal', async () => {
    const exco = await three(
      answers(BALANCE),
      answers(refusing('5006', 'Failure To Issue an vtAccNo, [중복]')),
      answers('', 503),
    );
    const result = await exco.fanOut(asking('samsung', 'kiwoom', 'daishin'));
    expect(JSON.parse(JSON.stringify(result))).toEqual({
      succeeded: [{ index: 0, broker: 'samsung', operation: 'account.balance', data: BALANCE }],
      failed: [
        {
          index: 1,
          broker: 'kiwoom',
          operation: 'account.balance',
          error: { category: 'kiwoom', code: 5006, message: 'Failure To Issue an vtAccNo', description: '중복' },
        },
        {
          index: 2,
          broker: 'daishin',
          operation: 'account.balance',
          error: { category: 'op-exco', code: 3600, message: 'Target Company Service Unavailable' },
        },
      ],
    });
  });

  it('writes what has arrived so far', async () => {
    const waiting: Peer[] = [];
    const exco = await three(answers(BALANCE), (peer) => waiting.push(peer), answers(BALANCE));
    const fanOut = exco.fanOut(asking('samsung', 'kiwoom'));
    expect(fanOut.toJSON()).toEqual({ succeeded: [], failed: [] });
    for await (const { broker } of fanOut) {
      if (broker !== 'samsung') continue;
      expect(fanOut.toJSON().succeeded.map((each) => each.broker)).toEqual(['samsung']);
      waiting[0]?.write(RIGHT);
    }
  });

  it('names the cause that all brokers share that failed', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectAll({ samsung: await closedPort(), kiwoom: await closedPort(), daishin: server.baseUrl });
    const { commonCause } = await exco.fanOut(asking('samsung', 'kiwoom', 'daishin'));
    expect(commonCause).toEqual({
      fault: 'connect-refused',
      code: 3600,
      blame: 'broker',
      brokers: ['samsung', 'kiwoom'],
    });
  });

  it.each([
    { what: 'one broker failed', brokers: ['samsung', 'samsung', 'daishin'] },
    { what: 'the faults differ', brokers: ['samsung', 'kiwoom'] },
    { what: 'none failed', brokers: ['daishin', 'daishin'] },
  ])('names no common cause where $what', async ({ brokers }) => {
    const server = await openBroker({}, answers(BALANCE));
    const slow = await openBroker({}, stalls);
    const exco = connectAll({ samsung: await closedPort(), kiwoom: slow.baseUrl, daishin: server.baseUrl });
    expect((await exco.fanOut(asking(...brokers))).commonCause).toBeUndefined();
  });

  it('of no calls is over at once', async () => {
    const exco = connectAll({ samsung: 'http://127.0.0.1:9' });
    expect(await exco.fanOut([])).toMatchObject({ succeeded: [], failed: [] });
    expect(await collect(exco.fanOut([]))).toEqual([]);
  });

  it('takes options for all calls, and for one', async () => {
    const exco = await three(stalls, stalls, stalls);
    const [first, second] = asking('samsung', 'kiwoom');
    if (first === undefined || second === undefined) throw new Error('There are two.');
    const calls = [first, { ...second, options: { requestId: 'FAKE-2' } }];
    const { failed } = await exco.fanOut(calls, { deadlineMs: 50, requestId: 'FAKE-1' });
    expect(failed.map(({ error }) => error.requestId)).toEqual(['FAKE-1', 'FAKE-2']);
  });

  it('leaves room for a listener of every call on its one signal, so that Node warns of no leak', async () => {
    const exco = connectAll({ samsung: await closedPort() });
    const { signal } = new AbortController();
    const { failed } = await exco.fanOut(asking(...Array<string>(40).fill('samsung')), { signal });
    expect(failed).toHaveLength(40);
    // Node 22 and newer set no limit for a signal, which 0 says.
    expect([0, 1_500]).toContain(getMaxListeners(signal));
  });

  it('that is given up rejects with the reason of the signal, and closes every socket', async () => {
    const servers = [await openBroker({}, stalls), await openBroker({}, stalls)];
    const exco = connectAll({ samsung: servers[0]?.baseUrl ?? '', kiwoom: servers[1]?.baseUrl ?? '' });
    const caller = new AbortController();
    const reason = new Error('enough');
    const given = expect(exco.fanOut(asking('samsung', 'kiwoom'), { signal: caller.signal })).rejects.toBe(reason);
    for (const server of servers) await server.received(1);
    caller.abort(reason);
    await given;
    for (const server of servers) await server.allClosed();
  });

  it('runs side by side', async () => {
    const waiting: Peer[] = [];
    const together: Script = (peer) => {
      waiting.push(peer);
      if (waiting.length === 3) for (const each of waiting) each.write(RIGHT);
    };
    const exco = await three(together, together, together);
    expect((await exco.fanOut(asking('samsung', 'kiwoom', 'daishin'))).succeeded).toHaveLength(3);
  });
});
