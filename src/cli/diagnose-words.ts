import type { Words } from '../catalog/advice.ts';

/** Labels and texts of a diagnosis. */
export const DIAGNOSE_WORDS = {
  failsAt: { en: 'fails at', ko: '장애 단계' },
  affects: { en: 'affects', ko: '영향 업무' },
  lastGood: { en: 'last good', ko: '최종 정상' },
  lastBad: { en: 'last bad', ko: '최종 실패' },
  weDo: { en: 'we do', ko: '자동 조치' },
  next: { en: 'next', ko: '조치 사항' },
  evidence: { en: 'evidence', ko: '판단 근거' },
  handOff: { en: 'for the desk', ko: '통보 문안' },
  broker: { en: 'broker', ko: '증권사' },
  state: { en: 'state', ko: '상태' },
  since: { en: 'since', ko: '발생' },
  phase: { en: 'fails at', ko: '단계' },
  calls: { en: 'bad/calls', ko: '실패/호출' },
  confidence: { en: 'confidence', ko: '확신도' },
  side: { en: 'side', ko: '측 원인' },
  request: { en: 'req', ko: '요청 ID' },
} as const satisfies Record<string, Words>;

/** Sentences with figures in them. */
export const DIAGNOSE_TEXTS = {
  since: (clock: string, length: Words): Words => ({
    en: `since ${clock} (${length.en})`,
    ko: `${clock}부터 (${length.ko})`,
  }),
  circuitOpen: (state: string, wait: Words | undefined): Words => ({
    en: `circuit ${state}${wait === undefined ? '' : `, next probe in ${wait.en}`}`,
    ko: `차단기 ${state}${wait === undefined ? '' : `, ${wait.ko} 후 시험 호출`}`,
  }),
  callersGet: (code: number, waits: boolean): Words => ({
    en: `callers get ${code}${waits ? ' with Retry-After' : ''}`,
    ko: `이용기관에 ${code} 응답${waits ? '(Retry-After 포함)' : ''}`,
  }),
  watching: (everyS: number): Words => ({
    en: `every ${everyS} s; Ctrl-C ends it`,
    ko: `${everyS}초마다 갱신, Ctrl-C로 종료`,
  }),
  linesSkipped: (path: string, count: number): Words => ({
    en: `${path}: ${count} lines are no call records and were skipped.`,
    ko: `${path}: 호출 기록이 아닌 ${count}행을 건너뜀.`,
  }),
  noRecords: (path: string): Words => ({
    en: `${path}: no call record in it.`,
    ko: `${path}: 호출 기록이 없음.`,
  }),
  needsSource: (): Words => ({
    en: '--config FILE or --events FILE is needed.',
    ko: '--config 또는 --events 파일을 지정해야 함.',
  }),
  bodyWithoutRead: (): Words => ({
    en: '--read OPERATION and --body FILE go together.',
    ko: '--read 업무와 --body 파일은 함께 지정해야 함.',
  }),
  watchNeedsLive: (): Words => ({
    en: '--watch asks the brokers again and again; it does not go with --events.',
    ko: '--watch는 증권사를 반복 점검하므로 --events와 함께 쓸 수 없음.',
  }),
} as const satisfies Record<string, (...args: never[]) => Words>;

/** What the options of the command mean. */
export const DIAGNOSE_OPTIONS = {
  events: {
    en: 'judge from the call records in FILE (JSON lines), without a network',
    ko: '파일의 호출 기록(JSON lines)만으로 판단. 네트워크 미사용',
  },
  read: { en: 'make one read as well; never a write', ko: '조회 1건을 함께 수행(변경 업무 불가)' },
  watch: { en: 'ask again and again, refreshing in place', ko: '반복 점검하며 화면 갱신' },
} as const satisfies Record<string, Words>;
