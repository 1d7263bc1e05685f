import type { Words } from '../catalog/advice.ts';
import type { Explanation } from '../dialects/explain.ts';
import type { Confidence } from '../dialects/form.ts';
import type { RetryWord } from '../model/dialect.ts';
import { mistake } from './words.ts';

/** What a broker advises after a code. */
export const RETRY_ADVICE = {
  no: { en: 'do not send it again', ko: '재요청하지 않음' },
  backoff: { en: 'again later, with growing pauses', ko: '간격을 늘려 가며 재시도' },
  token: { en: 'renew the credentials, then once more', ko: '토큰 갱신 후 1회 재시도' },
  token60: { en: 'wait a minute before asking for a token', ko: '1분 뒤 토큰 재발급' },
  later: { en: 'after the time of closing', ko: '중단 시간이 끝난 뒤' },
  fix: { en: 'correct the key, address or permission first', ko: '키·IP·권한을 먼저 바로잡음' },
  verify: { en: 'look at the result first: it may have happened', ko: '처리 여부를 먼저 확인' },
} as const satisfies Record<RetryWord, Words>;

export const CONFIDENCE_WORDS = {
  high: { en: "high: the broker's own document, or several sources", ko: '높음: 증권사 문서 또는 복수 출처' },
  medium: { en: 'medium: one good source', ko: '중간: 신뢰할 만한 출처 1건' },
  low: { en: 'low: concluded', ko: '낮음: 추정' },
} as const satisfies Record<Confidence, Words>;

/** How a code is known. */
export const KIND_WORDS = {
  listed: { en: 'in the table', ko: '코드표에 있음' },
  pattern: { en: 'by its form', ko: '코드 형식으로 판정' },
  otherwise: {
    en: 'in no table: a refusal, its code and text become the reason',
    ko: '코드표에 없음: 코드와 문구를 사유로 전달',
  },
  success: { en: 'a success', ko: '정상' },
  empty: { en: 'a success without rows', ko: '정상(조회 내역 없음)' },
  unknown: {
    en: 'in no table, and the dialect says nothing of the rest: 3011',
    ko: '코드표에 없고 나머지 처리 규칙도 없음: 3011',
  },
} as const satisfies Record<Explanation['kind'], Words>;

/** Labels of lines and columns. */
export const DIALECT_LABELS = {
  known: { en: 'known', ko: '판정' },
  meaning: { en: 'meaning', ko: '의미' },
  becomes: { en: 'becomes', ko: '표준 코드' },
  advice: { en: 'the broker advises', ko: '증권사 권고' },
  source: { en: 'source', ko: '출처' },
  confidence: { en: 'confidence', ko: '신뢰도' },
  write: { en: 'outcome of a write', ko: '변경 거래의 처리 여부' },
} as const satisfies Record<string, Words>;

/** What is said of a check. */
export const DIALECT_TALK = {
  samples: (right: number, all: number): Words => ({
    en: `${String(right)} of ${String(all)} samples come to what they say.`,
    ko: `표본 ${String(all)}건 중 ${String(right)}건 일치.`,
  }),
  neverSeen: (codes: readonly string[]): Words => ({
    en: `Never seen in a sample: ${codes.join(', ')}`,
    ko: `표본에 나온 적 없는 코드: ${codes.join(', ')}`,
  }),
  inNoTable: (codes: readonly string[]): Words => ({
    en: `In a sample and in no table: ${codes.join(', ')}`,
    ko: `표본에는 있고 코드표에는 없는 코드: ${codes.join(', ')}`,
  }),
  action: (near: readonly string[]): Words =>
    mistake('Expected check or show.', 'check 또는 show를 지정해야 함.', near),
  platformCodes: (name: string): Words => ({
    en: `${name} speaks the platform's own codes: op-exco codes`,
    ko: `${name}: 플랫폼 표준 코드 사용. 목록은 op-exco codes`,
  }),
  noRows: (name: string): Words => ({
    en: `${name}: no codes are listed in its dialect.`,
    ko: `${name}: dialect에 등록된 코드가 없음.`,
  }),
  listedCompany: (name: string): Words => ({
    en: `${name} is a listed company, and those speak the platform's own codes: op-exco codes. A dialect of its own is read with --config FILE.`,
    ko: `${name}: 등록된 증권사이며 플랫폼 표준 코드를 사용함. 목록은 op-exco codes. 자체 dialect는 --config 파일로 지정.`,
  }),
};
