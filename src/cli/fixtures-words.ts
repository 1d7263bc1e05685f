import type { Words } from '../catalog/advice.ts';
import type { RecordMode } from '../testing/record.ts';
import type { SkipReason } from '../testing/verify.ts';

/** Words of the options of `op-exco fixtures`. */
export const FIXTURES_HELP = {
  broker: { en: 'record: the broker to call', ko: 'record: 호출할 증권사' },
  operation: { en: 'record: the operation to ask for', ko: 'record: 호출할 업무' },
  body: {
    en: "record: the message, a JSON file; '-' reads the standard input",
    ko: 'record: 요청 전문 JSON 파일. -는 표준입력',
  },
  mode: {
    en: 'record: missing (default), all or faults',
    ko: 'record: missing(기본값), all, faults 중 하나',
  },
} as const satisfies Record<string, Words>;

/** Why a fixture was not held against a live broker. */
export const SKIP_WORDS = {
  write: { en: 'a write', ko: '변경 업무' },
  'unknown-operation': { en: 'an operation that its settings do not define', ko: '설정에 정의되지 않은 업무' },
  refused: { en: 'refused before any dial', ko: '접속 전 거부' },
  fault: { en: 'a fault that no broker shows on demand', ko: '요청해도 재현되지 않는 장애' },
  'nothing-stated': { en: 'states nothing', ko: 'expect 없음' },
  'later-page': { en: 'a later page of a list, whose key is a stand-in', ko: '목록의 다음 페이지(키가 대체값)' },
  'other-broker': { en: 'another broker', ko: '대상이 아닌 증권사' },
} as const satisfies Record<SkipReason, Words>;

/** What is said about the work of `op-exco fixtures`. */
export const FIXTURES_TALK = {
  linted: (files: number, mistakes: number): Words => ({
    en: `Fixtures: ${String(files)}, mistakes: ${String(mistakes)}.`,
    ko: `fixture ${String(files)}건, 오류 ${String(mistakes)}건.`,
  }),
  verified: (checked: number, drifted: number, skipped: number): Words => ({
    en: `${String(checked)} asked for, ${String(drifted)} drifted, ${String(skipped)} skipped.`,
    ko: `호출 ${String(checked)}건, 변경 ${String(drifted)}건, 제외 ${String(skipped)}건.`,
  }),
  replayed: (played: number, wrong: number): Words => ({
    en: `${String(played)} played, ${String(wrong)} gave another result.`,
    ko: `재생 ${String(played)}건, 결과 불일치 ${String(wrong)}건.`,
  }),
  imported: (written: number, known: number, skipped: number, refused: number): Words => ({
    en: `${String(written)} written, ${String(known)} known, ${String(skipped)} skipped, ${String(refused)} refused.`,
    ko: `저장 ${String(written)}건, 기존 ${String(known)}건, 제외 ${String(skipped)}건, 거부 ${String(refused)}건.`,
  }),
  recorded: (written: number, refused: number): Words => ({
    en: `${String(written)} written, ${String(refused)} refused.`,
    ko: `저장 ${String(written)}건, 거부 ${String(refused)}건.`,
  }),
} as const;

/** Why a call that could be recorded was not. */
export const UNWRITTEN_WORDS = {
  missing: {
    en: 'Nothing to write: there is a fixture of such a call.',
    ko: '저장할 내용 없음: 같은 fixture가 이미 있음.',
  },
  faults: {
    en: 'Nothing to write: no attempt failed, or there is a fixture of such a call.',
    ko: '저장할 내용 없음: 장애가 없었거나 같은 fixture가 이미 있음.',
  },
  all: { en: 'Nothing to write.', ko: '저장할 내용 없음.' },
} as const satisfies Record<RecordMode, Words>;

/** What is said of a mistake in the use of `op-exco fixtures`. */
export const FIXTURES_MISTAKES = {
  action: ([near]: readonly string[]): Words => ({
    en: `Expected lint, replay, record, verify or import.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    ko: `lint, replay, record, verify, import 중 하나를 지정해야 함.${near === undefined ? '' : ` 혹시 ${near}?`}`,
  }),
  noFixtures: (dir: string): Words => ({
    en: `${dir}: expected <broker>/<operation>/<name>.json below it, and there is none.`,
    ko: `${dir}: <증권사>/<업무>/<이름>.json 파일이 없음.`,
  }),
  harMissing: (): Words => ({ en: 'import needs a HAR file behind DIR.', ko: 'import는 폴더 뒤에 HAR 파일이 필요함.' }),
  tooMany: (action: string): Words => ({
    en: `${action} takes a folder and nothing more.`,
    ko: `${action}는 폴더 하나만 받음.`,
  }),
  optionMissing: (name: string): Words => ({
    en: `record needs --${name}.`,
    ko: `record에는 --${name} 옵션이 필요함.`,
  }),
  mode: (): Words => ({
    en: '--mode: expected missing, all or faults.',
    ko: '--mode: missing, all, faults 중 하나여야 함.',
  }),
  nockMissing: (): Words => ({
    en: 'replay needs nock: npm install --save-dev nock@14',
    ko: 'replay에는 nock이 필요함: npm install --save-dev nock@14',
  }),
} as const;
