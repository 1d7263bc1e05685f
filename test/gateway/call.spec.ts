import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { parseJson } from '../../src/flow/parse-json.ts';
import { defineOperation } from '../../src/model/operation.ts';
import { OPERATIONS } from '../../src/model/operations.ts';
import { BALANCE, FAKE, ISSUED, MESSAGES, refusing } from '../support/messages.ts';
import { answers, headOf, type Headers, stalls, writes, writesAndResets } from '../support/scripts.ts';
import { dial, post } from '../simulator/raw.ts';
import { ask, BALANCE_PATH, errorText, given, send } from './given.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

describe('POST /v1/{alias}{operation path}', () => {
  it("hands the broker's message on, without what its caller must not have", async () => {
    const { url } = await given();
    const { status, headers, text } = await send(url + BALANCE_PATH);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(JSON_TYPE);
    const { accInfo, ...others } = BALANCE;
    expect(JSON.parse(text)).toEqual({ ...others, accInfo: { vtAccNo: accInfo?.vtAccNo } });
  });

  it.each([
    ['left out by default', undefined, [], ['realAccNo', 'certDn', 'platformFields', 'REALACCNO']],
    [
      'kept where the configuration says so',
      ['realAccNo'] as const,
      ['realAccNo', 'REALACCNO'],
      ['certDn', 'platformFields'],
    ],
    ['all kept', ['realAccNo', 'certDn', 'platformFields'] as const, ['realAccNo', 'certDn', 'platformFields'], []],
  ])('fields at any depth and in any case are %s', async (_what, keepFields, kept, gone) => {
    const deep = {
      list: [{ REALACCNO: 'a', certDn: 'b', more: [{ realAccNo: 1 }] }],
      platformFields: { portalId: 'c' },
    };
    const { url } = await given({
      scripts: [answers({ ...BALANCE, deep })],
      gateway: keepFields === undefined ? {} : { keepFields: [...keepFields] },
    });
    const { text } = await send(url + BALANCE_PATH);
    for (const name of kept) expect(text).toContain(`"${name}"`);
    for (const name of gone) expect(text).not.toContain(`"${name}"`);
  });

  const ECHOES = `"commonHeader": ${JSON.stringify(BALANCE.commonHeader)}`;
  const RESP = '"resp": {"respCode": "200", "respMsg": "정상"}';

  it.each([
    ['as the broker wrote it', `{ ${ECHOES},\n "rate": 1.10, ${RESP} }\n`],
    ['read anew for a key that came twice', `{ ${ECHOES}, "rate": 1, "rate": 2, ${RESP} }`],
    ['read anew for a number that would lose digits', `{ ${ECHOES}, "rate": 12345678901234567890, ${RESP} }`],
    ['read anew for an unsafe key', `{ ${ECHOES}, "__proto__": {"a": 1}, ${RESP} }`],
  ])('%s, and always as it was judged', async (how, written) => {
    const withheld = written.replace('"commonHeader": {', '"commonHeader": {"certDn": "cn=FAKE", ');
    const { url } = await given({ scripts: [answers(withheld)] });
    const { text } = await send(url + BALANCE_PATH);
    const parsed = parseJson(written);
    const judged = parsed.kind === 'value' ? parsed.value : undefined;
    expect(text).not.toContain('cn=FAKE');
    expect(JSON.parse(text)).toEqual(
      JSON.parse(JSON.stringify(judged, (key, value: unknown) => (key === 'certDn' ? undefined : value))),
    );
    if (how.startsWith('as the broker')) expect(text).toContain('"rate": 1.10,');
  });

  it.each<readonly [string, Buffer, Headers, string?]>([
    ['EUC-KR', iconv.encode(`{${ECHOES}, ${RESP}}`, 'cp949'), { 'Content-Type': 'application/json; charset=euc-kr' }],
    [
      'EUC-KR whose few syllables could be Latin letters in UTF-8',
      iconv.encode(`{${ECHOES}, ${RESP.replace('정상', '처')}}`, 'cp949'),
      { 'Content-Type': 'application/json; charset=euc-kr' },
      '처',
    ],
    ['gzip', gzipSync(`{${ECHOES}, ${RESP}}`), { 'Content-Encoding': 'gzip' }],
    ['a byte order mark', Buffer.from(`\ufeff{${ECHOES}, ${RESP}}`), {}],
  ])('in UTF-8, whatever the broker sends: %s', async (_what, octets, headers, respMsg = '정상') => {
    const { url } = await given({ scripts: [answers(octets, 200, headers)] });
    const { text } = await send(url + BALANCE_PATH);
    expect(JSON.parse(text)).toMatchObject({ resp: { respMsg } });
    expect(text).not.toContain('\ufeff');
  });

  it.each(Object.values(OPERATIONS).map((operation) => [operation.name, operation] as const))(
    'asks for %s by its path, and by its items where a path is shared',
    async (name, { path }) => {
      const { url, broker, lines } = await given({ scripts: [answers(refusing(4001, 'Account Not Found'))] });
      await send(`${url}/v1/samsung${path}`, MESSAGES[name as keyof typeof MESSAGES]);
      expect(broker.requests.map((request) => request.path)).toEqual([path]);
      expect(lines.filter(({ event }) => event === 'request').map((line) => line['operation'])).toEqual([name]);
    },
  );

  it('takes an operation of one’s own, and the broker by its comId', async () => {
    const own = defineOperation({ name: 'account.pension', path: '/account/pension/search', kind: 'read' });
    const { url } = await given({ scripts: [answers({ resp: BALANCE.resp })], surroundings: { operations: [own] } });
    const { status, text } = await send(`${url}/v1/00030/account/pension/search`, {});
    expect([status, text]).toEqual([200, JSON.stringify({ resp: BALANCE.resp })]);
  });

  it.each([
    [
      'its own code',
      [answers(refusing(4001, 'Account Not Found'))],
      500,
      errorText(4001, 'Account Not Found', undefined, 'samsung'),
    ],
    ['nothing in time', [stalls], 500, errorText(3005, 'network timeout')],
    [
      'a connection broken off inside the body',
      [writesAndResets(headOf(200, { 'Content-Length': '9' }), '{')],
      500,
      errorText(3004, 'network error'),
    ],
    ['no JSON', [answers('{')], 500, errorText(3011, 'Json parsing error')],
    ['a maintenance answer', [answers('', 503)], 503, errorText(3600, 'Target Company Service Unavailable')],
  ] as const)('answers %s of a broker as the standard shapes it', async (_what, scripts, status, text) => {
    const { url } = await given({ scripts, broker: { timeouts: { headMs: 400 }, retry: false } });
    const told = await send(url + BALANCE_PATH);
    expect(told).toMatchObject({ status, text });
    expect(told.headers['content-type']).toBe(JSON_TYPE);
  });

  it('says when it is worth asking again, where the broker said so', async () => {
    const { url } = await given({ scripts: [answers('', 503, { 'Retry-After': '7' })], broker: { retry: false } });
    expect((await send(url + BALANCE_PATH)).headers['retry-after']).toBe('7');
  });

  it.each([
    ['a broker that is not configured', '/v1/nobody/account/balance/search', 500, 3008],
    ['a message with nothing in it', BALANCE_PATH, 400, 3003],
  ])('answers %s with the code of the linkage server', async (_what, path, status, code) => {
    const { url, broker } = await given();
    const told = await send(url + path, {});
    expect([told.status, JSON.parse(told.text)]).toMatchObject([status, { category: 'op-exco', code }]);
    expect(broker.requests).toEqual([]);
  });

  it('answers an operation that is switched off with 3002', async () => {
    const { url } = await given({ broker: { operations: { 'account.balance': false } } });
    expect(JSON.parse((await send(url + BALANCE_PATH)).text)).toMatchObject({ code: 3002 });
  });

  it('issues a virtual account, with no word of the real one', async () => {
    const { url } = await given({ scripts: [answers(ISSUED)] });
    const { status, text } = await send(`${url}/v1/samsung/account/vtnumber`, MESSAGES['virtualAccount.request']);
    expect(status).toBe(200);
    expect(text).toContain(FAKE.vtAccNo);
    expect(text).not.toContain(FAKE.realAccNo);
  });
});

describe('the request id', () => {
  it.each(['abc-1', 'A.b_c:d-9', 'x'.repeat(120)])('%s is taken, passed on and returned', async (id) => {
    const { url, broker } = await given();
    const { headers } = await send(url + BALANCE_PATH, undefined, { 'X-Request-Id': id });
    expect(headers['x-request-id']).toBe(id);
    expect(broker.requests[0]?.headers['x-request-id']).toBe(id);
  });

  it.each([
    ['too long', 'x'.repeat(121)],
    ['with a blank', 'a b'],
    ['with a quote', 'a"b'],
    ['with a slash', '../a'],
    ['empty', ''],
  ])('%s is not taken: a new one is made, passed on and returned', async (_what, id) => {
    const { url, broker } = await given();
    const { headers } = await send(url + BALANCE_PATH, undefined, { 'X-Request-Id': id });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(broker.requests[0]?.headers['x-request-id']).toBe(headers['x-request-id']);
  });

  it('stands in answers that are no call too', async () => {
    const { url } = await given();
    expect((await ask(`${url}/nowhere`, { headers: { 'X-Request-Id': 'abc' } })).headers['x-request-id']).toBe('abc');
  });
});

describe("the caller's time limit", () => {
  it.each([
    ['X-Deadline-Ms', '60'],
    ['Request-Timeout', '0.06'],
  ])('%s shortens the deadline', async (name, value) => {
    const { url } = await given({ scripts: [stalls], broker: { timeouts: { headMs: 60_000 }, retry: false } });
    const told = await send(url + BALANCE_PATH, undefined, { [name]: value });
    expect(told.text).toBe(errorText(3005, 'network timeout'));
  });

  it('does not lengthen a configured one', async () => {
    const { url } = await given({
      scripts: [stalls],
      broker: { timeouts: { headMs: 60_000 }, retry: false, operations: { 'account.balance': { deadlineMs: 60 } } },
    });
    expect((await send(url + BALANCE_PATH, undefined, { 'X-Deadline-Ms': '3000000' })).text).toBe(
      errorText(3005, 'network timeout'),
    );
  });

  it.each([
    ['X-Deadline-Ms', '0'],
    ['X-Deadline-Ms', '-1'],
    ['X-Deadline-Ms', '1e3'],
    ['X-Deadline-Ms', 'soon'],
    ['Request-Timeout', '0'],
    ['Request-Timeout', '5s'],
  ])('%s: %s is refused before any call', async (name, value) => {
    const { url, broker } = await given();
    const told = await send(url + BALANCE_PATH, undefined, { [name]: value });
    expect([told.status, JSON.parse(told.text)]).toMatchObject([400, { code: 400 }]);
    expect(broker.requests).toEqual([]);
  });
});

describe('a caller who goes', () => {
  it('aborts the call: its socket to the broker is closed, and the log says so', async () => {
    const { port, broker, lines } = await given({ scripts: [stalls], broker: { timeouts: { headMs: 60_000 } } });
    const { socket } = await dial(port);
    socket.write(post(BALANCE_PATH, MESSAGES['account.balance'], 'Content-Type: application/json'));
    await broker.received(1);
    socket.destroy();
    await broker.allClosed();
    expect(lines.find(({ event }) => event === 'request')).toMatchObject({ result: 'aborted', status: 499 });
  });

  it('leaves the next call of another connection alone', async () => {
    const { port, url, broker } = await given({
      scripts: [stalls, writes(''), answers(BALANCE)],
      broker: { timeouts: { headMs: 60_000 }, retry: false },
    });
    const { socket } = await dial(port);
    socket.write(post(BALANCE_PATH, MESSAGES['account.balance'], 'Content-Type: application/json'));
    await broker.received(1);
    const second = send(url + BALANCE_PATH, undefined, { 'X-Deadline-Ms': '300' });
    await broker.received(2);
    socket.destroy();
    expect((await second).text).toBe(errorText(3005, 'network timeout'));
  });
});
