import type { Words } from '../catalog/advice.ts';
import type { DetailKind, Section } from '../catalog/tables.ts';
import type { EffectOutcome } from '../model/error.ts';
import type { Phase, Sent } from '../model/wire.ts';

/** Words of the help pages. */
export const HELP = {
  about: {
    en: "Calls securities companies' servers and hands every fault on as one standard error.",
    ko: '증권사 서버를 호출하고 모든 장애를 하나의 표준 오류로 변환한다.',
  },
  usage: { en: 'Usage', ko: '사용법' },
  commands: { en: 'Commands', ko: '명령' },
  options: { en: 'Options', ko: '옵션' },
  example: { en: 'Example', ko: '예' },
  exits: { en: 'Exit codes', ko: '종료코드' },
  more: { en: 'op-exco COMMAND --help says more.', ko: '명령별 설명: op-exco 명령 --help' },
  config: {
    en: 'configuration, JSON; ${NAME} in a text is read from the environment',
    ko: '설정 파일(JSON). ${이름}은 환경변수 값으로 치환',
  },
  json: { en: 'print one JSON object, for programs', ko: 'JSON 객체 하나로 출력(프로그램용)' },
  lang: { en: 'language of the texts: en or ko; default from the locale', ko: '출력 언어: en 또는 ko. 기본값은 로캘' },
  help: { en: 'print this', ko: '도움말 출력' },
  version: { en: 'print the version', ko: '버전 출력' },
  broker: {
    en: "explain this broker's own codes: a preset, or a broker of the configuration",
    ko: '해당 증권사 자체 코드 설명: 프리셋 또는 설정의 증권사',
  },
  port: { en: 'port to listen on; default any free one', ko: '수신 포트. 기본값은 빈 포트' },
  host: { en: 'address to listen on; default 127.0.0.1', ko: '수신 주소. 기본값 127.0.0.1' },
  servePort: {
    en: 'port to listen on, over gateway.port; default 8080',
    ko: '수신 포트(gateway.port보다 우선). 기본값 8080',
  },
  serveHost: {
    en: 'address to listen on, over gateway.host; default 127.0.0.1',
    ko: '수신 주소(gateway.host보다 우선). 기본값 127.0.0.1',
  },
  tls: { en: 'https, with a certificate made on the spot', ko: '임시 인증서로 https 사용' },
  seed: {
    en: 'decides which requests an error share hits; default 1',
    ko: '오류 비율에 걸릴 요청을 정하는 값. 기본값 1',
  },
  body: { en: "the message, a JSON file; '-' reads the standard input", ko: '요청 전문 JSON 파일. -는 표준입력' },
  deadline: {
    en: 'time for the whole call in milliseconds; default 10000',
    ko: '호출 전체 제한시간(밀리초). 기본값 10000',
  },
  requestId: {
    en: 'name of the call in logs and towards the broker; default a new UUID',
    ko: '로그와 증권사에 남길 요청 ID. 기본값은 새 UUID',
  },
  output: { en: 'the page to write; default the standard output', ko: '저장할 보고서 파일. 기본값은 표준출력' },
  events: {
    en: 'append the records of the calls to a file, one JSON object a line',
    ko: '호출 기록을 파일 끝에 추가(한 줄에 JSON 객체 하나)',
  },
} as const satisfies Record<string, Words>;

/** Meaning of the exit codes. */
export const EXIT_WORDS = {
  ok: { en: 'done', ko: '정상' },
  error: { en: 'an error of the standard', ko: '표준 오류 발생' },
  usage: { en: 'wrong usage, or a file that cannot be read', ko: '사용법 오류 또는 파일 읽기 실패' },
  internal: { en: 'a fault of this program', ko: '프로그램 내부 오류' },
  config: { en: 'a mistake in the configuration', ko: '설정 오류' },
} as const satisfies Record<string, Words>;

/** Labels of columns and lines. */
export const LABELS = {
  fault: { en: 'fault', ko: '장애 유형' },
  code: { en: 'code', ko: '코드' },
  status: { en: 'HTTP', ko: 'HTTP' },
  category: { en: 'category', ko: '구분' },
  message: { en: 'message', ko: '메시지' },
  detail: { en: 'detail', ko: '부가정보' },
  when: { en: 'when', ko: '발생 상황' },
  standard: { en: 'in the standard', ko: '표준 설명' },
  todo: { en: 'what to do', ko: '조치' },
  blame: { en: 'whose fault', ko: '조치 주체' },
  evidence: { en: 'says of the broker', ko: '증권사 상태' },
  read: { en: 'repeat a read', ko: '조회 재시도' },
  write: { en: 'repeat a write', ko: '변경 재시도' },
  phase: { en: 'phase', ko: '단계' },
  outcome: { en: 'outcome', ko: '처리 여부' },
  sent: { en: 'request sent', ko: '요청 전송' },
  attempts: { en: 'attempts', ko: '시도' },
  requestId: { en: 'request id', ko: '요청 ID' },
  brokerAnswer: { en: 'the broker answered', ko: '증권사 응답' },
  fields: { en: 'fields', ko: '항목' },
  warnings: { en: 'warnings', ko: '경고' },
  itemFailures: { en: 'failed items', ko: '실패 건' },
  control: { en: 'control', ko: '제어' },
  serving: { en: 'calls', ko: '호출 주소' },
  statusPage: { en: 'for people', ko: '현황 화면' },
  signals: {
    en: 'SIGHUP reads the configuration anew, SIGTERM ends in order',
    ko: 'SIGHUP은 설정 다시 읽기, SIGTERM은 정상 종료',
  },
  reloadKept: { en: 'the old configuration stays in force', ko: '기존 설정 유지' },
  noFixture: { en: 'no fixture', ko: '해당 fixture 없음' },
} as const satisfies Record<string, Words>;

/** Who states the errors of a table of the standard. */
export const CATEGORY_WORDS = {
  common: { en: 'any system', ko: '공통' },
  'op-auth': { en: 'op-auth', ko: 'op-auth' },
  'op-exco': { en: 'op-exco', ko: 'op-exco' },
  broker: { en: 'broker', ko: '증권사명' },
} as const satisfies Record<Section, Words>;

export const DETAIL_WORDS = {
  reason: { en: 'reason', ko: '상세 사유' },
  count: { en: 'number of results', ko: '결과 건수' },
  days: { en: 'longest range in days', ko: '최대 조회 일수' },
} as const satisfies Record<DetailKind, Words>;

/** How far a call had come. The name itself is what logs and documents use. */
export const PHASE_WORDS = {
  local: { en: 'before any dial (local)', ko: '접속 전(local)' },
  dns: { en: 'name look-up (dns)', ko: 'DNS 조회(dns)' },
  connect: { en: 'TCP set-up (connect)', ko: 'TCP 연결(connect)' },
  tls: { en: 'TLS set-up (tls)', ko: 'TLS 수립(tls)' },
  send: { en: 'sending (send)', ko: '요청 전송(send)' },
  head: { en: 'waiting for the answer (head)', ko: '응답 대기(head)' },
  body: { en: 'receiving the answer (body)', ko: '응답 수신(body)' },
  message: { en: 'reading the answer (message)', ko: '응답 해석(message)' },
} as const satisfies Record<Phase, Words>;

export const SENT_WORDS = {
  no: { en: 'no', ko: '아니요' },
  yes: { en: 'yes', ko: '예' },
  maybe: { en: 'maybe', ko: '불명' },
} as const satisfies Record<Sent, Words>;

export const OUTCOME_WORDS = {
  'not-executed': { en: 'nothing changed', ko: '변경 없음' },
  rejected: { en: 'refused by the broker', ko: '증권사가 거부함' },
  unknown: {
    en: 'UNKNOWN: it may have happened; do not send it again before the broker has confirmed the result',
    ko: '불명: 처리되었을 수 있으므로 증권사의 확인 전까지 재요청 금지',
  },
} as const satisfies Record<EffectOutcome, Words>;

/** A text typed by a person, on one line and recognisable as such. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

function suggestion(names: readonly string[]): Words {
  const listed = names.join(', ');
  return names.length === 0 ? { en: '', ko: '' } : { en: ` Did you mean ${listed}?`, ko: ` 혹시 ${listed}?` };
}

/** What is said of a mistake, and behind it the names that may have been meant. */
export function mistake(en: string, ko: string, near: readonly string[] = []): Words {
  const { en: english, ko: korean } = suggestion(near);
  return { en: `${en}${english}`.trim(), ko: `${ko}${korean}`.trim() };
}

/** What is said of a mistake. */
export const MISTAKES = {
  unknownCommand: (name: string, near: readonly string[]) =>
    mistake(`No command ${quoted(name)}.`, `${quoted(name)} 명령이 없음.`, near),
  noCommand: () => mistake('No command given.', '명령을 입력해야 함.'),
  unknownOption: (name: string, near: readonly string[]) =>
    mistake(`No option ${quoted(name)}.`, `${quoted(name)} 옵션이 없음.`, near),
  valueMissing: (name: string) => mistake(`${name} needs a value.`, `${name} 옵션에 값이 필요함.`),
  valueTooMuch: (name: string) => mistake(`${name} takes no value.`, `${name} 옵션은 값을 받지 않음.`),
  wrongCount: (synopsis: string) => mistake(`Expected: op-exco ${synopsis}`, `입력 형식: op-exco ${synopsis}`),
  wrongLanguage: () => mistake('--lang: expected en or ko.', '--lang: en 또는 ko만 가능함.'),
  configMissing: () =>
    mistake(
      '--config FILE is needed. op-exco init writes one to start from.',
      '--config 파일을 지정해야 함. op-exco init 명령으로 만들 수 있음.',
    ),
  unreadable: (path: string, reason: string) =>
    mistake(`${path}: cannot be read (${reason}).`, `${path}: 읽을 수 없음(${reason}).`),
  noBody: () =>
    mistake('No --body FILE was given, so the message was empty.', '--body 파일을 지정하지 않아 빈 메시지로 호출함.'),
  unrecorded: (path: string, lost: number, reason: string) =>
    mistake(
      `${path}: ${String(lost)} records not written (${reason}).`,
      `${path}: 기록 ${String(lost)}건을 저장하지 못함(${reason}).`,
    ),
  unwritable: (path: string, reason: string) =>
    mistake(`${path}: cannot be written (${reason}).`, `${path}: 저장할 수 없음(${reason}).`),
  noRecords: (paths: string) => mistake(`${paths}: no call records.`, `${paths}: 호출 기록이 없음.`),
  outputMissing: () =>
    mistake(
      'A page is no reading for a terminal: -o FILE names where it goes.',
      '터미널에는 보고서를 출력하지 않음. -o 파일을 지정해야 함.',
    ),
  noJson: (path: string, line: number, column: number) =>
    mistake(`${path}: no JSON, line ${line}, column ${column}.`, `${path}: JSON 형식 오류, ${line}행 ${column}열.`),
  tooDeep: (path: string) =>
    mistake(
      `${path}: nested deeper than 100 levels, or a key without quotes.`,
      `${path}: 중첩이 100단계를 넘거나 따옴표 없는 키가 있음.`,
    ),
  noObject: (path: string) => mistake(`${path}: expected a JSON object.`, `${path}: JSON 객체여야 함.`),
  unknownBroker: (path: string, broker: string) =>
    mistake(`${path}: no broker ${quoted(broker)}.`, `${path}: ${quoted(broker)} 증권사가 없음.`),
  noBroker: (name: string) => mistake(`No broker ${quoted(name)}.`, `${quoted(name)} 증권사가 없음.`),
  noOperation: (name: string) => mistake(`No operation ${quoted(name)}.`, `${quoted(name)} 업무가 없음.`),
  noDialect: (name: string) => mistake(`No dialect ${quoted(name)}.`, `${quoted(name)} dialect가 없음.`),
  noBrokerOrPreset: (name: string) =>
    mistake(`No broker and no preset ${quoted(name)}.`, `${quoted(name)} 증권사 또는 프리셋이 없음.`),
  noFileOrPreset: (name: string) =>
    mistake(`No file and no preset ${quoted(name)}.`, `${quoted(name)} 파일 또는 프리셋이 없음.`),
  unknownCode: (code: string) =>
    mistake(
      `No code ${quoted(code)} in the standard. The codes are:`,
      `표준에 ${quoted(code)} 코드가 없음. 코드 목록:`,
    ),
  brokersOwn: () =>
    mistake(
      "Codes from 4000 to 7999 that are not listed are a broker's own: ask the broker.",
      '목록에 없는 4000~7999 코드는 증권사 자체 코드이므로 증권사에 문의한다.',
    ),
  unknownFault: (fault: string, near: readonly string[]) =>
    mistake(`No fault ${quoted(fault)}.`, `${quoted(fault)} 장애 유형이 없음.`, near),
  tryHelp: (command: string) => mistake(`op-exco ${command} --help says more.`, `설명: op-exco ${command} --help`),
  internal: (name: string) => mistake(`Fault of this program (${name}).`, `프로그램 내부 오류(${name}).`),
} as const satisfies Record<string, (...args: never[]) => Words>;
