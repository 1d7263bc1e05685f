import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { call } from '../../src/cli/call.ts';
import { folderWith } from '../support/folder.ts';
import { atEnd } from '../support/release.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const CI = 'SECRETCI0001';

const MESSAGE = {
  partner: { comId: 'F9999', srvId: '999' },
  commonHeader: { reqIdPlatform: '', reqIdConsumer: 'R-1', ci: CI },
  devInfo: { ipAddr: '127000000001', macAddr: '020000000001' },
  accInfo: { vtAccNo: '999900000000000001' },
  balanceRequestBody: { queryType: { assetType: 'ALL' } },
};

const ACCOUNT = {
  commonHeader: { reqIdPlatform: 'P-1', reqIdConsumer: 'R-1', certDn: 'cn=FAKE', ci: CI },
  virtualAccountList: { virtualAccount: [{ trCode: 'REQ', realAccNo: '000000000001', vtAccAlias: 'fake' }] },
};

const OK = { balanceList: { balance: { cash: { amt: 5 } } }, resp: { respCode: '200', respMsg: 'OK' } };

const NOT_FOUND = { resp: { respCode: '4001', respMsg: 'Account Not Found' } };

interface Seen {
  readonly headers: IncomingHttpHeaders;
  readonly url: string | undefined;
  readonly body: string;
}

interface Broker {
  readonly port: number;
  readonly seen: Seen[];
  readonly release: () => Promise<unknown>;
}

function answerWith(body: unknown, status = 200) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** A broker on a free port of 127.0.0.1, closed after the test. */
async function broker(answer: (response: ServerResponse) => void): Promise<Broker> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ headers: request.headers, url: request.url, body: Buffer.concat(chunks).toString('utf8') });
      answer(response);
    });
  });
  const release = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  atEnd(release);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, seen, release };
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const { port, release } = await broker(() => undefined);
  await release();
  return port;
}

function config(port: number): string {
  const headers = { apikey: 'Bearer ${EXCO_KEY}' };
  return JSON.stringify({ brokers: [{ alias: 'samsung', baseUrl: `http://127.0.0.1:${port}/v1/samsung`, headers }] });
}

function run(port: number, args: readonly string[], options: TerminalOptions = {}) {
  const files = {
    'exco.json': config(port),
    'balance.json': JSON.stringify(MESSAGE),
    'account.json': JSON.stringify(ACCOUNT),
    ...options.files,
  };
  return runCommand(call, args, { env: { EXCO_KEY: 'SECRET' }, ...options, files });
}

const BALANCE = ['samsung', 'account.balance', '--config', 'exco.json', '--body', 'balance.json'];

describe('op-exco call', () => {
  it("prints the broker's answer and exits 0", async () => {
    const { port, seen } = await broker(answerWith(OK));
    const { exit, out, err } = await run(port, [...BALANCE, '--request-id', 'call-1']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual(OK);
    expect(err).toMatch(/^samsung account\.balance: HTTP 200, attempts 1, \d+ ms, request id call-1$/);
    expect(seen).toEqual([
      {
        url: '/v1/samsung/account/balance/search',
        headers: expect.objectContaining({ apikey: 'Bearer SECRET', 'x-request-id': 'call-1' }),
        body: JSON.stringify(MESSAGE),
      },
    ]);
  });

  it('reads the message from the standard input with --body -', async () => {
    const { port, seen } = await broker(answerWith(OK));
    const { exit } = await run(port, [...BALANCE.slice(0, 4), '--body', '-'], {
      files: { '-': JSON.stringify(MESSAGE) },
    });
    expect(exit).toBe(0);
    expect(seen.map(({ body }) => body)).toEqual([JSON.stringify(MESSAGE)]);
  });

  it('prints one JSON object with --json', async () => {
    const { port } = await broker(answerWith(OK));
    const { out } = await run(port, [...BALANCE, '--json', '--request-id', 'call-2']);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      ok: true,
      data: OK,
      meta: {
        broker: 'samsung',
        operation: 'account.balance',
        requestId: 'call-2',
        httpStatus: 200,
        respMsg: 'OK',
        attempts: 1,
        elapsedMs: expect.any(Number),
        warnings: [],
        itemFailures: [],
      },
    });
  });

  it("prints the broker's own error as the standard's body, exits 1, and says what to do about the code", async () => {
    const { port } = await broker(answerWith(NOT_FOUND, 500));
    const { exit, out, err } = await run(port, BALANCE);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual({ category: 'samsung', code: 4001, message: 'Account Not Found' });
    const [first, second, third, ...more] = err.split('\n');
    expect(first).toMatch(/^samsung account\.balance: broker-error \(4001 Account Not Found\), whose fault: caller\./);
    expect(second).toMatch(
      /^reading the answer \(message\); request sent: yes; the broker answered: HTTP 500, code 4001; attempts: 1, \d+ ms; /,
    );
    expect(third).toMatch(/^Caller: act on the code.* 4001: Check the account number; the account may be closed\./);
    expect(more).toEqual([]);
  });

  it('prints the error, its facts and the advice in one JSON object with --json', async () => {
    const { port } = await broker(answerWith(NOT_FOUND));
    const { exit, out } = await run(port, [...BALANCE, '--json', '--request-id', 'call-3']);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      ok: false,
      error: { category: 'samsung', code: 4001, message: 'Account Not Found' },
      facts: {
        category: 'samsung',
        code: 4001,
        message: 'Account Not Found',
        httpStatus: 500,
        fault: 'broker-error',
        phase: 'message',
        sent: 'yes',
        outcome: 'rejected',
        blame: 'caller',
        attempts: 1,
        broker: 'samsung',
        operation: 'account.balance',
        requestId: 'call-3',
        brokerCode: 4001,
        brokerHttpStatus: 200,
        evidence: 'up',
        read: 'no',
        write: 'no',
        elapsedMs: expect.any(Number),
      },
      when: 'The broker answered with an error of its own (4000 to 7999); it is up.',
      todo: expect.stringContaining('4001: Check the account number'),
    });
  });

  it('says in Korean whose desk it is when nothing listens on the port', async () => {
    const { exit, out, err } = await run(await closedPort(), [...BALANCE, '--lang', 'ko']);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual({
      category: 'op-exco',
      code: 3600,
      message: 'Target Company Service Unavailable',
    });
    expect(err).toContain('connect-refused (3600 Target Company Service Unavailable), 조치 주체: 증권사.');
    expect(err).toContain('TCP 연결(connect); 요청 전송: 아니요; 시도: 2,');
    expect(err).toContain('서버 프로세스 기동 여부를 확인한다');
  });

  it('warns of a write that may have happened', async () => {
    const { port, seen } = await broker((response) => response.destroy());
    const { exit, err } = await run(port, [
      'samsung',
      'virtualAccount.request',
      '--config',
      'exco.json',
      '--body',
      'account.json',
    ]);
    expect(exit).toBe(1);
    expect(seen).toHaveLength(1);
    expect(err).toContain('reset-before-response (3004 network error)');
    expect(err).toContain('UNKNOWN: it may have happened; do not send it again');
  });

  it('obeys --deadline-ms', async () => {
    const { port } = await broker(() => undefined);
    const { exit, out, err } = await run(port, [...BALANCE, '--deadline-ms', '150']);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual({ category: 'op-exco', code: 3005, message: 'network timeout' });
    expect(err).toContain('response-timeout');
  });

  it('names every missing field when there is no message, and that none was given', async () => {
    const { exit, out, err } = await run(9, BALANCE.slice(0, 4));
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      code: 3003,
      description: expect.stringContaining('partner.comId, partner.srvId'),
    });
    expect(err.split('\n').at(-1)).toBe('No --body FILE was given, so the message was empty.');
  });

  it.each([
    [
      'an operation nobody knows',
      ['samsung', 'account.balence'],
      3002,
      /^No operation "account.balence". Did you mean account.balance\? Operations: .*account.balance,/,
    ],
    [
      'a broker that is not configured',
      ['samsungg', 'account.balance'],
      3008,
      /^No broker "samsungg". Did you mean samsung\? Configured brokers: samsung\.$/,
    ],
  ])('ends with an error of the standard and a hint given %s', async (_, names, code, words) => {
    const { exit, out, err } = await run(9, [...names, ...BALANCE.slice(2)]);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ category: 'op-exco', code });
    expect(err.split('\n').at(-1)).toMatch(words);
  });

  it.each([
    ['no configuration', ['samsung', 'account.balance'], 64, '--config FILE is needed.'],
    ['a broker alone', ['samsung', '--config', 'exco.json'], 64, 'Expected: op-exco call BROKER OPERATION'],
    [
      'a message that is not there',
      [...BALANCE.slice(0, 4), '--body', 'nope.json'],
      64,
      'nope.json: cannot be read (ENOENT).',
    ],
    [
      'a message that is no JSON',
      [...BALANCE.slice(0, 4), '--body', 'broken.json'],
      64,
      'broken.json: no JSON, line 2, column 8.',
    ],
    [
      'a message that is no object',
      [...BALANCE.slice(0, 4), '--body', 'list.json'],
      64,
      'list.json: expected a JSON object.',
    ],
    [
      'a deadline that is no number',
      [...BALANCE, '--deadline-ms', 'soon'],
      64,
      'options.deadlineMs: expected a number of milliseconds above 0',
    ],
    ['a request id with a blank', [...BALANCE, '--request-id', 'a b'], 64, 'options.requestId: expected at most 128'],
    [
      'a configuration that is not there',
      ['samsung', 'account.balance', '--config', 'nope.json'],
      78,
      'nope.json: cannot be read (ENOENT).',
    ],
    [
      'a configuration that is no JSON',
      ['samsung', 'account.balance', '--config', 'broken.json'],
      78,
      'broken.json: no JSON, line 2, column 8.',
    ],
  ])('ends without an answer given %s', async (_, args, exit, words) => {
    const files = { 'broken.json': '{"vtAccNo": 1,\n "ci": SECRET}', 'list.json': '[]' };
    const result = await run(9, args, { files });
    expect(result).toMatchObject({ exit, out: '' });
    expect(result.err).toContain(words);
    expect(result.err).not.toContain('SECRET');
  });

  it('names every path that is wrong in the configuration and exits 78', async () => {
    const wrong = {
      brokers: [{ alias: 'samsung', baseUrl: 'ftp://SECRET', retries: 3 }, { baseUrl: 'http://127.0.0.1:9' }],
    };
    const { exit, out, err } = await run(9, BALANCE, { files: { 'exco.json': JSON.stringify(wrong) } });
    expect([exit, out]).toEqual([78, '']);
    expect(err).toContain('config.brokers[0].baseUrl: expected');
    expect(err).toContain('config.brokers[0].retries: expected');
    expect(err).not.toContain('SECRET');
  });

  it('names the file, the place and the variable that is not set, and exits 78', async () => {
    const { exit, err } = await run(9, BALANCE, { env: {} });
    expect(exit).toBe(78);
    expect(err).toBe(
      'exco.json: config.brokers[0].headers.apikey: expected the environment variable EXCO_KEY to be set',
    );
  });

  it.each([
    ['refused', 9],
    ['not understood', 'html'],
  ])('shows neither credentials nor personal data nor addresses in an error: %s', async (_, kind) => {
    const page = (response: ServerResponse) => response.end(`<html>${CI} 999900000000000001</html>`);
    const port = kind === 'html' ? (await broker(page)).port : await closedPort();
    const { exit, out, err } = await run(port, [...BALANCE, '--json']);
    expect(exit).toBe(1);
    for (const secret of ['SECRET', CI, '999900000000000001', '127.0.0.1', String(port)]) {
      expect(out.replace(/"requestId":"[^"]*"/, '').replace(/"elapsedMs":\d+/, '')).not.toContain(secret);
      expect(err.replace(/request id: [^;]*/, '').replace(/\d+ ms/, '')).not.toContain(secret);
    }
  });

  it('appends the record of the call to the file of --events, without a word of the message', async () => {
    const { port } = await broker(answerWith(NOT_FOUND, 500));
    const file = join(folderWith({}), 'calls.jsonl');
    await run(port, [...BALANCE, '--events', file, '--request-id', 'call-3']);
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ event: 'call', broker: 'samsung', requestId: 'call-3', code: 4001 });
    for (const secret of ['SECRET', CI, '999900000000000001']) expect(text).not.toContain(secret);
  });

  it('says so where the record cannot be written; the answer and the exit code are those of the call', async () => {
    const { port } = await broker(answerWith(OK));
    const { exit, out, err } = await run(port, [...BALANCE, '--events', folderWith({})]);
    expect([exit, JSON.parse(out)]).toEqual([0, OK]);
    expect(err).toMatch(/: 1 records not written \(EISDIR\)\.$/);
  });
});
