import { describe, expect, it } from '@jest/globals';
import { createConnector } from '../../src/connector.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { BALANCE, ISSUED, MESSAGES, refusing } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { balanceOf, connectorFor, fixtureOf, SHORT, simulate, WELL } from './given.ts';
import { dial, post } from './raw.ts';

const BALANCE_PATH = '/v1/samsung/account/balance/search';
const NOT_FOUND = { response: { status: 200, json: refusing('4001', 'Account Not Found') } };
const OTHER_REQUEST = { ...MESSAGES['account.balance'], accInfo: { vtAccNo: '999900000000000002' } };

describe('a simulator', () => {
  it('serves several brokers on one port, each operation at its path', async () => {
    const simulator = await simulate([
      fixtureOf([WELL]),
      fixtureOf([NOT_FOUND], { broker: 'kiwoom' }),
      fixtureOf([{ response: { status: 200, json: ISSUED } }], {
        operation: 'virtualAccount.request',
        request: MESSAGES['virtualAccount.request'],
      }),
    ]);
    const exco = connectorFor(simulator);
    expect(simulator.brokers().map(({ baseUrl }) => new URL(baseUrl).port)).toEqual(
      Array.from({ length: 2 }, () => String(simulator.port)),
    );
    expect(await balanceOf(exco)).toBe('an answer, 1');
    const refused = await exco.settle('kiwoom', 'account.balance', MESSAGES['account.balance']);
    expect(refused).toMatchObject({ ok: false, error: { code: 4001, category: 'kiwoom' } });
    const issued = await exco.settle('samsung', 'virtualAccount.request', MESSAGES['virtualAccount.request']);
    expect(issued.ok).toBe(true);
    expect(simulator.counts()).toMatchObject({ requests: 3, misses: 0, errors: 0 });
  });

  it('tells the fixtures of a broker apart by the message, and takes turns among equals', async () => {
    const simulator = await simulate([
      fixtureOf([WELL]),
      fixtureOf([NOT_FOUND]),
      fixtureOf([{ response: { status: 404, text: '' } }], { request: OTHER_REQUEST }),
    ]);
    const exco = connectorFor(simulator);
    const came = [
      await balanceOf(exco),
      await balanceOf(exco),
      await balanceOf(exco),
      await balanceOf(exco, OTHER_REQUEST),
    ];
    expect(came).toEqual(['an answer, 1', 'broker-error, 1', 'an answer, 1', 'http-not-found, 1']);
  });

  it('answers 501 naming the nearest fixture where none answers, without a value', async () => {
    const simulator = await simulate([fixtureOf([WELL], { note: 'the usual' })]);
    const { socket, until } = await dial(simulator.port);
    socket.write(post(BALANCE_PATH, OTHER_REQUEST));
    const answer = await until('"]}');
    expect(answer).toMatch(/^HTTP\/1.1 501 /);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({
      error: 'No fixture answers to this request.',
      broker: 'samsung',
      operation: 'account.balance',
      nearest: 'the usual',
      why: ['accInfo.vtAccNo differs'],
    });
    expect(simulator.counts()).toMatchObject({ requests: 1, misses: 1, played: [] });
  });

  it('counts the attempts of each call by its X-Request-Id', async () => {
    const simulator = await simulate([fixtureOf([{ response: { status: 500, text: '' } }, WELL])]);
    const { socket, statuses } = await dial(simulator.port);
    for (const id of ['a', 'b', 'a', 'b', 'a']) {
      socket.write(post(BALANCE_PATH, MESSAGES['account.balance'], `X-Request-Id: ${id}`));
    }
    expect(await statuses(5)).toEqual(['500', '500', '200', '200', '500']);
    expect(simulator.open).toBe(1);
  });

  it('echoes the ids of the live call', async () => {
    const simulator = await simulate([fixtureOf([WELL])]);
    const live = {
      ...MESSAGES['account.balance'],
      commonHeader: { ...MESSAGES['account.balance'].commonHeader, reqIdConsumer: 'FAKE-LIVE-77' },
    };
    expect(await balanceOf(connectorFor(simulator), live)).toBe('an answer, 1');
  });

  it('plays pieces and pauses to the octet', async () => {
    const text = JSON.stringify(BALANCE);
    const pieces = [{ bytes: 1 }, { afterMs: 30, bytes: 5 }, { afterMs: 30, bytes: 7 }];
    const simulator = await simulate([fixtureOf([{ response: { status: 200, json: BALANCE, delayMs: 30, pieces } }])]);
    const { socket, until } = await dial(simulator.port);
    socket.write(post(BALANCE_PATH, MESSAGES['account.balance']));
    expect(await until('\r\n\r\n')).not.toContain(text.slice(0, 2));
    expect(await until(text)).toContain(`content-length: ${Buffer.byteLength(text)}\r\n`);
  });

  it('takes chunked requests and answers to Expect: 100-continue', async () => {
    const simulator = await simulate([fixtureOf([WELL])]);
    const { socket, until } = await dial(simulator.port);
    const text = JSON.stringify(MESSAGES['account.balance']);
    socket.write(
      `POST ${BALANCE_PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n`,
    );
    await until('100 Continue');
    socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`);
    expect(await until('"respCode":"200"')).toMatch(/HTTP\/1.1 200 /);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', '400'],
    ['a head without an end', `POST / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`, '431'],
    ['a body of 17 MiB', 'POST / HTTP/1.1\r\nContent-Length: 17825792\r\n\r\n', '413'],
    ['a chunk without a length', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n', '400'],
  ])('refuses %s and closes', async (_, octets, status) => {
    const simulator = await simulate([]);
    const { socket, closed } = await dial(simulator.port);
    socket.write(octets);
    expect((await closed()).slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  });

  it.each([
    ['GET', `GET ${BALANCE_PATH} HTTP/1.1\r\n\r\n`, '405'],
    ['a body that is no JSON', post(BALANCE_PATH, 'no'), '400'],
    ['a broker that is not there', post('/v1/nobody/account/balance/search', {}), '501'],
  ])('answers to %s with its status, and keeps the connection', async (_, octets, status) => {
    const simulator = await simulate([fixtureOf([WELL])]);
    const { socket, until } = await dial(simulator.port);
    socket.write(octets);
    await until(`HTTP/1.1 ${status} `);
    socket.write(post(BALANCE_PATH, MESSAGES['account.balance']));
    expect(await until('HTTP/1.1 200 ')).toContain('HTTP/1.1 200 ');
  });
});

describe('scenarios, latency, errors', () => {
  it('put one fixture in force, and all of them again', async () => {
    const simulator = await simulate([
      fixtureOf([WELL], { note: 'good' }),
      fixtureOf([NOT_FOUND], { note: 'bad', request: OTHER_REQUEST }),
    ]);
    const exco = connectorFor(simulator);
    await simulator.scenario('Samsung', 'bad');
    expect(await balanceOf(exco)).toBe('broker-error, 1');
    await simulator.scenario('samsung', undefined);
    expect(await balanceOf(exco)).toBe('an answer, 1');
    await expect(simulator.scenario('samsung', 'none')).rejects.toThrow(
      'fixture: expected the note or the file of a fixture of samsung: good, bad',
    );
    await expect(simulator.scenario('nobody', 'good')).rejects.toThrow('broker: expected one of samsung');
  });

  it('give a broker a port of its own for a fault before any request, and take it back', async () => {
    const reset = fixtureOf([{ fault: { phase: 'tls', code: 'ECONNRESET' } }], { note: 'reset' });
    const simulator = await simulate([fixtureOf([WELL], { note: 'good' }), reset]);
    const shared = simulator.baseUrl('samsung');
    await simulator.scenario('samsung', 'reset');
    expect(simulator.baseUrl('samsung')).toMatch(/^https:/);
    expect(await balanceOf(connectorFor(simulator))).toBe('connect-reset, 2');
    await simulator.scenario('samsung', undefined);
    expect(simulator.baseUrl('samsung')).toBe(shared);
    expect(await balanceOf(connectorFor(simulator))).toBe('an answer, 1');
  });

  it('hit the same requests for the same seed', async () => {
    const run = async (seed: number) => {
      const simulator = await simulate([fixtureOf([WELL])], { seed });
      simulator.errorShare('samsung', 0.5);
      const exco = connectorFor(simulator, { retry: false, breaker: false });
      const came: string[] = [];
      for (let index = 0; index < 24; index += 1) came.push(await balanceOf(exco));
      expect(simulator.counts().errors).toBe(came.filter((each) => each === 'http-server-error, 1').length);
      return came.join();
    };
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(new Set(first.split(/,(?! )/))).toEqual(new Set(['an answer, 1', 'http-server-error, 1']));
  });

  it('delay every answer', async () => {
    const simulator = await simulate([fixtureOf([WELL])]);
    simulator.latency(undefined, 1_000);
    expect(await balanceOf(connectorFor(simulator))).toBe('response-timeout, 2');
    expect(() => simulator.latency('samsung', -1)).toThrow('ms: expected milliseconds, 0 or more');
    expect(() => simulator.errorShare('samsung', 2)).toThrow('share: expected a number, 0 to 1');
  });

  it('are forgotten in part by a reset', async () => {
    const simulator = await simulate([fixtureOf([WELL])]);
    await balanceOf(connectorFor(simulator));
    expect(simulator.received()).toMatchObject([
      { broker: 'samsung', operation: 'account.balance', message: MESSAGES['account.balance'] },
    ]);
    simulator.reset();
    expect(simulator.received()).toEqual([]);
    expect(simulator.counts()).toEqual({ requests: 0, misses: 0, errors: 0, played: [] });
  });
});

describe('TLS', () => {
  it('is mutual if asked: with the identity of brokers(), and not without', async () => {
    const simulator = await simulate([fixtureOf([WELL])], { tls: { requestClientCert: true } });
    expect(simulator.ca).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(await balanceOf(connectorFor(simulator))).toBe('an answer, 1');
    const { ca } = simulator;
    const bare = createConnector({ brokers: simulator.brokers().map((each) => ({ ...each, ...SHORT, tls: { ca } })) });
    atEnd(() => bare.close());
    expect(await balanceOf(bare)).toBe('tls-client-rejected, 1');
  });
});

describe('startSimulator and close', () => {
  it('name a port in use', async () => {
    const { port } = await simulate([]);
    await expect(startSimulator({ fixtures: [], port })).rejects.toMatchObject({
      name: 'SimulatorError',
      message: `port ${port}: expected a free port (EADDRINUSE)`,
    });
  });

  it.each([
    [undefined, 'options.fixtures: expected a list of fixtures'],
    [{ fixtures: [], port: 65_536 }, 'options.port: expected a port, 0 to 65535'],
    [{ fixtures: [], host: '' }, 'options.host: expected an address'],
    [{ fixtures: [], tls: 'yes' }, 'options.tls: expected true, false or { cert, key, ca?, requestClientCert? }'],
    [{ fixtures: [], tls: { cert: 'x' } }, 'options.tls: expected cert and key together'],
    [{ fixtures: [], tls: { cert: 1, key: 'x' } }, 'options.tls.cert: expected PEM text'],
    [{ fixtures: [], tls: { requestClientCert: 1 } }, 'options.tls.requestClientCert: expected true or false'],
    [{ fixtures: [], seed: -1 }, 'options.seed: expected a whole number, 0 or more'],
    [{ fixtures: [], onRequest: 1 }, 'options.onRequest: expected a function'],
  ])('%j: %s', async (options, message) => {
    await expect(startSimulator(options as SimulatorOptions)).rejects.toThrow(new TypeError(message));
  });

  it('leave nothing: a stalled connection ends, and the port is free again', async () => {
    const simulator = await startSimulator({ fixtures: [fixtureOf([{ fault: { phase: 'head', limit: 'head' } }])] });
    const { port } = simulator;
    const { socket, closed } = await dial(port);
    socket.write(post(BALANCE_PATH, MESSAGES['account.balance']));
    await simulator.close();
    expect(await closed()).toBe('');
    expect(simulator.open).toBe(0);
    const again = await simulate([], { port });
    expect(again.port).toBe(port);
  });
});
