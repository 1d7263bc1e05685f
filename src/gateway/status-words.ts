import type { Language, Words } from '../catalog/advice.ts';
import type { CircuitHealth, HealthState } from '../model/health.ts';

export type { Language, Words };

/** Words of the page for people. */
export const PAGE_WORDS = {
  title: { en: 'Securities companies', ko: '증권사 연계 현황' },
  otherLanguage: { en: '한국어', ko: 'English' },
  live: { en: 'live', ko: '실시간' },
  lost: { en: 'connection lost, trying again', ko: '연결 끊김, 재연결 중' },
  asOf: { en: 'as of', ko: '기준 시각' },
  since: { en: 'since', ko: '부터' },
  broker: { en: 'company', ko: '증권사' },
  state: { en: 'state', ko: '상태' },
  hour: { en: 'last hour, a bar a minute', ko: '최근 1시간(막대 1개 = 1분)' },
  circuit: { en: 'circuit', ko: '차단 상태' },
  probe: { en: 'next probe', ko: '다음 확인 호출' },
  lastGood: { en: 'last good call', ko: '마지막 정상' },
  lastBad: { en: 'last bad call', ko: '마지막 장애' },
  todo: { en: 'what to do', ko: '조치' },
  good: { en: 'good', ko: '정상' },
  some: { en: 'partly broker or path', ko: '일부 증권사·경로 장애' },
  bad: { en: 'broker or path', ko: '증권사·경로 장애' },
  ours: { en: 'ours', ko: '자체 장애' },
  none: { en: 'no calls', ko: '호출 없음' },
  nobody: { en: 'No company is configured.', ko: '설정된 증권사가 없음.' },
  suspicion: { en: 'It is probably us.', ko: '자체 장애로 의심됨.' },
  suspicionWhy: { en: 'The same fault of our side at', ko: '같은 자체 장애가 동시에 발생:' },
  thisReplica: {
    en: 'What this process has seen; others are not counted here.',
    ko: '이 프로세스가 본 기록만 표시함.',
  },
} as const satisfies Record<string, Words>;

/** What the bar of a minute can be, as the page's legend has them. */
export const BAR_KINDS = [
  'good',
  'some',
  'bad',
  'ours',
  'none',
] as const satisfies readonly (keyof typeof PAGE_WORDS)[];

export type BarKind = (typeof BAR_KINDS)[number];

/** States in the order in which a person wants to hear of them. */
export const BROKER_STATES = [
  'down',
  'degraded',
  'maintenance',
  'unknown',
  'up',
] as const satisfies readonly HealthState[];

export const STATE_WORDS = {
  up: { en: 'up', ko: '정상' },
  degraded: { en: 'degraded', ko: '일부 장애' },
  down: { en: 'down', ko: '장애' },
  maintenance: { en: 'maintenance', ko: '점검 중' },
  unknown: { en: 'too few calls', ko: '호출 부족' },
} as const satisfies Record<HealthState, Words>;

export const CIRCUIT_WORDS = {
  closed: { en: 'closed, calls flow', ko: '닫힘(호출 허용)' },
  open: { en: 'open, calls are refused', ko: '열림(호출 차단)' },
  'half-open': { en: 'half-open, a probe is out', ko: '반열림(확인 호출 중)' },
  off: { en: 'switched off', ko: '사용 안 함' },
} as const satisfies Record<CircuitHealth['state'], Words>;
