import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Language } from '../../src/catalog/advice.ts';
import { diagnose } from '../../src/cli/diagnose.ts';
import { exitOf } from '../../src/cli/diagnose-exit.ts';
import { screenOf } from '../../src/cli/diagnosis-lines.ts';
import { factsOf } from '../../src/diagnosis/collect.ts';
import { diagnose as judge } from '../../src/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import type { CircuitFacts } from '../../src/diagnosis/facts.ts';
import { DIAGNOSIS_VERDICTS, type DiagnosisVerdict } from '../../src/diagnosis/verdicts.ts';
import { NOW_MS, recordsOf, type Calls } from '../diagnosis/given.ts';
import { folderWith } from '../support/folder.ts';
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
    .map((record) => `${JSON.stringify({ event: 'call', schema: 1, attempts: 1, ...record })}\n`)
    .join('');
}

/** The circuit of samsung opened at 09:02:24, and again when its last probe had failed. */
const CIRCUIT = [
  { agoS: 350, from: 'closed', to: 'open', retryAfterMs: 15_000 },
  { agoS: 11.1, from: 'open', to: 'half-open' },
  { agoS: 11, from: 'half-open', to: 'open', retryAfterMs: 23_000 },
]
  .map(({ agoS, ...change }) => ({ at: new Date(NOW_MS - agoS * 1_000).toISOString(), ...change }))
  .map((change) => `${JSON.stringify({ event: 'state', schema: 1, broker: 'samsung', ...change })}\n`)
  .join('');

const RECORDS = lines(OUTAGE);

function run(args: readonly string[], options: TerminalOptions = {}) {
  return runCommand(diagnose, args, options);
}

/** Runs the command on a file of its own with this text; its name is `calls.jsonl` in what is printed. */
async function runOn(text: string, args: readonly string[] = [], options: TerminalOptions = {}) {
  const path = join(folderWith({ 'calls.jsonl': text }), 'calls.jsonl');
  const { exit, out, err } = await run([...args, '--events', path], options);
  return { exit, out, err: err.replace(path, 'calls.jsonl') };
}

describe('diagnose --events', () => {
  it('shows an outage on one screen', async () => {
    const { out, exit, err } = await runOn(RECORDS + CIRCUIT, ['samsung']);
    expect(out.split('\n').slice(0, 12)).toEqual([
      'samsung    DOWN since 09:02:14 (6 min)         broker side, confidence high',
      'fails at   connect (connect-refused 41 of 41)  7 of 7 other brokers fine: not us',
      'affects    account.balance, account.portfolio',
      'last good  09:02:11 req FAKE-0-4               last bad  09:08:03 req FAKE-2-1…',
      'we do      circuit open, next probe in 12 s    callers get 3600 with Retry-After',
      "next       1) Call the broker's desk with the text below.",
      '           2) Broker: ask whether the server process is running; give',
      '              address, port and time. Calls resume without a change here.',
      '           3) Nothing to do on our side; calls resume by themselves.',
      'evidence   41 of 46 calls of the last 10 min failed: connect-refused at connect',
      '           7 of 7 other brokers fine: not us',
      '           circuit open, 0 calls held back',
    ]);
    expect([exit, err]).toEqual([2, '']);
  });

  it('shows the same in Korean, with the text for the desk', async () => {
    const { out } = await runOn(RECORDS + CIRCUIT, ['samsung', '--lang', 'ko']);
    const printed = out.split('\n');
    expect(printed.slice(0, 6)).toEqual([
      'samsung    장애 09:02:14부터 (6분)            증권사 측 원인, 확신도 높음',
      '장애 단계  connect (connect-refused 41/41건)  타사 7/7곳 정상: 자체 원인 아님',
      '영향 업무  account.balance, account.portfolio',
      '최종 정상  09:02:11 ID FAKE-0-4               최종 실패  09:08:03 ID FAKE-2-1…',
      '자동 조치  차단기 열림, 12초 후 시험 호출     이용기관에 3600 응답(+Retry-After)',
      '조치 사항  1) 아래 문안으로 증권사 담당자에게 통보한다.',
    ]);
    expect(printed).toContain('통보 문안:');
    expect(printed).toContain('- 발생 시각: 2026-11-25 09:02:14 KST부터(6분 경과)');
  });

  it('shows many brokers side by side, and in full those in trouble', async () => {
    const { out, exit } = await runOn(RECORDS);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'broker   state    since     fails at                 bad/calls  whose fault',
      'daishin  HEALTHY                                     0/6',
      'hana     HEALTHY                                     0/6',
    ]);
    expect(out.match(/^for the desk:$/gm)).toHaveLength(1);
    expect(exit).toBe(2);
  });

  it('judges at the time of the last record, whenever the file is read', async () => {
    const { out } = await runOn(RECORDS, ['samsung', '--json']);
    const { schema, diagnoses } = JSON.parse(out) as { schema: number; diagnoses: Diagnosis[] };
    expect([schema, diagnoses.map(({ at }) => at)]).toEqual([1, ['2026-11-25T00:08:14.000Z']]);
  });

  it('reads the older files of a rotation as far back as it looks', async () => {
    const half = RECORDS.split('\n').length / 2;
    const [older, newer] = [RECORDS.split('\n').slice(0, half), RECORDS.split('\n').slice(half)];
    const folder = folderWith({ 'calls.jsonl.1': `${older.join('\n')}\n`, 'calls.jsonl': newer.join('\n') });
    const { out } = await run(['samsung', '--events', join(folder, 'calls.jsonl')]);
    expect(out).toContain('41 of 46 calls');
  });

  it('reads the standard input', async () => {
    const { exit } = await run(['kb', '--events', '-'], { files: { '-': RECORDS } });
    expect(exit).toBe(0);
  });

  it('says how many lines are no records, and how many records never reached the file', async () => {
    const loss = JSON.stringify({ schema: 1, event: 'loss', at: '2026-11-25T00:08:14.000Z', lost: 7 });
    const { err, exit } = await runOn(`${RECORDS}FAKE\n{"FAKE":1}\n\n${loss}\n`, ['samsung']);
    expect(err.split('\n')).toEqual([
      'calls.jsonl: 2 lines are no call records and were skipped.',
      expect.stringMatching(/: 7 records were lost when it was written; counts may be low\.$/),
    ]);
    expect(exit).toBe(2);
  });

  it('shows no phase and obeys no pause that the reader of the file let through', async () => {
    const [good] = recordsOf({ count: 1, agoS: 0, ...REFUSED });
    const line = { event: 'call', schema: 1, attempts: 1, ...good, phase: '\u001b[2J', retryAfterMs: 'FAKE' };
    const { out } = await runOn(`${JSON.stringify(line)}\n`, ['samsung', '--json']);
    expect(out).not.toContain('[2J');
    expect(out).not.toContain('retry-after');
  });

  it.each([
    ['a broker that is not in the records', RECORDS, ['nobody'], 'No broker "nobody".'],
    ['a file without records', '', [], 'calls.jsonl: no call record in it.'],
  ])('ends with 64 and says why: %s', async (_, text, args, words) => {
    const { exit, err, out } = await runOn(text, args);
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain(words);
  });

  it.each([
    ['a file that is not there', ['--events', 'no.jsonl'], 'no.jsonl: cannot be read (ENOENT).'],
    ['--watch of the standard input', ['--events', '-', '--watch'], '--watch follows a file'],
    ['neither a configuration nor records', [], '--config FILE or --events FILE is needed.'],
  ])('ends with 64 and says why: %s', async (_, args, words) => {
    const { exit, err, out } = await run(args);
    expect([exit, out]).toEqual([64, '']);
    expect(err).toContain(words);
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
    expect(out).toMatch(/^we do +callers get 3600 +its circuit: see --events FILE$/m);
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
  const plain = (text: string) => text;

  it.each<[CircuitFacts, string, string]>([
    [{ state: 'open', retryAfterMs: 12_000 }, 'circuit open, next probe in 12 s', '차단기 열림, 12초 후 시험 호출'],
    [
      { state: 'open', retryAfterMs: 0 },
      'circuit open, the next read is the probe',
      '차단기 열림, 다음 조회가 시험 호출',
    ],
    [{ state: 'open' }, 'circuit open', '차단기 열림'],
    [{ state: 'half-open' }, 'circuit half-open, a probe is out', '차단기 반열림, 시험 호출 중'],
    [
      { state: 'open', retryAfterMs: 9_000, operations: ['account.balance'] },
      'circuit of account.balance open, next probe in 9 s',
      'account.balance 차단기 열림, 9초 후 시험 호출',
    ],
  ])('says what the circuit does, and what callers get meanwhile: %j', (circuit, en, ko) => {
    const shown = (lang: Language) =>
      screenOf([{ ...diagnosis, circuit }], { lang, width: 120, emphasis: plain }).join('\n');
    expect(shown('en')).toMatch(new RegExp(`^we do +${en} +callers get 3600 with Retry-After$`, 'm'));
    expect(shown('ko')).toMatch(new RegExp(`^자동 조치 +${ko} +이용기관에 3600 응답\\(\\+Retry-After\\)$`, 'm'));
  });

  it.each(DIAGNOSIS_VERDICTS)('has words for %s in both languages', (verdict) => {
    const shown = (['en', 'ko'] as const).map(
      (lang) => screenOf([{ ...diagnosis, verdict }], { lang, width: 100, emphasis: plain })[0] ?? '',
    );
    expect(shown[0]).toMatch(/^samsung +[A-Z ]+ since/);
    expect(shown[1]).toMatch(/^samsung +[가-힣 ]+ 09:/);
  });
});
