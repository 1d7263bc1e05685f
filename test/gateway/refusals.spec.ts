import { describe, expect, it } from '@jest/globals';
import { MESSAGES } from '../support/messages.ts';
import { IS_LENIENT_PARSER } from '../support/parser.ts';
import { dial, post } from '../simulator/raw.ts';
import { ask, BALANCE_PATH, errorText, given, send } from './given.ts';

const MEDIA = 'expected application/json in UTF-8';
const TWICE = 'expected every key once, and neither __proto__ nor constructor';
const REAL = JSON.stringify(MESSAGES['account.balance']);

describe('a path that is not there', () => {
  it.each([
    '/',
    '/v1',
    '/v1/samsung',
    '/v1/samsung/account/balance',
    '/v1/samsung/account/balance/search/',
    '/v1//account/balance/search',
    '/v1/samsung/../samsung/account/balance/search',
    '/v1/./account/balance/search',
    '/v1/%2e%2e/account/balance/search',
    '/v1/a%2fb/account/balance/search',
    '/v1/a;b/account/balance/search',
    '/v1/sam%73ung/account/balance/search',
    '/v1/samsung/account%2fbalance/search',
    '/V1/samsung/account/balance/search',
    `/v1/${'a'.repeat(101)}/account/balance/search`,
    '/v1/__proto__',
    'http://elsewhere.example/v1/samsung/account/balance/search',
    '*',
  ])('%s: 404', async (target) => {
    const { port, broker } = await given();
    const raw = await dial(port);
    raw.socket.write(post(target, REAL, 'Content-Type: application/json', 'Connection: close'));
    const answer = await raw.closed();
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect(answer).toContain('content-type: application/json; charset=utf-8\r\n');
    expect(answer.split('\r\n\r\n')[1]).toBe(errorText(404, 'Not Found'));
    expect(broker.requests).toEqual([]);
  });
});

describe('a method that a path does not take', () => {
  it.each([
    ['GET', BALANCE_PATH, 'POST'],
    ['PUT', BALANCE_PATH, 'POST'],
    ['DELETE', '/v1/fan-out', 'POST'],
    ['OPTIONS', BALANCE_PATH, 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['POST', '/v1/health/samsung', 'GET, HEAD'],
    ['PATCH', '/status', 'GET, HEAD'],
    ['PROPFIND', '/metrics', 'GET, HEAD'],
  ])('%s %s: 405, and says which it takes', async (method, path, allow) => {
    const { url } = await given();
    const told = await ask(url + path, { method });
    expect(told).toMatchObject({ status: 405, text: errorText(405, 'Method Not Allowed') });
    expect(told.headers['allow']).toBe(allow);
  });
});

describe('a body that is no message', () => {
  it.each([
    ['no media type', 415, MEDIA, '{}', undefined],
    ['another media type', 415, MEDIA, '{}', 'text/plain'],
    ['a form', 415, MEDIA, 'a=b', 'application/x-www-form-urlencoded'],
    ['another charset', 415, MEDIA, '{}', 'application/json; charset=euc-kr'],
    ['a media type in disguise', 415, MEDIA, '{}', 'application/jsonx'],
    ['no JSON', 400, 'expected JSON', '{', 'application/json'],
    ['text behind the JSON', 400, 'expected JSON', '{}x', 'application/json'],
    ['JSON of no object', 400, 'expected a JSON object', '[1]', 'application/json'],
    ['nested too deep', 400, 'expected JSON', '{"a":'.repeat(101) + '1' + '}'.repeat(101), 'application/json'],
    ['no UTF-8', 400, 'expected JSON in UTF-8', Buffer.from('{"a":"\xc7\xd1"}', 'latin1'), 'application/json'],
    ['a key twice', 400, TWICE, '{"a":1,"a":2}', 'application/json'],
    ['a key twice, once escaped', 400, TWICE, String.raw`{"a":1,"\u0061":2}`, 'application/json'],
    ['a key twice, deep', 400, TWICE, '{"a":[{"b":{"c":1,"c":1}}]}', 'application/json'],
    ['__proto__', 400, TWICE, '{"__proto__":{"a":1}}', 'application/json'],
    ['__proto__, escaped', 400, TWICE, String.raw`{"\u005f_proto__":1}`, 'application/json'],
    ['constructor', 400, TWICE, '{"a":{"constructor":{"prototype":{}}}}', 'application/json'],
    ['over the limit', 400, 'expected a smaller body', JSON.stringify({ a: 'x'.repeat(1_100) }), 'application/json'],
  ])('%s: %i', async (_what, code, expected, body, type) => {
    const { port, broker } = await given({ gateway: { limits: { bodyBytes: 1_024 } } });
    const octets = Buffer.from(body);
    const raw = await dial(port);
    const head = ['Host: x', 'Connection: close', `Content-Length: ${octets.length}`];
    if (type !== undefined) head.push(`Content-Type: ${type}`);
    raw.socket.write(`POST ${BALANCE_PATH} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
    raw.socket.write(octets);
    const answer = await raw.closed();
    const message = code === 415 ? 'Unsupported Media Type' : 'Bad Request';
    expect(answer.split('\r\n\r\n')[1]).toBe(errorText(code, message, expected));
    expect(answer).toContain(`HTTP/1.1 ${code} `);
    expect(answer).toContain('content-type: application/json; charset=utf-8\r\n');
    expect(answer).toMatch(/\r\nx-request-id: [0-9a-f-]{36}\r\n/i);
    expect(broker.requests).toEqual([]);
  });

  it.each(['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"'])(
    '%s is a message',
    async (type) => {
      const { url } = await given();
      expect((await send(url + BALANCE_PATH, REAL, { 'content-type': type })).status).toBe(200);
    },
  );

  it('without a length is read in chunks, up to the limit', async () => {
    const { port, broker } = await given({ gateway: { limits: { bodyBytes: 1_024 } } });
    const raw = await dial(port);
    const head = 'Host: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json';
    raw.socket.write(`POST ${BALANCE_PATH} HTTP/1.1\r\n${head}\r\n\r\n401\r\n{${' '.repeat(1_024)}\r\n`);
    expect(await raw.until('smaller body')).toContain('HTTP/1.1 400 ');
    expect(broker.requests).toEqual([]);
  });

  it('is too large for one broker: 400, before any dial', async () => {
    const { url, broker } = await given({ broker: { limits: { bodyBytes: 1_024 } } });
    const told = await send(url + BALANCE_PATH, { ...MESSAGES['account.balance'], more: 'x'.repeat(1_024) });
    expect([told.status, JSON.parse(told.text)]).toMatchObject([400, { code: 400 }]);
    expect(broker.requests).toEqual([]);
  });

  it('of a GET: 400', async () => {
    const { port } = await given();
    const raw = await dial(port);
    raw.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}');
    expect(await raw.closed()).toContain(errorText(400, 'Bad Request', 'GET: expected no body'));
  });
});

describe('what cannot be read as a request', () => {
  const CALL = `POST ${BALANCE_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['TLS on a plain port', '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03', 400],
    ['another version', 'GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n', 505],
    ['a length beside chunks', `${CALL}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['two lengths', `${CALL}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length with a sign', `${CALL}Content-Length: +2\r\n\r\n{}`, 400],
    ['chunks said twice', `${CALL}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`, 400],
    ['chunks in disguise', `${CALL}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 400],
    ['a chunk of no size', `${CALL}Transfer-Encoding: chunked\r\n\r\nz\r\n`, 400],
    ...(IS_LENIENT_PARSER
      ? []
      : ([['a blank before a colon', 'GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n', 400]] as const)),
    ['a folded header', 'GET /healthz HTTP/1.1\r\nHost: x\r\n y\r\n\r\n', 400],
    ['a NUL in a header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n', 400],
    ['an oversized head', `GET /healthz HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(17_000)}\r\n\r\n`, 400],
    ['no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a wrong expectation', 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: more\r\nConnection: close\r\n\r\n', 400],
  ])('%s: the standard’s error, and the end of the connection', async (_what, octets, status) => {
    const { port, url, broker } = await given();
    const raw = await dial(port);
    raw.socket.write(octets, 'latin1');
    const [head = '', body = ''] = (await raw.closed()).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toMatch(/\r\ncontent-type: application\/json; charset=utf-8\r\n/i);
    expect(head).toMatch(/\r\nx-request-id: /i);
    expect(JSON.parse(body)).toMatchObject({ category: 'op-exco', code: status });
    expect(broker.requests).toEqual([]);
    expect((await ask(`${url}/healthz`)).status).toBe(200);
  });

  it('behind a request under way gets no answer that could be taken for that request’s', async () => {
    const { port, broker } = await given({ scripts: [() => undefined], broker: { retry: false } });
    const raw = await dial(port);
    raw.socket.write(post(BALANCE_PATH, REAL, 'Content-Type: application/json'));
    await broker.received(1);
    raw.socket.write('nonsense\r\n\r\n');
    expect(await raw.closed()).toBe('');
  });

  it('two requests in one are two requests, each with its answer in turn', async () => {
    const { port } = await given();
    const raw = await dial(port);
    const one = post(BALANCE_PATH, REAL, 'Content-Type: application/json');
    raw.socket.write(`${one}GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    await raw.closed();
    expect(await raw.statuses(2)).toEqual(['200', '404']);
  });
});
