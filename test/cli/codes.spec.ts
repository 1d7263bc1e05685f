import { describe, expect, it } from '@jest/globals';
import { codes } from '../../src/cli/codes.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const run = (args: readonly string[], options?: TerminalOptions) => runCommand(codes, args, options);

describe('op-exco codes', () => {
  it('lists all 51 codes below a head', async () => {
    const { exit, out } = await run([]);
    expect(exit).toBe(0);
    expect(out.split('\n')).toHaveLength(52);
    expect(out).toMatch(
      /^3600 +503 +op-exco +Target Company Service Unavailable +The broker's server cannot serve\.$/m,
    );
  });

  it("lists them in Korean with the standard's own descriptions", async () => {
    const { out } = await run(['--lang', 'ko']);
    expect(out).toMatch(
      /^3600 +503 +op-exco +Target Company Service Unavailable +금투사 서버가 정상적인 서비스가 불가능한 경우\.$/m,
    );
  });

  it('prints one row with its texts and what to do', async () => {
    const { exit, out } = await run(['5006']);
    expect(exit).toBe(0);
    expect(out.split('\n')).toEqual([
      '5006 Failure To Issue an vtAccNo',
      '  HTTP             500',
      '  category         broker',
      '  detail           reason',
      '  when             The broker could not issue a virtual account number.',
      '  in the standard  증권사로 요청한 가상계좌발급이 실패 (요청방향: 플랫폼->증권사)',
      '  what to do       Read the reason in the description; look whether a number exists already before asking again.',
    ]);
  });

  it('prints one row in Korean', async () => {
    const { out } = await run(['4001', '--lang', 'ko']);
    expect(out.split('\n')).toEqual([
      '4001 Account Not Found',
      '  HTTP       500',
      '  구분       증권사명',
      '  표준 설명  해당계좌를 찾을 수 없음',
      '  조치       계좌번호와 해지 여부를 확인한다. 그대로 재시도하지 않는다.',
    ]);
  });

  it('prints one JSON object with --json', async () => {
    const { out } = await run(['3005', '--json']);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      codes: [
        {
          section: 'op-exco',
          category: 'op-exco',
          httpStatus: 500,
          code: 3005,
          message: 'network timeout',
          description: '금투사 서버로부터 메시지 응답이 지연된 경우',
          detail: null,
          when: 'The answer of the broker is late.',
          todo: 'Try a query again once; for a change, look at its result first, since it may have happened.',
        },
      ],
    });
  });

  it('gives every row of the JSON object the same keys', async () => {
    const parsed = JSON.parse((await run(['--json'])).out) as { codes: object[] };
    expect(parsed.codes).toHaveLength(51);
    expect([...new Set(parsed.codes.map((row) => Object.keys(row).join()))]).toHaveLength(1);
  });

  it.each(['4999', '9011', 'abc', '', '0x1388', '4001.0', '__proto__'])(
    'ends with 64 given %j and says which codes exist',
    async (code) => {
      const { exit, out, err } = await run([code]);
      expect([exit, out]).toEqual([64, '']);
      expect(err).toContain(`No code ${JSON.stringify(code)}`);
      expect(err).toContain('  op-auth: 2001, 2002, 2003, 2100');
    },
  );

  it.each([
    ['4999', true],
    ['9011', false],
  ])("says of %s that it may be a broker's own: %s", async (code, isSaid) => {
    const { err } = await run([code, '--lang', 'ko']);
    expect(err.includes('증권사 자체 코드이므로 증권사에 문의한다')).toBe(isSaid);
  });

  it.each([
    ['terminal', { isTerminal: true }, true],
    ['terminal with NO_COLOR', { isTerminal: true, env: { NO_COLOR: '1' } }, false],
    ['no terminal', {}, false],
  ])('uses bold type on %s: %#', async (_, options, isBold) => {
    const { out } = await run([], options);
    expect(out.startsWith('\u001b[1m')).toBe(isBold);
  });
});
