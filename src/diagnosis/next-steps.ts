import { ADVICE, type Words } from '../catalog/advice.ts';
import type { EvidenceItem } from './diagnosis.ts';
import type { Grounds } from './evidence.ts';
import type { PassiveFacts } from './facts.ts';
import type { DiagnosisVerdict } from './verdicts.ts';

const CALL_DESK: Words = {
  en: "Call the broker's desk with the text below.",
  ko: '아래 문안으로 증권사 담당자에게 통보한다.',
};

const NOTHING_HERE: Words = {
  en: 'Nothing to do on our side; calls resume by themselves.',
  ko: '연계서버 조치 사항 없음. 복구되면 자동으로 정상화된다.',
};

const BY_THEMSELVES: Words = {
  en: 'Calls resume by themselves when it is over.',
  ko: '점검이 끝나면 별도 조치 없이 정상화된다.',
};

/** What to do by the verdict alone, in this order; the advice of the fault stands between. */
export const BY_VERDICT: Readonly<
  Record<DiagnosisVerdict, { readonly first: readonly Words[]; readonly last: readonly Words[] }>
> = {
  'broker-down': { first: [CALL_DESK], last: [NOTHING_HERE] },
  'broker-degraded': { first: [CALL_DESK], last: [] },
  'operation-broken': { first: [CALL_DESK], last: [] },
  path: {
    first: [
      {
        en: 'Have our network desk trace the line to this broker, and call the broker with the text below.',
        ko: '네트워크 담당에게 해당 증권사 구간 점검을 요청하고, 아래 문안으로 증권사에 통보한다.',
      },
    ],
    last: [],
  },
  maintenance: {
    first: [
      { en: 'Tell the callers that the broker is under maintenance.', ko: '이용기관에 증권사 점검 중임을 공지한다.' },
    ],
    last: [BY_THEMSELVES],
  },
  'our-credentials': { first: [], last: [] },
  'our-side': { first: [{ en: 'Do not call the broker yet.', ko: '증권사 통보는 보류한다.' }], last: [] },
  healthy: { first: [], last: [{ en: 'Nothing to do.', ko: '조치 사항 없음.' }] },
  inconclusive: {
    first: [],
    last: [
      {
        en: 'Make one read: op-exco diagnose BROKER --read OPERATION --body FILE.',
        ko: '조회 1건으로 확인한다: op-exco diagnose 증권사 --read 업무 --body 파일.',
      },
    ],
  },
};

/** Several brokers with one fault: the line before them is looked at, not each of them. */
const SHARED: Words = {
  en: 'Check what all brokers share: this server, its DNS, clock, firewall and leased line.',
  ko: '모든 증권사의 공통 구간을 점검한다: 연계서버, DNS, 시각 동기화, 방화벽, 전용회선.',
};

const RENEW: Words = {
  en: 'Have the certificate renewed before it expires.',
  ko: '인증서가 만료되기 전에 갱신하도록 조치한다.',
};

/** The calls alone know no dates and names. */
const SEE_CERTIFICATE: Words = {
  en: 'See its dates and host names: op-exco diagnose BROKER --config FILE.',
  ko: '만료일과 호스트명은 다음으로 확인한다: op-exco diagnose 증권사 --config 파일.',
};

/** A broker that refuses most of what it is asked is up, and its callers are in trouble all the same. */
const MOSTLY_REFUSED: Words = {
  en: 'The broker serves, and most of its answers are errors of its own: see which code leads, and ask its desk if it is one.',
  ko: '증권사는 정상 응답 중이나 대부분 업무 오류이므로, 오류코드 분포를 확인하고 한 코드에 집중되면 증권사에 문의한다.',
};

/** Fewest business errors, and their share of the good calls, from which they are spoken of. */
const MANY_ERRORS = 10;
const MOST_SHARE = 0.5;

function isMostlyRefused({ businessErrors, operations }: PassiveFacts): boolean {
  const good = operations.reduce((sum, each) => sum + each.good, 0);
  return businessErrors >= MANY_ERRORS && businessErrors >= MOST_SHARE * good;
}

/** What to do about the fault itself: what several brokers share is looked at first, unless the fault says where to look. */
function byFault(verdict: DiagnosisVerdict, { lead, signals, probe }: Grounds): readonly Words[] {
  if (lead === undefined || verdict === 'healthy') return [];
  if (verdict === 'our-side' && signals.others === 'same' && signals.cause !== 'ours') return [SHARED];
  const isUnseen = lead.fault === 'tls-certificate' && probe === undefined;
  return isUnseen ? [SEE_CERTIFICATE, ADVICE[lead.fault].todo] : [ADVICE[lead.fault].todo];
}

/** What to do, in this order. */
export function nextSteps(verdict: DiagnosisVerdict, grounds: Grounds, evidence: readonly EvidenceItem[]): Words[] {
  const { first, last } = BY_VERDICT[verdict];
  const { lead, facts } = grounds;
  const ends = evidence.some(({ kind }) => kind === 'certificate') && lead?.fault !== 'tls-certificate' ? [RENEW] : [];
  if (verdict !== 'healthy') return [...first, ...byFault(verdict, grounds), ...ends, ...last];
  const told = [...(isMostlyRefused(facts) ? [MOSTLY_REFUSED] : []), ...ends];
  return told.length > 0 ? told : [...last];
}
