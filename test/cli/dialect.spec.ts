import { describe, expect, it } from '@jest/globals';
import { codes } from '../../src/cli/codes.ts';
import { dialect } from '../../src/cli/dialect.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const run = (args: readonly string[], options?: TerminalOptions) => runCommand(dialect, args, options);

const OWN = {
  result: { code: 'code', message: 'text', success: ['0'] },
  respCodes: { E1: 4001, E2: { code: 3600, fault: 'throttled', source: 'desk' } },
  otherwise: 7000,
  samples: [
    { name: 'success', body: { code: '0' }, expect: 'success' },
    {
      name: 'no account',
      body: { code: 'E1' },
      expect: { category: 'broker', code: 4001, fault: 'broker-error' },
    },
    { name: 'busy', body: { code: 'E9' }, expect: { category: 'op-exco', code: 3600, fault: 'throttled' } },
  ],
};

const files = (own: object): TerminalOptions => ({ files: { 'own.json': JSON.stringify(own) } });

describe('op-exco dialect check', () => {
  it('names every mistake, every sample that came to something else, and what was never seen', async () => {
    const { exit, out } = await run(['check', 'own.json'], files(OWN));
    expect(exit).toBe(1);
    expect(out.split('\n')).toEqual([
      'dialect.respCodes["E2"].source: expected a name under sources',
      'busy: expected {"category":"op-exco","code":3600,"fault":"throttled"}, found {"category":"broker","code":7000,"fault":"broker-error","description":"E9"}',
      '2 of 3 samples come to what they say.',
      'Never seen in a sample: E2',
      'In a sample and in no table: E9',
    ]);
  });

  it('says the same in one JSON object with --json', async () => {
    const { out } = await run(['check', 'own.json', '--json'], files(OWN));
    expect(JSON.parse(out)).toMatchObject({ schema: 1, ok: false, neverSeen: ['E2'], inNoTable: ['E9'] });
  });

  it('is content with a preset', async () => {
    const { exit, out } = await run(['check', 'alpaca', '--lang', 'ko']);
    expect(exit).toBe(0);
    expect(out).toContain('표본 6건 중 6건 일치.');
  });

  it.each([
    ['a success that is listed as an error', { ...OWN, respCodes: { 0: 7000 } }, 'dialect.respCodes["0"]: expected no'],
    ['nothing to try it on', { ...OWN, samples: [] }, 'dialect.samples: expected answers'],
  ])('names %s', async (_, own, words) => {
    expect((await run(['check', 'own.json'], files(own))).out).toContain(words);
  });

  it.each([
    ['a file of the wrong form', ['check', 'own.json'], 'own.json: dialect.otherwise: expected a code of the standard'],
    ['no such file', ['check', 'no.json'], 'no.json: cannot be read (ENOENT).'],
    ['no such file in a folder', ['show', './alpaca'], './alpaca: cannot be read (ENOENT).'],
    ['a file without an ending', ['check', 'own'], 'own: no JSON, line 1, column 1.'],
    ['another action', ['lint', 'own.json'], 'Expected check or show.'],
  ])('ends with 64 and says why, given %s', async (_, args, words) => {
    const { exit, out, err } = await run(args, { files: { ...files({ otherwise: 9 }).files, own: '' } });
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain(words);
  });
});

describe('op-exco dialect show', () => {
  it('prints a preset as a file that can be checked', async () => {
    const { exit, out } = await run(['show', 'kiwoom']);
    expect(exit).toBe(0);
    expect((await run(['check', 'own.json'], { files: { 'own.json': out } })).exit).toBe(0);
  });
});

describe('op-exco codes --broker', () => {
  const ask = (args: readonly string[], options?: TerminalOptions) => runCommand(codes, args, options);

  it('explains a code of a preset', async () => {
    const { exit, out } = await ask(['--broker', 'kiwoom', '1700']);
    expect(exit).toBe(0);
    expect(out.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
      'kiwoom 1700',
      '  known  in the table',
      '  meaning  request rate exceeded',
      '  becomes  3600 Target Company Service Unavailable (throttled)',
      '  the broker advises  again later, with growing pauses',
      '  source  codes 1501 to 8103: public copy of the portal table',
      "  confidence  high: the broker's own document, or several sources",
      expect.stringMatching(/^ {2}what to do {2}Us: /),
    ]);
  });

  it('explains it in Korean', async () => {
    expect((await ask(['--broker', 'kiwoom', '1700', '--lang', 'ko'])).out).toMatch(/ {2}의미 +허용 요청 수 초과/);
  });

  it.each([
    ['dongbu', '03024', 'listed', 4001],
    ['kiwoom', '1599', 'pattern', 7000],
    ['kiwoom', '4321', 'otherwise', 7000],
    ['ebest', '00039', 'success', undefined],
    ['ebest', '02679', 'empty', undefined],
    ['platform', '999', 'unknown', undefined],
  ])('knows of %s %s that it is %s, %s', async (broker, code, known, standard) => {
    const { out } = await ask(['--broker', broker, code, '--json']);
    const parsed = JSON.parse(out) as { codes: { known: string; code?: number }[] };
    expect(parsed.codes.map((each) => [each.known, each.code])).toEqual([[known, standard]]);
  });

  it('lists the table', async () => {
    const { out } = await ask(['--broker', 'krx']);
    expect(out.split('\n')).toHaveLength(6);
  });

  it("reads a configured broker's own dialect", async () => {
    const brokers = [{ alias: 'house', baseUrl: 'http://127.0.0.1:9', dialect: { respCodes: { E1: 4004 } } }];
    const configured = { files: { 'exco.json': JSON.stringify({ brokers }) } };
    expect((await ask(['--broker', 'HOUSE', 'E1', '--config', 'exco.json'], configured)).out).toContain('4004');
    expect((await ask(['--broker', 'toss', 'maintenance', '--config', 'exco.json'], configured)).out).toContain('3600');
  });

  it.each([
    ['the dialect of the platform', 'mine', "mine speaks the platform's own codes: op-exco codes"],
    ['a dialect without a list', 'bare', 'bare: no codes are listed in its dialect.'],
  ])('says so in one line where there is nothing to list: %s', async (_, broker, words) => {
    const brokers = [
      { alias: 'mine', baseUrl: 'http://127.0.0.1:9' },
      { alias: 'bare', baseUrl: 'http://127.0.0.1:9', dialect: { result: OWN.result } },
    ];
    const configured = { files: { 'exco.json': JSON.stringify({ brokers }) } };
    const args = ['--broker', broker, '--config', 'exco.json'];
    expect(await ask(args, configured)).toMatchObject({ exit: 0, out: words, err: '' });
    const json = await ask([...args, '--json'], configured);
    expect(JSON.parse(json.out)).toEqual({ schema: 1, broker, codes: [] });
  });

  it.each(['samsung', 'SAMSUNG'])(
    'ends with 64 and says what a listed company speaks, given %s alone',
    async (name) => {
      const { exit, out, err } = await ask(['--broker', name]);
      expect([exit, out]).toEqual([64, '']);
      expect(err).toContain("samsung is a listed company, and those speak the platform's own codes: op-exco codes.");
      expect(err).toContain('--config FILE');
    },
  );

  it('ends with 64 and names the presets, given a broker nobody knows', async () => {
    const { exit, err } = await ask(['--broker', 'nobody', '1']);
    expect(exit).toBe(64);
    expect(err).toContain('No dialect "nobody". Presets: platform, koreainvest, ');
  });
});
