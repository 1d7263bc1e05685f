import type { Language, Words } from '../catalog/advice.ts';
import type { HealthState } from '../model/health.ts';
import type { OutageVerdict } from './summary.ts';
import type { CallClass } from './timeline.ts';

export const STATE_WORDS = {
  up: { en: 'up', ko: '정상' },
  degraded: { en: 'degraded', ko: '저하' },
  down: { en: 'down', ko: '장애' },
  maintenance: { en: 'maintenance', ko: '점검' },
  unknown: { en: 'too few calls to tell', ko: '호출 부족(판단 불가)' },
} as const satisfies Record<HealthState, Words>;

/** Mark of a state on the strip, for whoever does not see its colour. */
export const STATE_MARKS = {
  up: '',
  degraded: '!',
  down: '×',
  maintenance: 'M',
  unknown: '',
} as const satisfies Record<HealthState, string>;

export const CLASS_WORDS = {
  ok: { en: 'served', ko: '성공' },
  caller: { en: 'business errors', ko: '업무 오류' },
  broker: { en: 'lost: broker', ko: '손실: 증권사' },
  path: { en: 'lost: network', ko: '손실: 네트워크' },
  platform: { en: 'lost: us', ko: '손실: 연계서버' },
  aborted: { en: 'given up by the caller', ko: '호출 취소' },
} as const satisfies Record<CallClass, Words>;

export const VERDICT_WORDS = {
  'broker-down': { en: 'broker down', ko: '증권사 장애' },
  'operation-broken': { en: 'operation broken', ko: '업무 이상' },
  path: { en: 'the way to it', ko: '네트워크 장애' },
  'our-side': { en: 'our side', ko: '연계서버 장애' },
  'our-credentials': { en: 'our credentials', ko: '연계서버 인증정보' },
  maintenance: { en: 'maintenance', ko: '증권사 점검' },
} as const satisfies Record<OutageVerdict, Words>;

/** Texts of the page. */
export const PAGE_WORDS = {
  title: { en: 'Calls to brokers', ko: '증권사 호출 보고서' },
  zone: { en: 'Times are Korean (UTC+9).', ko: '시각은 한국 표준시(UTC+9).' },
  calls: { en: 'calls', ko: '호출' },
  brokers: { en: 'brokers', ko: '증권사' },
  lostCalls: { en: 'calls lost', ko: '손실 호출' },
  ofCalls: { en: 'of all calls', ko: '전체 호출 대비' },
  outages: { en: 'Outages', ko: '장애' },
  outagesCount: { en: 'outages', ko: '장애' },
  latency: { en: 'Latency', ko: '응답시간' },
  typical: { en: 'median', ko: '중앙값' },
  writes: { en: 'writes of unknown outcome', ko: '처리 여부 불명 변경' },
  writesTitle: { en: 'Writes of unknown outcome: ask the broker', ko: '처리 여부 불명 변경 요청: 증권사 확인 필요' },
  strips: { en: 'State of each broker', ko: '증권사별 상태' },
  strip: { en: 'state over time', ko: '시간별 상태' },
  legend: { en: 'Legend', ko: '범례' },
  notServed: { en: 'down', ko: '장애 시간' },
  plots: { en: 'All brokers over time', ko: '전체 추이' },
  latencyPlot: { en: 'Latency of answered calls, ms', ko: '응답시간(ms)' },
  sharesPlot: { en: 'Calls lost, share of all calls', ko: '손실 호출 비율' },
  figures: { en: 'The same in figures', ko: '수치로 보기' },
  each: { en: 'Each broker', ko: '증권사별 수치' },
  eachPlots: { en: 'Each broker over time', ko: '증권사별 추이' },
  faults: { en: 'Faults', ko: '장애 유형' },
  noFaults: { en: 'No call failed.', ko: '실패한 호출 없음.' },
  noOutages: { en: 'No broker was down.', ko: '장애 없음.' },
  broker: { en: 'broker', ko: '증권사' },
  operation: { en: 'operation', ko: '업무' },
  start: { en: 'start', ko: '시작' },
  end: { en: 'end', ko: '종료' },
  length: { en: 'length', ko: '지속시간' },
  cause: { en: 'cause', ko: '원인' },
  blame: { en: 'whose fault', ko: '조치 주체' },
  verdict: { en: 'verdict', ko: '판정' },
  stillOn: { en: 'not over', ko: '진행 중' },
  openEnded: { en: 'last failure; no call after it', ko: '마지막 실패 시각(이후 호출 없음)' },
  fault: { en: 'fault', ko: '장애 유형' },
  code: { en: 'code', ko: '코드' },
  span: { en: 'first, last', ko: '최초, 최종' },
  explained: { en: 'what it is, what to do', ko: '발생 상황과 조치' },
  time: { en: 'time', ko: '시각' },
  requestId: { en: 'request id', ko: '요청 ID' },
  share: { en: 'share', ko: '비율' },
  about: { en: 'About this page', ko: '이 보고서에 대하여' },
  rule: {
    en: 'States are those that the connector tells while it runs. A broker is down from the first of its failures in a row when five calls of a minute and half of them failed, or ten in a row over five seconds, until the first of five successes in a row; then degraded until twenty in a row. It is degraded, too, when three calls of a minute and a tenth of them failed. Below ten calls in five minutes nothing is said. Times of latency are within 10 %.',
    ko: '상태 기준은 운영 중 연계서버가 알려 주는 상태와 같다. 1분간 5건 이상이면서 절반 이상 실패하거나 5초 넘게 10건이 연속 실패하면 연속 실패의 첫 시각부터 장애로 본다. 5건 연속 성공하면 그 첫 성공 시각에 장애가 끝나고, 20건 연속 성공할 때까지는 저하로 본다. 1분간 3건 이상이면서 10 % 이상 실패해도 저하이다. 5분간 호출이 10건 미만이면 판단하지 않는다. 응답시간의 오차는 10 % 이내이다.',
  },
} as const satisfies Record<string, Words>;

function other(names: number, lang: Language): string {
  return lang === 'ko' ? `외 ${String(names)}곳` : `and ${String(names)} more`;
}

/** Sentences with figures in them. */
export const SENTENCES = {
  more: (names: number): Words => ({ en: other(names, 'en'), ko: other(names, 'ko') }),
  columns: (width: Words): Words => ({ en: `One column is ${width.en}.`, ko: `한 칸은 ${width.ko}.` }),
  lost: (records: string): Words => ({
    en: `${records} records were dropped when they should have been written: all figures are too low by as much.`,
    ko: `기록 ${records}건이 저장되지 못하고 유실됨. 모든 수치가 그만큼 낮음.`,
  }),
  bad: (lines: string, listed: string): Words => ({
    en: `${lines} lines were no records and were skipped: ${listed}.`,
    ko: `기록이 아닌 줄 ${lines}개를 건너뜀: ${listed}.`,
  }),
  outagesLeftOut: (outages: string): Words => ({
    en: `${outages} more outages, which cost less, are not listed.`,
    ko: `손실이 적은 장애 ${outages}건은 생략.`,
  }),
  faultsLeftOut: (calls: string): Words => ({
    en: `${calls} more calls ended in faults and codes that are not listed.`,
    ko: `목록에 없는 장애 유형과 코드로 끝난 호출 ${calls}건.`,
  }),
  brokersLeftOut: (calls: string): Words => ({
    en: `${calls} calls of further brokers are left out.`,
    ko: `나머지 증권사의 호출 ${calls}건은 생략.`,
  }),
  writesLeftOut: (writes: string): Words => ({
    en: `${writes} more are in the records.`,
    ko: `나머지 ${writes}건은 기록 파일 참조.`,
  }),
} as const;
