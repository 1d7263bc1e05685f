import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { screenOf } from '../../src/cli/diagnosis-lines.ts';
import { factsOf } from '../../src/diagnosis/collect.ts';
import { diagnoseAll } from '../../src/diagnosis/diagnose-all.ts';
import { OPERATIONS } from '../../src/model/operations.ts';
import { NOW_MS, recordsOf, type Calls } from '../diagnosis/given.ts';

const plain = (text: string) => text;
const bold = (text: string) => styleText('bold', text, { validateStream: false });

const OTHERS = ['kb', 'hana', 'kiwoom', 'nhinvest', 'daishin', 'yuanta', 'shinhan'];
const FINE: readonly Calls[] = OTHERS.map((broker) => ({ count: 20, agoS: 0, broker }));
const BEFORE: Calls = { count: 20, agoS: 300 };

/** The longest alias there may be. */
const LONG_ALIAS = 'FAKE-alias-of-thirty-two-letters'.toLowerCase();

/** Outages as a person on call meets them. */
const OUTAGES = {
  refused: [BEFORE, { count: 30, agoS: 2, fault: 'connect-refused', phase: 'connect' }, ...FINE],
  maintenance: [BEFORE, { count: 30, agoS: 2, fault: 'maintenance-page' }, ...FINE],
  resolver: ['samsung', ...OTHERS].map((broker) => ({
    broker,
    count: 9,
    agoS: 1,
    fault: 'dns-unavailable',
    phase: 'dns',
  })),
  certificate: [BEFORE, { count: 30, agoS: 2, fault: 'tls-certificate', phase: 'tls' }, ...FINE],
  business: [{ count: 60, agoS: 1, fault: 'broker-error' }, ...FINE],
  flapping: Array.from({ length: 8 }, (_, turn): Calls[] => [
    { count: 4, agoS: 8 * turn + 4 },
    { count: 3, agoS: 8 * turn, fault: 'response-timeout', phase: 'head' },
  ]).flat(),
  everything: [
    ...Object.keys(OPERATIONS).map((operation): Calls => ({
      count: 9,
      agoS: 1,
      operation,
      fault: 'reset-before-response',
      phase: 'head',
    })),
    ...FINE,
  ],
  mixed: [
    BEFORE,
    { count: 20, agoS: 9, fault: 'body-html' },
    { count: 2, agoS: 6, fault: 'body-cut', phase: 'body' },
    { count: 8, agoS: 2, fault: 'respcode-invalid' },
    ...FINE,
  ],
  wordy: [{ broker: LONG_ALIAS, count: 30, agoS: 2, fault: 'reset-before-response', phase: 'head' }, ...FINE],
} as const satisfies Readonly<Record<string, readonly Calls[]>>;

type Outage = keyof typeof OUTAGES;

function diagnosed(outage: Outage) {
  const records = recordsOf(...OUTAGES[outage]);
  const brokers = [...new Set(records.map(({ broker }) => broker))];
  return diagnoseAll(brokers.map((broker) => ({ facts: factsOf(broker, records, { atMs: NOW_MS }) })));
}

/** What is shown of the broker in trouble, or of all. */
function shown(outage: Outage, lang: 'en' | 'ko', { ofAll = false, width = 80, emphasis = plain } = {}): string[] {
  const all = diagnosed(outage);
  return screenOf(ofAll ? all : all.slice(0, 1), { lang, width, emphasis });
}

const CASES = (Object.keys(OUTAGES) as Outage[]).flatMap((outage) =>
  (['en', 'ko'] as const).map((lang) => [outage, lang] as const),
);

describe('a line of the screen', () => {
  it.each(CASES)('is at most 80 columns wide: %s, %s', (outage, lang) => {
    for (const emphasis of [plain, bold]) {
      for (const ofAll of [false, true]) {
        const wide = shown(outage, lang, { ofAll, emphasis }).filter((line) => stringWidth(line) > 80);
        expect(wide).toEqual([]);
      }
    }
  });

  it.each([40, 60, 79])('keeps to a width of %d columns', (width) => {
    for (const lang of ['en', 'ko'] as const) {
      // A request id with the words that belong to it is broken no further.
      const wide = shown('refused', lang, { width }).filter((line) => stringWidth(line) > Math.max(width, 50));
      expect(wide).toEqual([]);
    }
  });

  it('stands where it stands in bold too', () => {
    const [first = ''] = shown('refused', 'en');
    const [inBold = ''] = shown('refused', 'en', { emphasis: bold });
    expect(stripVTControlCharacters(inBold)).toBe(first);
    expect(inBold).not.toBe(first);
  });
});

describe('the screen of', () => {
  it.each<[Outage, string, string]>([
    ['refused', 'fails at   connect (connect-refused 30 of 30)', '장애 단계  connect (connect-refused 30/30건)'],
    ['mixed', 'message (body-html and 2 other faults, 30 of 30)', 'message (body-html 외 2종, 30/30건)'],
    ['maintenance', 'Calls resume by themselves when it is over.', '점검이 끝나면 별도 조치 없이 정상화된다.'],
    ['resolver', 'our side, confidence high', '연계서버 측 원인, 확신도 높음'],
    ['resolver', 'Us: have our name servers checked.', 'DNS 서버 상태를 점검한다.'],
    ['certificate', 'See its dates and host names: op-exco diagnose', '만료일과 호스트명은 다음으로 확인한다'],
    ['business', 'others     7 of 7 other brokers fine', '타 증권사  타사 7/7곳 정상'],
    ['business', 'most of its answers are errors of its', '대부분 업무 오류'],
    ['flapping', 'on and off: good and bad took turns 15 times', '정상과 실패가 15회 반복'],
    ['flapping', 'we do      failed calls get 3005', '자동 조치  실패 건에 3005 응답'],
  ])('%s says: %s', (outage, en, ko) => {
    expect(shown(outage, 'en').join('\n')).toContain(en);
    expect(shown(outage, 'ko').join('\n')).toContain(ko);
  });

  it('a broker of which nothing is recorded says so', () => {
    expect(screenOf([], { lang: 'en', width: 80, emphasis: plain })).toEqual(['No call is recorded yet.']);
  });
});
