import { describe, expect, it } from '@jest/globals';
import { faults } from '../../src/cli/faults.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const run = (args: readonly string[], options?: TerminalOptions) => runCommand(faults, args, options);

describe('op-exco faults', () => {
  it('lists the fault table below a head', async () => {
    const { exit, out } = await run([]);
    expect(exit).toBe(0);
    expect(out.split('\n')).toHaveLength(52);
    expect(out).toMatch(/^response-timeout +3005 +500 +broker +it is down +once +no$/m);
    expect(out).toMatch(/^item-failed +5004-5007 +500 +caller +it is up +no +no$/m);
  });

  it('lists it in Korean, column below column', async () => {
    const [head = '', ...rows] = (await run(['--lang', 'ko'])).out.split('\n');
    expect(head).toMatch(/^장애 유형 +코드 +HTTP +조치 주체/);
    expect(rows.find((row) => row.startsWith('connect-refused'))).toBe(
      'connect-refused        3600       503   증권사     장애 의심                 가능                  가능',
    );
  });

  it('prints one fault in full', async () => {
    const { exit, out } = await run(['connect-refused']);
    expect(exit).toBe(0);
    expect(out.split('\n')).toEqual([
      'connect-refused',
      "  when                The broker's host is there, but nothing listens on the port (ECONNREFUSED).",
      '  code                3600 Target Company Service Unavailable',
      '  HTTP                503',
      '  whose fault         broker',
      '  says of the broker  it is down',
      '  repeat a read       yes',
      '  repeat a write      yes',
      '  what to do          Broker: ask whether the server process is running; give address, port and time. Calls resume without a change here.',
    ]);
  });

  it('prints one fault in Korean', async () => {
    const { out } = await run(['echo-mismatch', '--lang', 'ko']);
    expect(out).toContain('  조회 재시도  새 연결로 1회');
    expect(out).toContain('연계서버: 개인정보 보호책임자에게 보고한다.');
  });

  it('takes a fault in any letter case', async () => {
    expect((await run(['Connect-Refused'])).exit).toBe(0);
  });

  it('prints one JSON object with --json', async () => {
    const { out } = await run(['broker-error', '--json']);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      faults: [
        {
          fault: 'broker-error',
          code: null,
          httpStatus: null,
          message: null,
          blame: 'caller',
          evidence: 'up',
          read: 'no',
          write: 'no',
          effect: 'rejected',
          when: 'The broker answered with an error of its own (4000 to 7999); it is up.',
          todo: 'Caller: act on the code, `op-exco codes CODE` says how. No outage to report.',
        },
      ],
    });
  });

  it('gives every row of the JSON object the same keys', async () => {
    const parsed = JSON.parse((await run(['--json', '--lang', 'ko'])).out) as { faults: object[] };
    expect(parsed.faults).toHaveLength(51);
    expect([...new Set(parsed.faults.map((row) => Object.keys(row).join()))]).toHaveLength(1);
  });

  it.each([
    ['connect-timout', 'No fault "connect-timout". Did you mean connect-timeout?'],
    ['timeout', 'No fault "timeout". Did you mean connect-timeout, response-timeout, body-timeout?'],
    ['breaker', 'No fault "breaker". Did you mean breaker-open?'],
    ['toString', 'No fault "toString".'],
    ['', 'No fault "".'],
  ])('ends with 64 given %j and names the nearest', async (fault, words) => {
    const { exit, out, err } = await run([fault]);
    expect([exit, out]).toEqual([64, '']);
    expect(err.split('\n')[0]).toBe(words);
  });
});
