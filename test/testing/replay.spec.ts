import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createConnector, isExcoError, type Connector, type Settled } from '../../src/index.ts';
import { witnessesOf } from '../../src/calling/witness.ts';
import type { Fixture } from '../../src/fixture/format.ts';
import { FixtureMissError, isFixtureMissError } from '../../src/testing/miss-error.ts';
import { replayFixtures } from '../../src/testing/replay.ts';
import { openBroker } from '../support/broker-server.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers } from '../support/scripts.ts';

const OPERATION = 'account.balance';
const MESSAGE = MESSAGES[OPERATION];
const RESET = { fault: { phase: 'head', code: 'ECONNRESET' } } as const;
const ANSWER = { response: { status: 200, json: BALANCE } } as const;

function fixture(attempts: Fixture['attempts'], more: Partial<Fixture> = {}): Fixture {
  return { format: 1, broker: 'samsung', operation: OPERATION, request: MESSAGE, attempts, ...more };
}

function replay(...fixtures: readonly Fixture[]) {
  const started = replayFixtures(fixtures);
  atEnd(() => {
    started.stop();
  });
  return started;
}

function connect(baseUrl = 'https://broker.example/v1/samsung'): Connector {
  const exco = createConnector({
    brokers: [
      { alias: 'samsung', baseUrl, retry: { baseMs: 0 } },
      { alias: 'shinhan', baseUrl: 'https://other.example', retry: { baseMs: 0 } },
    ],
  });
  atEnd(() => exco.close());
  return exco;
}

function faultOf(settled: Settled): string {
  return settled.ok ? 'answer' : settled.error.fault;
}

/** What a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

afterEach(() => {
  expect(witnessesOf(globalThis).size).toBe(0);
});

describe('replayFixtures', () => {
  it('answers with what was recorded', async () => {
    const { unused, misses } = replay(fixture([ANSWER]));
    const { data, meta } = await connect().call('samsung', OPERATION, MESSAGE);
    expect(data).toEqual(BALANCE);
    expect(meta).toMatchObject({ attempts: 1, httpStatus: 200 });
    expect([unused(), misses()]).toEqual([[], []]);
  });

  it('plays the attempts in order', async () => {
    replay(fixture([RESET, ANSWER]));
    const { meta } = await connect().call('samsung', OPERATION, MESSAGE);
    expect(meta.attempts).toBe(2);
  });

  it.each([
    ['dns-not-found', [{ fault: { phase: 'dns', code: 'ENOTFOUND' } }]],
    ['connect-refused', Array(2).fill({ fault: { phase: 'connect', code: 'ECONNREFUSED' } })],
    ['tls-certificate', [{ fault: { phase: 'tls', code: 'CERT_HAS_EXPIRED' } }]],
    ['reset-before-response', [RESET, RESET]],
    ['response-timeout', Array(2).fill({ fault: { phase: 'head', limit: 'head' } })],
    ['body-cut', Array(2).fill({ ...ANSWER, fault: { phase: 'body', code: 'ECONNRESET', afterBytes: 40 } })],
    ['body-timeout', Array(2).fill({ ...ANSWER, fault: { phase: 'body', limit: 'body-idle', afterBytes: 4 } })],
    ['body-too-large', [{ ...ANSWER, fault: { phase: 'body', limit: 'body-bytes' } }]],
    ['http-malformed', Array(2).fill({ fault: { phase: 'head', code: 'HPE_INVALID_CONSTANT' } })],
    ['body-empty', Array(2).fill({ response: { status: 204 } })],
    ['http-server-error', Array(2).fill({ response: { status: 599 } })],
    ['http-redirect', [{ response: { status: 302, headers: { location: 'https://broker.example/' } } }]],
  ] as [string, Fixture['attempts']][])('plays %s, and waits for nothing', async (fault, attempts) => {
    const { unused } = replay(fixture(attempts));
    const settled = await connect().settle('samsung', OPERATION, MESSAGE);
    expect(faultOf(settled)).toBe(fault);
    expect(settled.ok ? 1 : settled.error.attempts).toBe(attempts.length);
    expect(unused()).toEqual([]);
  });

  it('echoes the ids of the call under way', async () => {
    const request = { ...MESSAGE, commonHeader: { reqIdConsumer: 'FAKE-RECORDED', ci: 'FAKECI0001==' } };
    const live = { ...MESSAGE, commonHeader: { reqIdConsumer: 'FAKE-LIVE', ci: 'FAKECI0001==' } };
    const json = { ...BALANCE, commonHeader: { reqIdConsumer: 'FAKE-RECORDED', ci: 'FAKECI0001==' } };
    replay(fixture([{ response: { status: 200, json } }], { request }));
    const { data } = await connect().call('samsung', OPERATION, live);
    expect(data).toMatchObject({ commonHeader: { reqIdConsumer: 'FAKE-LIVE' } });
  });

  it('plays several fixtures of one request in turn', async () => {
    const other = { ...BALANCE, resp: { respCode: '4001', respMsg: 'Account Not Found' } };
    replay(fixture([ANSWER]), fixture([{ response: { status: 500, json: other } }]));
    const exco = connect();
    const faults: string[] = [];
    for (let n = 0; n < 4; n += 1) faults.push(faultOf(await exco.settle('samsung', OPERATION, MESSAGE)));
    expect(faults).toEqual(['answer', 'broker-error', 'answer', 'broker-error']);
  });

  it('serves calls side by side, each from its own fixture', async () => {
    const accounts = Array.from({ length: 20 }, (_, n) => `9999000000000001${String(n).padStart(2, '0')}`);
    const messageOf = (vtAccNo: string) => ({ ...MESSAGE, accInfo: { vtAccNo } });
    const files = accounts.map((vtAccNo) =>
      fixture([RESET, { response: { status: 200, json: { ...BALANCE, accInfo: { vtAccNo } } } }], {
        request: messageOf(vtAccNo),
      }),
    );
    replay(...files);
    const exco = createConnector({
      brokers: [
        {
          alias: 'samsung',
          baseUrl: 'http://broker.example',
          retry: { baseMs: 0, budget: 1 },
          breaker: false,
        },
      ],
    });
    atEnd(() => exco.close());
    const replies = await Promise.all(
      accounts.map((vtAccNo) => exco.call('samsung', OPERATION, messageOf(vtAccNo), { requestId: 'FAKE-SAME' })),
    );
    expect(replies.map(({ data }) => data.accInfo)).toEqual(accounts.map((vtAccNo) => ({ vtAccNo })));
  });
});

describe('a call without a fixture', () => {
  it('rejects with a FixtureMissError that names the nearest and why, and no value', async () => {
    const { misses, unused } = replay(
      fixture([ANSWER], { broker: 'shinhan', note: 'another broker' }),
      fixture([ANSWER], { note: 'nearly it', request: { ...MESSAGE, accInfo: { vtAccNo: '999900000000000099' } } }),
    );
    const error = await rejection(connect().settle('samsung', OPERATION, MESSAGE));
    expect(error).toBeInstanceOf(FixtureMissError);
    expect([isFixtureMissError(error), isExcoError(error)]).toEqual([true, false]);
    expect(String(error)).toBe(
      'FixtureMissError: No fixture for samsung account.balance. The nearest is nearly it: accInfo.vtAccNo differs.',
    );
    expect(misses()).toEqual([error]);
    expect(unused()).toHaveLength(2);
  });

  it('is one where the connector repeats more often than was recorded', async () => {
    replay(fixture([RESET], { note: 'one reset' }));
    const error = await rejection(connect().call('samsung', OPERATION, MESSAGE));
    expect(String(error)).toContain(
      'attempt 2 of samsung account.balance. The nearest is one reset: it has 1 attempts',
    );
  });

  it('opens no circuit and rejects every part of a fan-out', async () => {
    replay();
    const exco = connect();
    const calls = Array.from({ length: 30 }, () => ({ broker: 'samsung', operation: OPERATION, message: MESSAGE }));
    await expect(exco.fanOut(calls)).rejects.toBeInstanceOf(FixtureMissError);
    expect(isFixtureMissError(await rejection(exco.call('samsung', OPERATION, MESSAGE)))).toBe(true);
  });

  it('does not reach a broker on loopback either', async () => {
    const server = await openBroker({}, answers(BALANCE));
    replay();
    await expect(connect(server.baseUrl).call('samsung', OPERATION, MESSAGE)).rejects.toBeInstanceOf(FixtureMissError);
    expect(server.connections).toBe(0);
  });
});

describe('beside a replay', () => {
  it('the process reaches its own servers and nothing else', async () => {
    replay(fixture([ANSWER]));
    const server = createServer((_, res) => res.end('own')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    atEnd(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('own');
    await expect(fetch('http://broker.example/')).rejects.toThrow();
  });

  it('another replay serves what the first has no fixture for', async () => {
    const first = replay(fixture([ANSWER]));
    const second = replay(fixture([ANSWER], { broker: 'shinhan' }));
    const exco = connect();
    expect(faultOf(await exco.settle('shinhan', OPERATION, MESSAGE))).toBe('answer');
    expect(faultOf(await exco.settle('samsung', OPERATION, MESSAGE))).toBe('answer');
    first.stop();
    expect(isFixtureMissError(await rejection(exco.call('samsung', OPERATION, MESSAGE)))).toBe(true);
    expect([first.misses().length, second.misses().length]).toEqual([0, 1]);
  });

  it('a caller who gives up is given his own reason', async () => {
    replay(fixture([ANSWER]));
    const reason = new Error('FAKE reason');
    const call = connect().call('samsung', OPERATION, MESSAGE, { signal: AbortSignal.abort(reason) });
    expect(await rejection(call)).toBe(reason);
  });
});

describe('behind a replay', () => {
  it('calls go over real sockets again, and keep them', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connect(server.baseUrl);
    const started = replayFixtures([fixture([ANSWER])]);
    await exco.call('samsung', OPERATION, MESSAGE);
    started.stop();
    started.stop();
    for (let n = 0; n < 3; n += 1) await exco.call('samsung', OPERATION, MESSAGE);
    expect([server.requests.length, server.connections]).toEqual([3, 1]);
  });
});

it('takes a list', () => {
  expect(() => replayFixtures({} as readonly Fixture[])).toThrow(
    'fixtures: expected a list, as loadFixtures returns it',
  );
});
