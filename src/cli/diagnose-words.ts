import type { Words } from '../catalog/advice.ts';
import type { Blame } from '../catalog/faults.ts';
import type { CircuitFacts } from '../diagnosis/facts.ts';
import { lengthOf } from '../diagnosis/moment.ts';
import { CIRCUIT_WORDS } from '../diagnosis/verdicts.ts';

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
  others: { en: 'others', ko: '타 증권사' },
  request: { en: 'req', ko: 'ID' },
} as const satisfies Record<string, Words>;

/** Where the trouble lies, by who has to act. */
export const SIDE_WORDS = {
  broker: { en: 'broker side', ko: '증권사 측 원인' },
  path: { en: 'between them and us', ko: '통신 구간 원인' },
  platform: { en: 'our side', ko: '연계서버 측 원인' },
  caller: { en: "caller's side", ko: '이용기관 측 원인' },
} as const satisfies Record<Blame, Words>;

function joined(text: string, more: string | undefined): string {
  return more === undefined ? text : `${text}, ${more}`;
}

/** Sentences with figures in them. */
export const DIAGNOSE_TEXTS = {
  since: (clock: string, length: Words): Words => ({
    en: `since ${clock} (${length.en})`,
    ko: `${clock}부터 (${length.ko})`,
  }),
  besideOthers: (others: number): Words => ({
    en: ` and ${others} other ${others === 1 ? 'fault' : 'faults'},`,
    ko: ` 외 ${others}종,`,
  }),
  outOf: (bad: number, total: number): Words => ({ en: `${bad} of ${total}`, ko: `${bad}/${total}건` }),
  circuitOpen: ({ state, retryAfterMs, operations }: CircuitFacts): Words => {
    const wait = retryAfterMs === undefined ? undefined : lengthOf(retryAfterMs);
    const whose = operations?.join(', ');
    const probe =
      state === 'half-open'
        ? { en: 'a probe is out', ko: '시험 호출 중' }
        : retryAfterMs === 0
          ? { en: 'the next read is the probe', ko: '다음 조회가 시험 호출' }
          : wait && { en: `next probe in ${wait.en}`, ko: `${wait.ko} 후 시험 호출` };
    return {
      en: joined(`circuit${whose === undefined ? '' : ` of ${whose}`} ${state}`, probe?.en),
      ko: joined(`${whose === undefined ? '' : `${whose} `}차단기 ${CIRCUIT_WORDS[state].ko}`, probe?.ko),
    };
  },
  heldForMaintenance: (): Words => ({
    en: 'no call is sent until it is over',
    ko: '점검 종료까지 호출 보류',
  }),
  circuitElsewhere: (): Words => ({
    en: 'its circuit: see --events FILE',
    ko: '차단기 상태: --events 파일로 확인',
  }),
  callersGet: (code: number, waits: boolean, isPart: boolean): Words => ({
    en: `${isPart ? 'failed calls' : 'callers'} get ${code}${waits ? ' with Retry-After' : ''}`,
    ko: `${isPart ? '실패 건에' : '이용기관에'} ${code} 응답${waits ? '(+Retry-After)' : ''}`,
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
  nothingYet: (): Words => ({ en: 'No call is recorded yet.', ko: '아직 호출 기록이 없음.' }),
  needsSource: (): Words => ({
    en: '--config FILE or --events FILE is needed.',
    ko: '--config 또는 --events 파일을 지정해야 함.',
  }),
  bodyWithoutRead: (): Words => ({
    en: '--read OPERATION and --body FILE go together.',
    ko: '--read 업무와 --body 파일은 함께 지정해야 함.',
  }),
  watchNeedsFile: (): Words => ({
    en: '--watch follows a file; the standard input (-) is read once.',
    ko: '--watch는 파일에만 사용 가능(표준 입력 - 은 1회만 읽음).',
  }),
  recordsLost: (path: string, count: number): Words => ({
    en: `${path}: ${count} records were lost when it was written; counts may be low.`,
    ko: `${path}: 기록 시 유실된 호출 ${count}건이 있어 건수가 실제보다 적을 수 있음.`,
  }),
} as const satisfies Record<string, (...args: never[]) => Words>;

/** What the options of the command mean. */
export const DIAGNOSE_OPTIONS = {
  events: {
    en: 'judge from the call records in FILE (JSON lines), without a network',
    ko: '파일의 호출 기록(JSON lines)만으로 판단. 네트워크 미사용',
  },
  read: { en: 'make one read as well; never a write', ko: '조회 1건을 함께 수행(변경 업무 불가)' },
  watch: {
    en: 'ask, or read on in FILE, again and again; refreshes in place',
    ko: '반복 점검(또는 파일 추가분 확인)하며 화면 갱신',
  },
} as const satisfies Record<string, Words>;
