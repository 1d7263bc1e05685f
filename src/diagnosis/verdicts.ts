import type { Words } from '../catalog/advice.ts';
import type { Blame } from '../catalog/faults.ts';

/** What a broker's state comes to. */
export const DIAGNOSIS_VERDICTS = [
  'broker-down',
  'path',
  'maintenance',
  'our-credentials',
  'our-side',
  'operation-broken',
  'broker-degraded',
  'inconclusive',
  'healthy',
] as const;

/** What is wrong, in one word; `healthy` and `inconclusive` included. */
export type DiagnosisVerdict = (typeof DIAGNOSIS_VERDICTS)[number];

/** How sure a verdict is. */
export type Confidence = 'high' | 'medium' | 'low';

/** Who has to act by the verdict alone; a fault may say it better. Absent: nobody. */
export const VERDICT_BLAME: Readonly<Partial<Record<DiagnosisVerdict, Blame>>> = {
  'broker-down': 'broker',
  'broker-degraded': 'broker',
  'operation-broken': 'broker',
  path: 'path',
  'our-side': 'platform',
  'our-credentials': 'platform',
  maintenance: 'broker',
};

/** Verdicts in words, one line each. */
export const VERDICT_WORDS = {
  'broker-down': { en: 'DOWN', ko: '장애' },
  path: { en: 'NOT REACHED', ko: '통신 장애' },
  maintenance: { en: 'MAINTENANCE', ko: '점검 중' },
  'our-credentials': { en: 'OUR CREDENTIALS', ko: '자체 인증 오류' },
  'our-side': { en: 'OUR SIDE', ko: '자체 장애' },
  'operation-broken': { en: 'OPERATION BROKEN', ko: '일부 업무 장애' },
  'broker-degraded': { en: 'DEGRADED', ko: '불안정' },
  inconclusive: { en: 'NOT KNOWN', ko: '판단 불가' },
  healthy: { en: 'HEALTHY', ko: '정상' },
} as const satisfies Record<DiagnosisVerdict, Words>;

export const CONFIDENCE_WORDS = {
  high: { en: 'high', ko: '높음' },
  medium: { en: 'medium', ko: '보통' },
  low: { en: 'low', ko: '낮음' },
} as const satisfies Record<Confidence, Words>;

/** States of a circuit that holds calls back. */
export const CIRCUIT_WORDS = {
  open: { en: 'open', ko: '열림' },
  'half-open': { en: 'half-open', ko: '반열림' },
} as const satisfies Record<'open' | 'half-open', Words>;
