import https from 'node:https';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { OPERATIONS } from '../../src/model/operations.ts';
import { openBroker, type Peer } from '../support/broker-server.ts';
import { CA, CLIENT_IDENTITIES, SERVER_IDENTITIES } from '../support/certificates.ts';
import { BALANCE, FAKE, MESSAGES, refusing } from '../support/messages.ts';
import { answers, responseOf, stalls } from '../support/scripts.ts';
import { dial, post } from '../simulator/raw.ts';
import { ask, BALANCE_PATH, configOf, errorText, given, openGateway, send } from './given.ts';

const KEY = 'FAKE-KEY-0001-0001';
const CALL = post(BALANCE_PATH, MESSAGES['account.balance'], 'Content-Type: application/json');

/** A broker that answers when it is told to. */
function onDemand() {
  const waiting: Peer[] = [];
  return {
    script: (peer: Peer) => void waiting.push(peer),
    answerAll: () => {
      for (const peer of waiting.splice(0)) peer.write(responseOf(JSON.stringify(BALANCE)));
    },
  };
}

describe('a reload', () => {
  it('puts the new configuration in force, and a call under way ends under the old one', async () => {
    const { script, answerAll } = onDemand();
    const { gateway, url, broker, lines } = await given({ scripts: [script] });
    const other = await openBroker({}, answers(refusing(4001, 'Account Not Found')));
    const first = send(url + BALANCE_PATH);
    await broker.received(1);
    await gateway.reload(configOf(other.baseUrl));
    expect((await send(url + BALANCE_PATH)).text).toBe(errorText(4001, 'Account Not Found', undefined, 'samsung'));
    answerAll();
    expect((await first).status).toBe(200);
    await broker.allClosed();
    expect(lines.find(({ event }) => event === 'reloaded')).toMatchObject({ level: 'info', needsRestart: false });
  });

  it.each([
    ['a broker without an address', { brokers: [{ alias: 'samsung' }] }, ['config.brokers[0].baseUrl']],
    ['a limit that is none', { brokers: [], gateway: { limits: { inFlight: 0 } } }, ['config.gateway.limits.inFlight']],
    ['no brokers', {}, ['config.brokers']],
  ])('of %s is refused with its place, and the old one stays in force', async (_what, config, paths) => {
    const { gateway, url, lines } = await given();
    const reading = Promise.resolve(config as never);
    await expect(gateway.reload(reading)).rejects.toThrow(paths[0]);
    expect((await send(url + BALANCE_PATH)).status).toBe(200);
    const line = lines.find(({ event }) => event === 'reload-refused');
    expect([line?.level, String(line?.['expected'])]).toEqual(['error', expect.stringContaining(paths[0] ?? '')]);
    expect((await ask(`${url}/metrics`)).text).toContain('op_exco_config_reloads_total{result="refused"} 1');
  });

  it('that comes while another is being read leaves one in force and none behind', async () => {
    const { gateway, url, broker } = await given();
    const second = await openBroker({}, answers(BALANCE));
    const third = await openBroker({}, answers(BALANCE));
    const configs = [configOf(second.baseUrl), configOf(third.baseUrl)];
    await Promise.all(configs.map((config) => gateway.reload(Promise.resolve(config))));
    await send(url + BALANCE_PATH);
    expect([broker.requests.length, second.requests.length, third.requests.length]).toEqual([0, 0, 1]);
  });

  it('says when something in it waits for a restart', async () => {
    const { gateway, broker, lines } = await given();
    await gateway.reload(configOf(broker.baseUrl, {}, { limits: { idleMs: 1_000 } }));
    expect(lines.find(({ event }) => event === 'reloaded')).toMatchObject({ needsRestart: true });
  });

  it('changes the keys at once', async () => {
    const { gateway, url, broker } = await given();
    await gateway.reload(configOf(broker.baseUrl, {}, { apiKeys: [KEY] }));
    expect((await send(url + BALANCE_PATH)).status).toBe(401);
  });
});

describe('closing', () => {
  it('lets readiness fall first, tells callers to go, and waits for the call under way', async () => {
    const { script, answerAll } = onDemand();
    const { gateway, port, broker, lines } = await given({ scripts: [script], gateway: { drain: { noticeMs: 200 } } });
    const caller = await dial(port);
    const balancer = await dial(port);
    caller.socket.write(CALL);
    await broker.received(1);
    const closed = gateway.close();
    balancer.socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n');
    const notReady = await balancer.closed();
    expect(notReady).toContain('HTTP/1.1 503 ');
    expect(notReady).toMatch(/\r\nconnection: close\r\n/i);
    answerAll();
    expect(await caller.closed()).toContain('HTTP/1.1 200 OK');
    await closed;
    expect(lines.map(({ event }) => event).filter((event) => event.startsWith('drain'))).toEqual([
      'draining',
      'drained',
    ]);
  });

  it('still takes calls until the notice is over: the balancer may not have heard yet', async () => {
    const { gateway, url } = await given({ gateway: { drain: { noticeMs: 300 } } });
    const closed = gateway.close();
    expect((await send(url + BALANCE_PATH)).status).toBe(200);
    await closed;
    await expect(send(url + BALANCE_PATH)).rejects.toThrow();
  });

  it('ends kept connections and open pages, and twice is once', async () => {
    const { gateway, port } = await given();
    const idle = await dial(port);
    idle.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await idle.statuses(1);
    const page = await dial(port);
    page.socket.write('GET /status/events HTTP/1.1\r\nHost: x\r\n\r\n');
    await page.until('event: board');
    await Promise.all([gateway.close(), gateway.close()]);
    await Promise.all([idle.closed(), page.closed()]);
  });

  it('gives up calls that outlast the longest drain', async () => {
    const { gateway, port, broker } = await given({
      scripts: [stalls],
      broker: { timeouts: { headMs: 60_000 } },
      gateway: { drain: { noticeMs: 0, mostMs: 50 } },
    });
    const { socket, closed } = await dial(port);
    socket.write(CALL);
    await broker.received(1);
    await gateway.close();
    expect(await closed()).toBe('');
    await broker.allClosed();
  });

  it('of one that never listened ends at once', async () => {
    const { createGateway } = await import('../../src/gateway/index.ts');
    await createGateway(configOf('http://127.0.0.1:9')).close();
  });
});

describe('limits', () => {
  it('answers 503 with Retry-After to a call more than may be under way, and counts back', async () => {
    const { script, answerAll } = onDemand();
    const { url, broker } = await given({ scripts: [script], gateway: { limits: { inFlight: 1 } } });
    const first = send(url + BALANCE_PATH);
    await broker.received(1);
    const refused = await send(url + BALANCE_PATH);
    expect(refused).toMatchObject({ status: 503, text: errorText(503, 'Service Unavailable') });
    expect(refused.headers['retry-after']).toBe('1');
    answerAll();
    expect((await first).status).toBe(200);
    const again = send(url + BALANCE_PATH);
    await broker.received(2);
    answerAll();
    expect((await again).status).toBe(200);
  });

  it.each([
    ['a head that never ends', 'GET /healthz HTTP/1.1\r\nHost: x\r\nA: b'],
    ['a body that never ends', CALL.slice(0, -1)],
    ['nothing at all', ''],
  ])('answer %s with 408 when its time is over, and others are served meanwhile', async (_what, octets) => {
    const { port, url, broker } = await given({ gateway: { limits: { headMs: 300, requestMs: 300 } } });
    const slow = await dial(port);
    if (octets !== '') slow.socket.write(octets);
    expect((await send(url + BALANCE_PATH)).status).toBe(200);
    const [head = '', body] = (await slow.closed()).split('\r\n\r\n');
    expect(head).toContain('HTTP/1.1 408 Request Timeout');
    expect(body).toBe(errorText(408, 'Request Timeout', 'expected the whole request sooner'));
    expect(broker.requests).toHaveLength(1);
  });

  it('close the connection that is one too many', async () => {
    const { port } = await given({ gateway: { limits: { connections: 1 } } });
    const first = await dial(port);
    first.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await first.statuses(1);
    const second = await dial(port);
    expect(await second.closed()).toBe('');
  });
});

describe('keys', () => {
  it.each([
    ['X-Api-Key', KEY, 200],
    ['Authorization', `Bearer ${KEY}`, 200],
    ['Authorization', `Basic ${Buffer.from(`anybody:${KEY}`).toString('base64')}`, 200],
    ['X-Api-Key', `${KEY}0`, 401],
    ['X-Api-Key', KEY.slice(0, -1), 401],
    ['Authorization', KEY, 401],
    ['Authorization', 'Basic ====', 401],
    ['X-Nothing', '', 401],
  ])('%s: %s is answered with %i', async (name, value, status) => {
    const { url, broker } = await given({ gateway: { apiKeys: ['FAKE-KEY-0000-0000', KEY] } });
    const told = await send(url + BALANCE_PATH, undefined, { [name]: value });
    expect(told.status).toBe(status);
    if (status === 401) expect([told.text, broker.requests.length]).toEqual([errorText(401, 'Unauthorized'), 0]);
  });

  it.each([
    ['/healthz', 200],
    ['/readyz', 200],
    ['/metrics', 401],
    ['/status', 401],
    ['/v1/health', 401],
    ['/nowhere', 401],
  ])('GET %s without one: %i', async (path, status) => {
    const { url } = await given({ gateway: { apiKeys: [KEY] } });
    expect((await ask(url + path)).status).toBe(status);
  });
});

describe('TLS', () => {
  const { cert, key } = SERVER_IDENTITIES.good;

  function get(port: number, identity: { readonly cert?: string; readonly key?: string }): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = https.get({ host: '127.0.0.1', port, path: '/healthz', ca: CA, agent: false, ...identity });
      request.once('error', reject).once('response', (response) => void textOf(response).then(resolve, reject));
    });
  }

  it('lets in who has a certificate of the authority, and nobody else', async () => {
    const { port } = await openGateway(configOf('http://127.0.0.1:9', {}, { tls: { cert, key, clientCa: CA } }));
    expect(await get(port, CLIENT_IDENTITIES.good)).toBe('{"schema":1,"status":"ok"}');
    await expect(get(port, {})).rejects.toThrow();
    await expect(get(port, CLIENT_IDENTITIES.ofOtherAuthority)).rejects.toThrow();
  });

  it('shows renewed certificates after a reload', async () => {
    const { gateway, port } = await openGateway(configOf('http://127.0.0.1:9', {}, { tls: SERVER_IDENTITIES.expired }));
    await expect(get(port, {})).rejects.toThrow(/expired/);
    await gateway.reload(configOf('http://127.0.0.1:9', {}, { tls: { cert, key } }));
    expect(await get(port, {})).toBe('{"schema":1,"status":"ok"}');
  });
});

describe('the log and the figures', () => {
  it.each([
    ['an answer', [answers(BALANCE)], 'info', { status: 200, result: 'ok', attempts: 1 }],
    ["the broker's own no", [answers(refusing(4001, 'x'))], 'info', { status: 500, code: 4001, blame: 'caller' }],
    ['an outage', [answers('', 500)], 'warn', { status: 503, code: 3600, fault: 'http-server-error', blame: 'broker' }],
    [
      'our own fault',
      [answers('', 401)],
      'error',
      { status: 500, code: 3999, fault: 'http-denied', blame: 'platform' },
    ],
  ] as const)('%s is one line, and personal in nothing', async (_what, scripts, level, fields) => {
    const { url, lines } = await given({ scripts, broker: { retry: false } });
    await send(`${url}${BALANCE_PATH}?ci=${FAKE.vtAccNo}`, undefined, { 'X-Request-Id': 'abc' });
    const calls = lines.filter(({ event }) => event === 'request');
    expect(calls).toMatchObject([{ level, requestId: 'abc', route: 'call', broker: 'samsung', ...fields }]);
    for (const value of Object.values(FAKE)) expect(JSON.stringify(lines)).not.toContain(value);
  });

  it('probes that go well leave no line', async () => {
    const { url, lines } = await given();
    for (const path of ['/healthz', '/readyz', '/metrics']) await ask(url + path);
    expect(lines.filter(({ event }) => event === 'request')).toEqual([]);
  });

  it('every label is from a closed set, whatever callers send', async () => {
    const { url } = await given({ scripts: [answers(refusing(4777, 'own'))] });
    await send(`${url}/v1/wholly-unknown/account/balance/search`);
    await send(url + BALANCE_PATH);
    await ask(`${url}/secret-path-of-a-caller`);
    await send(`${url}/v1/fan-out`, { calls: [{ broker: 'odd', operation: 'odd.name', message: {} }] });
    const { text, headers } = await ask(`${url}/metrics`);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const values = new Set(
      [...text.matchAll(/(broker|operation|fault|blame|route|result|scope)="([^"]*)"/g)].map(([, , value]) => value),
    );
    const closed = [
      'samsung',
      'unknown',
      ...Object.keys(OPERATIONS),
      'none',
      'ok',
      'error',
      'caller',
      'call',
      'fan-out',
    ];
    expect([...values].filter((value) => ![...closed, 'unknown-broker', 'broker-error'].includes(value ?? ''))).toEqual(
      [],
    );
    expect(text).toContain(
      'op_exco_calls_total{broker="samsung",operation="account.balance",result="error",fault="broker-error",blame="caller"} 1',
    );
    expect(text).toContain('op_exco_gateway_ready 1');
  });

  it('a circuit that opens shows at this replica, and is counted', async () => {
    const { url } = await given({
      scripts: [answers('', 500)],
      broker: { retry: false, breaker: { minCalls: 1 } },
    });
    await send(url + BALANCE_PATH);
    const { text } = await ask(`${url}/metrics`);
    expect(text).toContain('op_exco_circuit_state{broker="samsung"} 2');
    expect(text).toContain('op_exco_circuit_opened_total{broker="samsung",scope="broker"} 1');
  });

  it('a server that fails to open says why', async () => {
    const { port } = await given();
    const { createGateway } = await import('../../src/gateway/index.ts');
    const second = createGateway(configOf('http://127.0.0.1:9'));
    await expect(second.listen({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.close();
  });
});

describe('an idle connection', () => {
  it('is closed after its time', async () => {
    const { port } = await given({ gateway: { limits: { idleMs: 100 } } });
    const { socket, statuses } = await dial(port);
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await statuses(1);
    await once(socket, 'close');
  });
});
