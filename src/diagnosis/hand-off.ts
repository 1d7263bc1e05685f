import { ADVICE, type Language, type Words } from '../catalog/advice.ts';
import { ASKS, ASK_SLOW } from './asks.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { CallMark, PassiveFacts } from './facts.ts';
import { mixtureText } from './mixture.ts';
import { inKorea, lengthOf } from './moment.ts';
import type { DiagnosisVerdict } from './verdicts.ts';

/** Verdicts in which the broker has something to look at, with the first words of the text to its desk. */
const SUBJECTS: Readonly<Partial<Record<DiagnosisVerdict, Words>>> = {
  'broker-down': { en: 'your server does not serve our calls', ko: '귀사 서버 연계 장애' },
  'broker-degraded': { en: 'a part of our calls to you fails or is slow', ko: '귀사 서버 연계 지연 및 간헐 장애' },
  'operation-broken': { en: 'single operations fail', ko: '일부 업무 연계 장애' },
  path: { en: 'connections between you and us fail', ko: '귀사와 당사 간 통신 장애' },
  maintenance: { en: 'your server announces maintenance', ko: '귀사 서버 점검 관련 문의' },
  'our-credentials': { en: 'your server refuses our credentials', ko: '당사 인증정보 거부 관련 문의' },
};

type Line = readonly [label: Words, value: Words];

function plain(text: string): Words {
  return { en: text, ko: text };
}

function callText({ atMs, operation, requestId }: CallMark): Words {
  const told = `${inKorea(atMs)}, ${operation}`;
  return { en: `${told}, request id ${requestId}`, ko: `${told}, 요청 ID ${requestId}` };
}

const LABELS = {
  since: { en: 'Since', ko: '발생 시각' },
  address: { en: 'Address', ko: '접속 주소' },
  seen: { en: 'Seen', ko: '증상' },
  phase: { en: 'Phase', ko: '단계' },
  calls: { en: 'Calls', ko: '건수' },
  affects: { en: 'Operations', ko: '영향 업무' },
  faults: { en: 'Last failures', ko: '최근 실패 유형' },
  lastGood: { en: 'Last good call', ko: '마지막 정상 호출' },
  lastBad: { en: 'Last failed call', ko: '마지막 실패 호출' },
  certificate: { en: 'Certificate seen', ko: '확인된 인증서' },
  others: { en: 'Other brokers', ko: '타 증권사' },
  ask: { en: 'Request', ko: '요청 사항' },
} as const satisfies Record<string, Words>;

function certificateLines({ fault, probe }: Diagnosis): Line[] {
  const [shown] = probe?.steps.tls?.chain ?? [];
  if (fault !== 'tls-certificate' || shown === undefined) return [];
  const names = shown.names.join(', ');
  const end = inKorea(Date.parse(shown.validTo));
  return [[LABELS.certificate, { en: `valid to ${end}, for ${names}`, ko: `만료 ${end}, 호스트명 ${names}` }]];
}

function sinceLine({ since, at }: Diagnosis): Line[] {
  if (since === undefined) return [];
  const sinceMs = Date.parse(since);
  const length = lengthOf(Date.parse(at) - sinceMs);
  const start = inKorea(sinceMs);
  return [[LABELS.since, { en: `${start} (for ${length.en})`, ko: `${start}부터(${length.ko} 경과)` }]];
}

function callLines({ calls: { good, bad }, affects, lastGood, lastBad }: Diagnosis, windowMs: number): Line[] {
  const span = lengthOf(windowMs);
  const total = good + bad;
  return [
    ...(total === 0
      ? []
      : [
          [
            LABELS.calls,
            { en: `${bad} of ${total} failed in ${span.en}`, ko: `최근 ${span.ko} ${total}건 중 ${bad}건 실패` },
          ] as const,
        ]),
    ...(affects.length === 0 ? [] : [[LABELS.affects, plain(affects.join(', '))] as const]),
    ...(lastGood === undefined ? [] : [[LABELS.lastGood, callText(lastGood)] as const]),
    ...(lastBad === undefined ? [] : [[LABELS.lastBad, callText(lastBad)] as const]),
  ];
}

/** What fails in several ways is not told as if it failed in one. */
function faultLines({ faults = [] }: Diagnosis): Line[] {
  if (faults.length === 0) return [];
  return [[LABELS.faults, plain(mixtureText(faults))]];
}

function linesOf(diagnosis: Diagnosis, facts: PassiveFacts): Line[] {
  const { fault, firstFailingPhase, others } = diagnosis;
  const ask = fault === undefined ? ASK_SLOW : ASKS[fault];
  return [
    ...sinceLine(diagnosis),
    ...(facts.address === undefined ? [] : [[LABELS.address, plain(facts.address)] as const]),
    ...(fault === undefined ? [] : [[LABELS.seen, ADVICE[fault].when] as const]),
    ...(firstFailingPhase === undefined
      ? []
      : [[LABELS.phase, plain(`${firstFailingPhase} (${fault ?? 'slow'})`)] as const]),
    ...callLines(diagnosis, facts.windowMs),
    ...faultLines(diagnosis),
    ...certificateLines(diagnosis),
    ...(others.known === 0
      ? []
      : [
          [
            LABELS.others,
            { en: `${others.fine} of ${others.known} fine`, ko: `${others.known}곳 중 ${others.fine}곳 정상` },
          ] as const,
        ]),
    ...(ask === undefined ? [] : [[LABELS.ask, ask] as const]),
  ];
}

const GREETING = {
  en: (name: string, subject: string) => `To ${name}, open platform desk: ${subject}`,
  ko: (name: string, subject: string) => `[오픈플랫폼] ${name} 담당자님, ${subject} 건으로 연락드립니다.`,
} as const satisfies Record<Language, (name: string, subject: string) => string>;

/**
 * A text for the broker's desk, to be pasted as it is: times with their zone, request ids, phase, counts. Nothing
 * personal is in it. `undefined` where the broker has nothing to do.
 */
export function handOffOf(diagnosis: Diagnosis, facts: PassiveFacts): Words | undefined {
  const subject = SUBJECTS[diagnosis.verdict];
  if (subject === undefined) return undefined;
  const lines = linesOf(diagnosis, facts);
  const { broker, name = broker } = diagnosis;
  const text = (lang: Language) =>
    [GREETING[lang](name, subject[lang]), ...lines.map(([label, value]) => `- ${label[lang]}: ${value[lang]}`)].join(
      '\n',
    );
  return { en: text('en'), ko: text('ko') };
}
