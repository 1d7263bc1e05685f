import { describe, expect, it } from '@jest/globals';
import { classify } from '../../src/cli/classify.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const CI = 'SECRETCI0001';

const REQUEST = { commonHeader: { reqIdConsumer: 'R-1', ci: CI }, accInfo: { vtAccNo: '999900000000000001' } };

function fixture(attempt: object, operation = 'account.balance'): string {
  return JSON.stringify({ format: 1, broker: 'samsung', operation, request: REQUEST, attempts: [attempt] });
}

const answered = (json: object, status = 200) => fixture({ response: { status, json } });

const OK = answered({ balanceList: { accName: 'SECRET NAME', amt: 5 }, resp: { respCode: '200', respMsg: 'OK' } });

function run(text: string, args: readonly string[] = [], files: TerminalOptions['files'] = {}) {
  return runCommand(classify, ['fixture.json', ...args], { files: { 'fixture.json': text, ...files } });
}

describe('op-exco classify', () => {
  it('sums up a success by its fields, without any value, and exits 0', async () => {
    const { exit, out, err } = await run(OK);
    expect(exit).toBe(0);
    expect(out.split('\n')).toEqual([
      'samsung account.balance: ok',
      '  HTTP      200',
      '  attempts  1',
      '  fields    balanceList, resp',
    ]);
    expect(err).toBe('');
  });

  it('sums up a success in one JSON object with --json', async () => {
    const { out } = await run(OK, ['--json']);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      ok: true,
      broker: 'samsung',
      operation: 'account.balance',
      httpStatus: 200,
      attempts: 1,
      fields: ['balanceList', 'resp'],
      warnings: [],
      itemFailures: [],
    });
  });

  it("prints the standard's body, then the fault in full, and exits 1", async () => {
    const { exit, out } = await run(fixture({ fault: { phase: 'connect', code: 'ECONNREFUSED' } }));
    expect(exit).toBe(1);
    expect(out.split('\n')).toEqual([
      '{',
      '  "category": "op-exco",',
      '  "code": 3600,',
      '  "message": "Target Company Service Unavailable"',
      '}',
      'samsung account.balance: connect-refused (3600 Target Company Service Unavailable)',
      "  when                The broker's host is there, but nothing listens on the port (ECONNREFUSED).",
      '  whose fault         broker',
      '  says of the broker  it is down',
      '  repeat a read       yes',
      '  repeat a write      yes',
      '  phase               TCP set-up (connect); request sent: no',
      '  outcome             nothing changed',
      '  attempts            1',
      '  what to do          Broker: ask whether the server process is running; give address, port and time. Calls resume without a change here.',
    ]);
  });

  it('judges in Korean', async () => {
    const { exit, out } = await run(answered({ resp: { respCode: '4006', respMsg: 'Agreement' } }), ['--lang', 'ko']);
    expect(exit).toBe(1);
    expect(out).toContain('  조치 주체    이용기관');
    expect(out).toContain('4006: 정보제공 동의를 다시 받은 뒤 조회한다.');
  });

  it('prints error, facts and advice in one JSON object with --json', async () => {
    const { out } = await run(fixture({ response: { status: 503, text: 'busy' } }), ['--json']);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      ok: false,
      error: { category: 'op-exco', code: 3600, message: 'Target Company Service Unavailable' },
      facts: expect.objectContaining({
        fault: 'http-unavailable',
        blame: 'broker',
        evidence: 'down',
        read: 'if-retry-after',
        write: 'no',
        brokerHttpStatus: 503,
      }),
      when: 'HTTP 502 or 503 without a message of the standard.',
      todo: 'Broker: its gateway is up and the application behind it is not; ask when it will be back.',
    });
  });

  it("judges with the broker's own settings where a configuration is given", async () => {
    const page = fixture({ response: { status: 200, text: '<html>서비스 점검 중</html>' } });
    const brokers = [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9', maintenance: { pageMatches: '점검 중' } }];
    const files = { 'exco.json': JSON.stringify({ brokers }) };
    expect((await run(page)).out).toContain('body-html (3011');
    expect((await run(page, ['--config', 'exco.json'], files)).out).toContain('maintenance-page (3600');
  });

  it('reads the fixture from the standard input', async () => {
    expect((await runCommand(classify, ['-'], { files: { '-': OK } })).exit).toBe(0);
  });

  it.each([
    ['no file', 'nope.json', 'nope.json: cannot be read (ENOENT).'],
    ['a file that is no JSON', 'broken.json', 'broken.json: no JSON, line 1, column 8.'],
    ['a fixture without attempts', 'short.json', 'short.json: fixture.attempts: expected'],
    ['a fixture without a broker', 'short.json', 'short.json: fixture.broker: expected'],
  ])('ends with 64 and says where, given %s', async (_, path, words) => {
    const files = { 'broken.json': '{"ci": SECRET}', 'short.json': JSON.stringify({ format: 1, request: { ci: CI } }) };
    const { exit, out, err } = await runCommand(classify, [path], { files });
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain(words);
    expect(err).not.toContain('SECRET');
  });

  it('ends with 78 when the configuration does not have the broker', async () => {
    const files = { 'exco.json': JSON.stringify({ brokers: [{ alias: 'kb', baseUrl: 'http://127.0.0.1:9' }] }) };
    const { exit, err } = await run(OK, ['--config', 'exco.json'], files);
    expect([exit, err]).toEqual([78, 'exco.json: no broker "samsung".']);
  });

  it.each([
    ['a success', OK],
    ['a text in place of a message', fixture({ response: { status: 200, text: `ci ${CI}` } })],
    ['a reason that quotes the request', answered({ resp: { respCode: '7000', respMsg: `Bad Request, [ci ${CI}]` } })],
  ])('shows nothing personal of %s', async (_, text) => {
    for (const args of [[], ['--json'], ['--lang', 'ko']]) {
      const { out, err } = await run(text, args);
      expect(`${out}${err}`).not.toContain('SECRET');
    }
  });
});
