import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { isSeenCall } from '../../src/cli/call-records.ts';
import { diagnose } from '../../src/cli/diagnose.ts';
import { exitOf } from '../../src/cli/diagnose-exit.ts';
import { screenOf } from '../../src/cli/diagnosis-lines.ts';
import { factsOf } from '../../src/diagnosis/collect.ts';
import { diagnose as judge } from '../../src/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { DIAGNOSIS_VERDICTS, type DiagnosisVerdict } from '../../src/diagnosis/verdicts.ts';
import { NOW_MS, recordsOf, type Calls } from '../diagnosis/given.ts';
import { openBroker } from '../support/broker-server.ts';
import { closedPort } from '../support/full-backlog.ts';
import { BALANCE, FAKE, MESSAGES } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const REFUSED = { fault: 'connect-refused', phase: 'connect' } as const;

/** samsung refused since 09:02:14, seven others fine. */
const OUTAGE: readonly Calls[] = [
  { count: 5, agoS: 363 },
  { count: 30, agoS: 331, ...REFUSED },
  { count: 11, agoS: 11, operation: 'account.portfolio', ...REFUSED },
  ...['kb', 'sk', 'hana', 'daishin', 'kiwoom', 'yuanta', 'shinhan'].map((broker) => ({ count: 6, agoS: 0, broker })),
];

function lines(groups: readonly Calls[]): string {
  return recordsOf(...groups)
    .map((record) => JSON.stringify({ schema: 1, ...record }))
    .join('\n');
}

const FILES = { 'calls.jsonl': lines(OUTAGE) };

function run(args: readonly string[], options: TerminalOptions = {}) {
  return runCommand(diagnose, args, { files: FILES, ...options });
}

describe('diagnose --events', () => {
  it('shows an outage on one screen', async () => {
    const { out, exit, err } = await run(['samsung', '--events', 'calls.jsonl']);
    expect(out.split('\n').slice(0, 10)).toEqual([
      'samsung    DOWN since 09:02:14 (6 min)         broker side, confidence high',
      'fails at   connect (connect-refused 41/46)     7 of 7 other brokers fine: not us',
      'affects    account.balance, account.portfolio',
      'last good  09:02:11 req FAKE-0-4               last bad  09:08:03 req FAKE-2-1…',
      'we do      callers get 3600',
      "next       1) Call the broker's desk with the text below.",
      '           2) Broker: ask whether the server process is running; give address, port and time.',
      '              Calls resume without a change here.',
      '           3) Nothing to do on our side; calls resume by themselves.',
      'evidence   41 of 46 calls of the last 10 min failed: connect-refused at connect',
    ]);
    expect([exit, err]).toEqual([2, '']);
  });

  it('shows the same in Korean, with the text for the desk', async () => {
    const { out } = await run(['samsung', '--events', 'calls.jsonl', '--lang', 'ko']);
    const printed = out.split('\n');
    expect(printed.slice(0, 5)).toEqual([
      'samsung    장애 09:02:14부터 (6분)             증권사 측 원인, 확신도 높음',
      '장애 단계  connect (connect-refused 41/46)     타 증권사 7곳 중 7곳 정상: 자체 원인 아님',
      '영향 업무  account.balance, account.portfolio',
      '최종 정상  09:02:11 요청 ID FAKE-0-4           최종 실패  09:08:03 요청 ID FAKE-2-1…',
      '자동 조치  이용기관에 3600 응답',
    ]);
    expect(printed).toContain('통보 문안:');
    expect(printed).toContain('- 발생 시각: 2026-11-25 09:02:14 KST부터(6분 경과)');
  });

  it('shows many brokers side by side, and in full those in trouble', async () => {
    const { out, exit } = await run(['--events', 'calls.jsonl']);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'broker   state    since     fails at                 bad/calls  confidence  whose fault',
      'daishin  HEALTHY                                     0/6        high',
      'hana     HEALTHY                                     0/6        high',
    ]);
    expect(out.match(/^for the desk:$/gm)).toHaveLength(1);
    expect(exit).toBe(2);
  });

  it('judges at the time of the last record, whenever the file is read', async () => {
    const { out } = await run(['samsung', '--events', 'calls.jsonl', '--json']);
    const { schema, diagnoses } = JSON.parse(out) as { schema: number; diagnoses: Diagnosis[] };
    expect([schema, diagnoses.map(({ at }) => at)]).toEqual([1, ['2026-11-25T00:08:14.000Z']]);
  });

  it('reads the standard input', async () => {
    const { exit } = await run(['kb', '--events', '-'], { files: { '-': FILES['calls.jsonl'] } });
    expect(exit).toBe(0);
  });

  it('passes over records of other kinds, and says how many lines are no records', async () => {
    const text = `${FILES['calls.jsonl']}\n{"schema":1,"attempt":1}\nFAKE\n{"FAKE":1}\n\n`;
    const { err, exit } = await run(['samsung', '--events', 'calls.jsonl'], { files: { 'calls.jsonl': text } });
    expect(err).toBe('calls.jsonl: 2 lines are no call records and were skipped.');
    expect(exit).toBe(2);
  });

  it.each([
    ['a broker that is not in the records', ['nobody', '--events', 'calls.jsonl'], 'No broker "nobody".'],
    ['a file without records', ['--events', 'empty.jsonl'], 'empty.jsonl: no call record in it.'],
    ['a file that is not there', ['--events', 'no.jsonl'], 'no.jsonl: cannot be read (ENOENT).'],
    ['--watch', ['--events', 'calls.jsonl', '--watch'], '--watch asks the brokers again and again'],
    ['neither a configuration nor records', [], '--config FILE or --events FILE is needed.'],
  ])('ends with 64 and says why: %s', async (_, args, words) => {
    const { exit, err, out } = await run(args, { files: { ...FILES, 'empty.jsonl': '' } });
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain(words);
  });
});

describe('a line of a file', () => {
  const [good] = recordsOf({ count: 1, agoS: 0, ...REFUSED });

  it('is a call record as the connector writes it', () => {
    expect(isSeenCall(good)).toBe(true);
  });

  it.each([
    ['at', 'yesterday'],
    ['broker', 'FAKE\u001b[2J'],
    ['operation', 1],
    ['requestId', ''],
    ['kind', 'both'],
    ['result', 'good'],
    ['elapsedMs', '20'],
    ['fault', 'no-such-fault'],
    ['phase', 'no-such-phase'],
    ['retryAfterMs', '1'],
  ])('is none with a %s of %j', (field, value) => {
    expect(isSeenCall({ ...good, [field]: value })).toBe(false);
  });
});

async function configOf(baseUrl: string, more: object = {}): Promise<Record<string, string>> {
  const { baseUrl: fine } = await openBroker({}, answers('', 404));
  const brokers = [
    { alias: 'samsung', baseUrl, ...more },
    { alias: 'kb', baseUrl: fine },
  ];
  return { 'exco.json': JSON.stringify({ brokers }), 'balance.json': JSON.stringify(MESSAGES['account.balance']) };
}

describe('diagnose --config', () => {
  it('probes the broker, and another one for comparison', async () => {
    const files = await configOf(await closedPort());
    const { out, exit } = await run(['samsung', '--config', 'exco.json'], { files });
    expect(out).toMatch(/^samsung +DOWN +broker side, confidence high$/m);
    expect(out).toContain('1 of 1 other brokers fine: not us');
    expect(out).toMatch(/tcp failed after \d+ ms: connect-refused, ECONNREFUSED/);
    expect(exit).toBe(2);
  });

  it('makes the read, and shows nothing of its message or answer', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const files = await configOf(server.baseUrl);
    const args = ['samsung', '--config', 'exco.json', '--read', 'account.balance', '--body', 'balance.json'];
    const { out, exit } = await run([...args, '--json'], { files });
    expect(exit).toBe(0);
    expect(server.requests.map(({ head }) => head.split(' ')[0]).sort()).toEqual(['GET', 'POST']);
    for (const personal of Object.values(FAKE)) expect(out).not.toContain(personal);
  });

  it('prints one round with --watch when it is stopped at once, in place on a terminal', async () => {
    const files = await configOf(await closedPort());
    const { out, err, exit } = await run(['samsung', '--config', 'exco.json', '--watch'], { files, isTerminal: true });
    expect(out.startsWith('\u001b[H')).toBe(true);
    expect(out.endsWith('\u001b[J')).toBe(true);
    expect([err, exit]).toEqual(['every 5 s; Ctrl-C ends it', 2]);
  });

  it('goes on with --watch until it is stopped', async () => {
    const server = await openBroker({}, answers('', 404));
    const files = await configOf(server.baseUrl);
    const { out, exit } = await run(['samsung', '--config', 'exco.json', '--watch', '--json'], {
      files,
      untilStopped: () => server.received(1),
    });
    expect(out.split('\n')).toHaveLength(1);
    expect(exit).toBe(4);
  });

  it.each([
    ['a write', ['--read', 'virtualAccount.request', '--body', 'balance.json'], 'read: expected a read'],
    ['a read without a message', ['--read', 'account.balance'], 'go together'],
    ['a message without a read', ['--body', 'balance.json'], 'go together'],
    [
      'an operation that is not there',
      ['--read', 'account.balanse', '--body', 'balance.json'],
      'Did you mean account.balance',
    ],
  ])('ends with 64 before anything is dialled: %s', async (_, args, words) => {
    const server = await openBroker({}, answers('', 404));
    const files = await configOf(server.baseUrl);
    const { exit, err } = await run(['samsung', '--config', 'exco.json', ...args], { files });
    expect(exit).toBe(64);
    expect(err).toContain(words);
    expect(server.connections).toBe(0);
  });
});

function judged(groups: readonly Calls[]): Diagnosis {
  return judge({ facts: factsOf('samsung', recordsOf(...groups), { atMs: NOW_MS }) });
}

describe('the exit code', () => {
  const DOWN = judged([{ count: 8, agoS: 1, ...REFUSED }]);
  const of = (verdict: DiagnosisVerdict): Diagnosis => ({ ...DOWN, verdict });

  it.each<[DiagnosisVerdict, number]>([
    ['broker-down', 2],
    ['path', 2],
    ['maintenance', 2],
    ['our-credentials', 3],
    ['our-side', 3],
    ['operation-broken', 1],
    ['broker-degraded', 1],
    ['inconclusive', 4],
    ['healthy', 0],
  ])('of %s is %d', (verdict, exit) => {
    expect(exitOf([of(verdict)])).toBe(exit);
  });

  it('of a path that loses a part of the calls is 1', () => {
    expect(exitOf([{ ...of('path'), signals: { ...DOWN.signals, extent: 'part' } }])).toBe(1);
  });

  it.each<[readonly DiagnosisVerdict[], number]>([
    [['healthy', 'broker-down', 'our-side'], 2],
    [['healthy', 'our-side', 'broker-degraded'], 3],
    [['inconclusive', 'broker-degraded'], 1],
    [['healthy', 'inconclusive'], 4],
  ])('of several is that of the worst: %j is %d', (verdicts, exit) => {
    expect(exitOf(verdicts.map(of))).toBe(exit);
  });
});

describe('the screen', () => {
  const [diagnosis] = [
    judged([
      { count: 5, agoS: 363 },
      { count: 30, agoS: 3, ...REFUSED },
    ]),
  ];
  const circuit = { ...diagnosis, circuit: { state: 'open', retryAfterMs: 12_000 } } as const;
  const plain = (text: string) => text;

  it.each([40, 60, 79])('keeps to a width of %d columns, but for the text for the desk', (width) => {
    for (const lang of ['en', 'ko'] as const) {
      const printed = screenOf([diagnosis], { lang, width, emphasis: plain });
      const screen = printed.slice(0, printed.indexOf(''));
      expect(screen.filter((line) => stringWidth(line) > Math.max(width, 50))).toEqual([]);
    }
  });

  it('says what the circuit does, and what callers get meanwhile', () => {
    expect(screenOf([circuit], { lang: 'en', width: 100, emphasis: plain })).toContainEqual(
      expect.stringMatching(/^we do +circuit open, next probe in 12 s +callers get 3600 with Retry-After$/),
    );
  });

  it.each(DIAGNOSIS_VERDICTS)('has words for %s in both languages', (verdict) => {
    const shown = (['en', 'ko'] as const).map(
      (lang) => screenOf([{ ...diagnosis, verdict }], { lang, width: 100, emphasis: plain })[0] ?? '',
    );
    expect(shown[0]).toMatch(/^samsung +[A-Z ]+ since/);
    expect(shown[1]).toMatch(/^samsung +[가-힣 ]+ 09:/);
  });
});
