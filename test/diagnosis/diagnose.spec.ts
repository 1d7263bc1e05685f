import { describe, expect, it } from '@jest/globals';
import { FAULT_NAMES, faultRow } from '../../src/catalog/faults.ts';
import { ASKS } from '../../src/diagnosis/asks.ts';
import { causeOf } from '../../src/diagnosis/causes.ts';
import { factsOf } from '../../src/diagnosis/collect.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { otherOf, type OtherBroker } from '../../src/diagnosis/signals.ts';
import type { ProbeReport } from '../../src/model/probe.ts';
import { NOW_MS, recordsOf, type Calls } from './given.ts';

const AROUND = { name: '삼성증권', address: 'broker.example:443' } as const;

const FINE_OTHERS: OtherBroker[] = ['kb', 'kiwoom'].map((broker) => ({ broker, state: 'fine' }));

function judged(groups: readonly Calls[], probe?: ProbeReport, others = FINE_OTHERS): Diagnosis {
  const facts = factsOf('samsung', recordsOf(...groups), { atMs: NOW_MS }, AROUND);
  return diagnose({ facts, others, probe });
}

/** Good until 09:02:11, refused from 09:02:14 on. */
const OUTAGE: readonly Calls[] = [
  { count: 5, agoS: 363 },
  { count: 30, agoS: 331, fault: 'connect-refused', phase: 'connect' },
  { count: 11, agoS: 11, operation: 'account.portfolio', fault: 'connect-refused', phase: 'connect' },
];

describe('a diagnosis of an outage', () => {
  const diagnosis = judged(OUTAGE);

  it('says what, whose fault, since when, where, and what it costs', () => {
    expect(diagnosis).toMatchObject({
      broker: 'samsung',
      verdict: 'broker-down',
      confidence: 'high',
      blame: 'broker',
      since: '2026-11-25T00:02:14.000Z',
      firstFailingPhase: 'connect',
      fault: 'connect-refused',
      affects: ['account.balance', 'account.portfolio'],
      calls: { good: 5, bad: 41, heldBack: 0 },
      others: { known: 2, fine: 2, same: 0 },
      lastGood: { atMs: Date.parse('2026-11-25T00:02:11.000Z'), requestId: 'FAKE-0-4' },
      lastBad: { atMs: Date.parse('2026-11-25T00:08:03.000Z'), requestId: 'FAKE-2-10', fault: 'connect-refused' },
    });
  });

  it('names its evidence', () => {
    expect(diagnosis.evidence.map(({ words }) => words.en)).toEqual([
      '41 of 46 calls of the last 10 min failed: connect-refused at connect',
      '2 of 2 other brokers fine: not us',
    ]);
  });

  it('tells what to do, the desk first, the advice of the fault behind', () => {
    expect(diagnosis.next.map(({ en }) => en.split(/[:.;]/)[0])).toEqual([
      "Call the broker's desk with the text below",
      'Broker',
      'Nothing to do on our side',
    ]);
  });

  it('has a text for the desk in Korean, with times and their zone, request ids, phase and counts', () => {
    expect(diagnosis.handOff?.ko.split('\n')).toEqual([
      '[오픈플랫폼] 삼성증권 담당자님, 귀사 서버 연계 장애 건으로 연락드립니다.',
      '- 발생 시각: 2026-11-25 09:02:14 KST부터(6분 경과)',
      '- 접속 주소: broker.example:443',
      '- 증상: 증권사 서버가 접속을 거부함(ECONNREFUSED). 포트가 열려 있지 않음.',
      '- 단계: connect (connect-refused)',
      '- 건수: 최근 10분 46건 중 41건 실패',
      '- 영향 업무: account.balance, account.portfolio',
      '- 마지막 정상 호출: 2026-11-25 09:02:11 KST, account.balance, 요청 ID FAKE-0-4',
      '- 마지막 실패 호출: 2026-11-25 09:08:03 KST, account.portfolio, 요청 ID FAKE-2-10',
      '- 타 증권사: 2곳 중 2곳 정상',
      '- 요청 사항: 서버 프로세스가 기동 중인지, 해당 포트가 열려 있는지 확인해 주시기 바랍니다.',
    ]);
  });

  it('has the same in English', () => {
    expect(diagnosis.handOff?.en.split('\n')).toEqual([
      'To 삼성증권, open platform desk: your server does not serve our calls',
      '- Since: 2026-11-25 09:02:14 KST (for 6 min)',
      '- Address: broker.example:443',
      "- Seen: The broker's host is there, but nothing listens on the port (ECONNREFUSED).",
      '- Phase: connect (connect-refused)',
      '- Calls: 41 of 46 failed in 10 min',
      '- Operations: account.balance, account.portfolio',
      '- Last good call: 2026-11-25 09:02:11 KST, account.balance, request id FAKE-0-4',
      '- Last failed call: 2026-11-25 09:08:03 KST, account.portfolio, request id FAKE-2-10',
      '- Other brokers: 2 of 2 fine',
      '- Request: Please check whether the server process is running and listening on this port.',
    ]);
  });
});

/** A probe that passes every step but the one given. */
function probeOf(steps: ProbeReport['steps']): ProbeReport {
  return { at: '2026-11-25T00:08:13.000Z', totalMs: 30, steps };
}

const PASSED = { ms: 5 } as const;
const REFUSED = { ms: 5, failed: { fault: 'connect-refused', phase: 'connect', code: 'ECONNREFUSED' } } as const;
const NO_TLS = {
  ms: 9,
  failed: { fault: 'tls-certificate', phase: 'tls', code: 'CERT_HAS_EXPIRED' },
  chain: [],
} as const;
const BAD_GATEWAY = { ms: 9, failed: { fault: 'http-unavailable', phase: 'message' }, status: 502 } as const;
const DOWN: Calls = { count: 8, agoS: 3, fault: 'connect-refused', phase: 'connect' };
const UP: Calls = { count: 8, agoS: 3 };

describe('calls and probe together', () => {
  it.each([
    ['a probe that is stopped speaks where calls are silent', [], { tcp: REFUSED }, 'broker-down', 'connect'],
    [
      'a probe that is stopped outweighs good calls on older sockets',
      [UP],
      { tcp: REFUSED },
      'broker-degraded',
      'connect',
    ],
    [
      'a probe that is stopped outweighs another fault of the calls',
      [DOWN],
      { tcp: PASSED, tls: NO_TLS },
      'broker-down',
      'tls',
    ],
    [
      'a probe that gets through makes an outage a recovery',
      [DOWN],
      { tcp: PASSED, http: PASSED },
      'broker-degraded',
      'connect',
    ],
    [
      'a GET that is refused says nothing against good calls',
      [UP],
      { tcp: PASSED, http: BAD_GATEWAY },
      'healthy',
      undefined,
    ],
    [
      'a GET that is refused speaks where calls are silent',
      [],
      { tcp: PASSED, http: BAD_GATEWAY },
      'broker-down',
      'message',
    ],
    ['a GET that is answered is no proof of health', [], { tcp: PASSED, http: PASSED }, 'inconclusive', undefined],
  ] as const)('%s', (_, groups, steps, verdict, phase) => {
    const diagnosis = judged(groups, probeOf(steps));
    expect([diagnosis.verdict, diagnosis.firstFailingPhase]).toEqual([verdict, phase]);
  });

  it('names every step that ran, and none that did not', () => {
    const { evidence } = judged([], probeOf({ dns: PASSED, tcp: REFUSED }));
    expect(evidence.filter(({ kind }) => kind === 'step').map(({ words }) => words.en)).toEqual([
      'dns passed in 5 ms',
      'tcp failed after 5 ms: connect-refused, ECONNREFUSED',
    ]);
  });
});

describe('a certificate near its end', () => {
  const certificate = (daysLeft: number) => ({
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2026-11-26T00:00:00.000Z',
    daysLeft,
    names: ['broker.example'],
    issuer: 'FAKE authority',
  });

  it.each([
    [31, []],
    [30, ["the broker's certificate expires in 30 days"]],
    [0, ["the broker's certificate expires in 0 days"]],
    [-1, ["the broker's certificate expired 1 days ago"]],
  ])('with %d days left is named so', (daysLeft, words) => {
    const tls = { ...PASSED, chain: [certificate(daysLeft)] };
    const { evidence, verdict, next } = judged([UP], probeOf({ tcp: PASSED, tls, http: PASSED }));
    expect(evidence.filter(({ kind }) => kind === 'certificate').map(({ words: { en } }) => en)).toEqual(words);
    expect(verdict).toBe('healthy');
    expect(next.map(({ en }) => en)).toEqual([
      words.length === 0 ? 'Nothing to do.' : 'Have the certificate renewed before it expires.',
    ]);
  });

  it('that has ended stands in the text for the desk', () => {
    const tls = { ...NO_TLS, chain: [certificate(-1)] };
    expect(judged([], probeOf({ tcp: PASSED, tls })).handOff?.ko).toContain(
      '- 확인된 인증서: 만료 2026-11-26 09:00:00 KST, 호스트명 broker.example',
    );
  });
});

describe('failures of several faults', () => {
  const MIXED: readonly Calls[] = [
    { count: 2, agoS: 40, fault: 'body-html', phase: 'message' },
    { count: 1, agoS: 30, fault: 'body-cut', phase: 'body' },
    { count: 3, agoS: 20, fault: 'envelope-missing', phase: 'message' },
    { count: 1, agoS: 10, fault: 'respcode-out-of-range', phase: 'message' },
  ];
  const diagnosis = judged(MIXED);

  it('are told as what they are, and not as if all were the leading one', () => {
    expect(diagnosis).toMatchObject({
      fault: 'envelope-missing',
      faults: [
        { fault: 'envelope-missing', calls: 3 },
        { fault: 'body-html', calls: 2 },
        { fault: 'respcode-out-of-range', calls: 1 },
        { fault: 'body-cut', calls: 1 },
      ],
    });
    const all = 'envelope-missing 3, body-html 2, respcode-out-of-range 1, body-cut 1';
    expect(diagnosis.evidence.map(({ words }) => words.en)).toContain(
      `7 of 7 calls of the last 10 min failed: most often envelope-missing at message (${all})`,
    );
    expect(diagnosis.handOff?.en).toContain(`\n- Last failures: ${all}\n`);
    expect(diagnosis.handOff?.ko).toContain(`\n- 최근 실패 유형: ${all}\n`);
  });

  it.each([
    [7, 'high'],
    [2, 'medium'],
  ])('make a diagnosis less certain where none has most of them: %d of one, confidence %s', (count, confidence) => {
    const others = (['body-empty', 'json-invalid', 'body-encoding'] as const).map((fault): Calls => {
      return { count: 1, agoS: 30, fault, phase: 'message' };
    });
    expect(judged([...others, { count, agoS: 10, fault: 'body-html', phase: 'message' }])).toMatchObject({
      confidence,
      fault: 'body-html',
    });
  });

  it('stay one where there is one', () => {
    expect(judged(OUTAGE)).not.toHaveProperty('faults');
  });
});

describe('confidence', () => {
  it.each([
    ['is high with enough calls', [DOWN], undefined, 'high'],
    ['is medium with few calls', [{ ...DOWN, count: 2 }], undefined, 'medium'],
    ['is high with few calls and a probe that met the same', [{ ...DOWN, count: 2 }], { tcp: REFUSED }, 'high'],
  ] as const)('%s', (_, groups, steps, confidence) => {
    expect(judged(groups, steps && probeOf(steps)).confidence).toBe(confidence);
  });
});

describe('several brokers at once', () => {
  const failing = (fault: OtherBroker['fault'], count: number): OtherBroker[] =>
    Array.from({ length: count }, (_, index) => ({
      broker: `FAKE-${index}`,
      state: 'failing',
      ...(fault && { fault }),
    }));

  it.each([
    ['the same fault at two others of four', [...failing('connect-refused', 2), ...FINE_OTHERS], 'our-side'],
    ['the same fault at the only other', failing('connect-refused', 1), 'broker-down'],
    ['the same fault at one other', [...failing('connect-refused', 1), ...FINE_OTHERS], 'broker-down'],
    [
      'the same fault at two others of five',
      [...failing('connect-refused', 2), ...FINE_OTHERS, ...FINE_OTHERS.slice(1)],
      'broker-down',
    ],
    ['another fault at two others', failing('response-timeout', 2), 'broker-down'],
  ] as const)('%s', (_, others, verdict) => {
    expect(judged([DOWN], undefined, [...others]).verdict).toBe(verdict);
  });

  it.each([
    ['host-unreachable', 'connect-timeout', 'our-side'],
    ['connect-timeout', 'host-unreachable', 'our-side'],
    ['connect-timeout', 'connect-reset', 'path'],
  ] as const)('%s here and %s at the others is %s: a router does not answer every dial', (fault, other, verdict) => {
    const group: Calls = { count: 8, agoS: 3, fault, phase: 'connect' };
    expect(judged([group], undefined, failing(other, 3)).verdict).toBe(verdict);
  });

  it('says how many of them show the same fault', () => {
    const { evidence } = judged([DOWN], undefined, [...failing('connect-refused', 1), ...FINE_OTHERS]);
    expect(evidence.find(({ kind }) => kind === 'others')?.words.en).toMatch(/brokers fine, 1 with the same fault$/);
  });

  it('is no fault of ours where each server itself says no', () => {
    const group: Calls = { count: 8, agoS: 3, fault: 'http-unavailable' };
    expect(judged([group], undefined, failing('http-unavailable', 3)).verdict).toBe('broker-down');
  });
});

describe('an operation that is fine', () => {
  const broken: Calls = { count: 12, agoS: 3, fault: 'http-unavailable' };

  it.each([
    ['speaks for the broker while another one fails', 3, 'operation-broken'],
    ['speaks for nobody where it was not called since the other one failed', 300, 'broker-down'],
  ] as const)('%s', (_, agoS, verdict) => {
    expect(judged([broken, { count: 8, agoS, operation: 'account.portfolio' }]).verdict).toBe(verdict);
  });
});

describe('every fault of the table', () => {
  const CALLED = FAULT_NAMES.filter((fault) => !['silent', 'alive'].includes(causeOf(fault)));

  it.each(CALLED)('%s at every call blames whom the fault table blames', (fault) => {
    const group: Calls = { count: 8, agoS: 3, fault };
    const { blame } = judged([group, { ...group, operation: 'account.portfolio' }]);
    expect(blame).toBe(faultRow(fault).blame);
  });

  it.each(FAULT_NAMES.filter((fault) => ['silent', 'alive'].includes(causeOf(fault))))(
    '%s says nothing against the broker',
    (fault) => {
      const { blame, verdict } = judged([{ count: 8, agoS: 3, fault }]);
      expect([blame, verdict]).toEqual([undefined, causeOf(fault) === 'alive' ? 'healthy' : 'inconclusive']);
    },
  );

  it.each(CALLED.filter((fault) => ['broker', 'path'].includes(faultRow(fault).blame)))(
    '%s has something to ask the desk for, in both languages',
    (fault) => {
      expect(ASKS[fault]?.en).toMatch(/lease/);
      expect(ASKS[fault]?.ko).toMatch(/바랍니다\./);
    },
  );
});

describe('what to do', () => {
  const stepsOf = (group: Calls) =>
    judged([group])
      .next.map(({ en }) => en)
      .join(' ');
  const REFUSING: Calls = { count: 10, agoS: 1, fault: 'broker-error' };

  it('names the code to look for where a broker refuses most of what it is asked, though it is up', () => {
    expect(stepsOf(REFUSING)).toMatch(/most of its answers are errors of its own/);
    expect(stepsOf({ ...REFUSING, count: 9 })).toBe('Nothing to do.');
  });

  it('sends for the dates of a certificate that only calls have met', () => {
    expect(stepsOf({ count: 8, agoS: 1, fault: 'tls-certificate', phase: 'tls' })).toMatch(/diagnose BROKER --config/);
  });
});

describe('a text for the desk', () => {
  it.each([
    ['our side', { ...DOWN, fault: 'dns-not-found', phase: 'dns' } as const],
    ['health', UP],
  ])('is not there for %s', (_, group) => {
    expect(judged([group]).handOff).toBeUndefined();
  });
});

describe('the other brokers', () => {
  it.each([
    ['fine', [UP], { state: 'fine' }],
    ['failing', [DOWN], { state: 'failing', fault: 'connect-refused' }],
    ['unknown', [], { state: 'unknown' }],
  ] as const)('are %s by their own calls', (_, groups, expected) => {
    const facts = factsOf('samsung', recordsOf(...groups), { atMs: NOW_MS });
    expect(otherOf(facts)).toEqual({ broker: 'samsung', ...expected });
  });
});
