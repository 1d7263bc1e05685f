/** What stands behind the fixed text of a broker's message: a reason in brackets, a result count, or a number of days. */
export type DetailKind = 'reason' | 'count' | 'days';

/** Which table of the standard a row stands in. */
export type Section = 'common' | 'op-auth' | 'op-exco' | 'broker';

/** One row of the standard's error tables. */
export interface CatalogRow {
  readonly section: Section;
  /** HTTP status the platform answers with. */
  readonly httpStatus: number;
  readonly code: number;
  /** The fixed text, without the comma that leads over to a detail. */
  readonly message: string;
  /** When the error arises, in the standard's own words (Korean). */
  readonly description: string;
  /** What a broker adds behind the fixed text; `null` for nothing. */
  readonly detail: DetailKind | null;
}

/** Table "Common Error": a common error of the platform repeats the HTTP status as its code. */
export const COMMON = [
  {
    section: 'common',
    httpStatus: 400,
    code: 400,
    message: 'Bad Request',
    description:
      '요청 자원에 대한 Parameter, URI Variable, Payload, Content Media-Type이 서버가 요구하는 명세와 다르거나 받아들일 수 없는 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 401,
    code: 401,
    message: 'Unauthorized',
    description: '클라이언트의 인증 요청이 실패한 경우. (e.g. API Key, OAuth…)',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 403,
    code: 403,
    message: 'Forbidden',
    description: 'API 이용 권한 획득에 실패한 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 404,
    code: 404,
    message: 'Not Found',
    description: 'API가 존재하지 않는 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 405,
    code: 405,
    message: 'Method Not Allowed',
    description: 'API가 허용하지 않는 HTTP Method 요청의 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 406,
    code: 406,
    message: 'Not Acceptable',
    description: 'API가 허용하지 않는 Accept Media-Type 요청의 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 408,
    code: 408,
    message: 'Request Timeout',
    description: '요청 API의 수행 시간이 기준 시간보다 초과된 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 415,
    code: 415,
    message: 'Unsupported Media Type',
    description: 'API가 허용하지 않는 Content-Type 요청의 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 500,
    code: 500,
    message: 'Internal Server Error',
    description:
      '플랫폼 내부에서 발생하는 저 수준 오류의 경우. (* low-level error는 비즈니스 오류가 아닌, 코드상의 오류를 말함)',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 503,
    code: 503,
    message: 'Service Unavailable',
    description: '서버가 일시적인 오류이거나 정상적인 서비스가 불가능한 경우.',
    detail: null,
  },
  {
    section: 'common',
    httpStatus: 505,
    code: 505,
    message: 'HTTP Version Not Supported',
    description: '지원되지 않는 HTTP 버전으로 요청한 경우.',
    detail: null,
  },
] as const satisfies readonly CatalogRow[];

/** Table A: the authentication server, category `op-auth`. */
export const AUTH = [
  {
    section: 'op-auth',
    httpStatus: 401,
    code: 2001,
    message: 'Authentication Failed',
    description: '핀테크 서비스 포탈 사용자의 인증에 실패한 경우.',
    detail: null,
  },
  {
    section: 'op-auth',
    httpStatus: 401,
    code: 2002,
    message: 'Invalid OTP Key',
    description: 'OTP Secret Key가 유효하지 않거나 만료된 경우.',
    detail: null,
  },
  {
    section: 'op-auth',
    httpStatus: 401,
    code: 2003,
    message: 'Account Locked',
    description: '인증 시도 제한 횟수를 초과하여 계정이 임시 잠김.',
    detail: null,
  },
  {
    section: 'op-auth',
    httpStatus: 403,
    code: 2100,
    message: 'Authorization Failed',
    description: 'API 및 서비스 이용 권한 획득에 실패한 경우.',
    detail: null,
  },
] as const satisfies readonly CatalogRow[];

/** Table B: the linkage server, category `op-exco`. */
export const EXCO = [
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3001,
    message: 'Bad response trcode',
    description: '금투사로부터 잘못된 TRCODE가 옴',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 400,
    code: 3002,
    message: 'Unknown api url',
    description: '요청한 금투사 api 연결정보를 찾을 수 없는 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 400,
    code: 3003,
    message: '필수 항목 누락',
    description: '필수 항목이 누락된 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3004,
    message: 'network error',
    description: '일시적 network 장애가 발생한 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3005,
    message: 'network timeout',
    description: '금투사 서버로부터 메시지 응답이 지연된 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3006,
    message: 'not found dn',
    description: '요청한 ci로 사용자 dn값을 찾을 수 없을 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3007,
    message: 'not found user',
    description: '요청한 CI로 사용자를 찾을 수 없을 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3008,
    message: 'not found company info',
    description: '요청한 금투사의 정보를 찾을 수 없을 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3009,
    message: 'not found account info',
    description: '실계좌번호를 찾을 수 없을 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3010,
    message: 'expired account',
    description: '요청계좌가 폐기된 계좌일 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3011,
    message: 'Json parsing error',
    description: 'Json 메시지 규격에 오류가 있을 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3012,
    message: 'Unknown account number',
    description: '요청계좌가 증권사에 존재하지 않을 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3013,
    message: 'Unknown account type',
    description: '등록되지 않은 계좌 유형의 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 500,
    code: 3999,
    message: 'Unknown error',
    description: '프로그램 내부 에러(ex : DB에러) 가 발생했을 경우',
    detail: null,
  },
  {
    section: 'op-exco',
    httpStatus: 503,
    code: 3600,
    message: 'Target Company Service Unavailable',
    description: '금투사 서버가 정상적인 서비스가 불가능한 경우.',
    detail: null,
  },
] as const satisfies readonly CatalogRow[];

/** Table C: a broker's server, category the broker's name. */
export const BROKER = [
  { section: 'broker', httpStatus: 500, code: 200, message: 'OK', description: '정상', detail: null },
  {
    section: 'broker',
    httpStatus: 500,
    code: 4000,
    message: 'Mismatch between DN and AccoutNo',
    description: 'DN과 계좌번호가 서로 불일치',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 4001,
    message: 'Account Not Found',
    description: '해당계좌를 찾을 수 없음',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 4002,
    message: 'DN Not Found',
    description: 'DN값을 찾을 수 없음',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 4003,
    message: 'Mismatch between CI and AccountNo',
    description: 'CI와 계좌번호가 서로 불일치',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 4004,
    message: 'CI Not Found',
    description: 'CI값을 찾을 수 없음',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 4005,
    message: 'Mismatch between DN and CI',
    description: 'DN과 CI가 서로 불일치',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 4006,
    message: 'Agreement of Financial Information Not Found.',
    description: '정보제공 동의서의 동의 여부 확인 요망',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 5004,
    message: 'Failure To Enrol an vtAccNo',
    description: '플랫폼에서 발급한 가상계좌번호 등록 실패 (요청방향: 플랫폼->증권사)',
    detail: 'reason',
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 5005,
    message: 'Failure To Change an vtAccNo',
    description: '발급된 가상계좌번호 또는 가상계좌별칭 변경 실패 (요청방향: 플랫폼->증권사)',
    detail: 'reason',
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 5006,
    message: 'Failure To Issue an vtAccNo',
    description: '증권사로 요청한 가상계좌발급이 실패 (요청방향: 플랫폼->증권사)',
    detail: 'reason',
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 5007,
    message: 'Failure To discard an vtAccNo',
    description: '가상계좌 폐기요청이 실패 (요청방향: 증권사->플랫폼, 플랫폼->증권사)',
    detail: 'reason',
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 6001,
    message: 'Invalid Asset Type',
    description: '지원하지 않는 상품구분자',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 6002,
    message: 'Invalid Rsp Type',
    description: '지원하지 않는 응답유형 (QTY, RAT이 아닌 값이 요청에 포함된 경우)',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 6003,
    message: 'Invalid Page Value',
    description: '존재하지 않는 Page Key값 요청 (연속조회시 존재하지 않는 Key값)',
    detail: null,
  },
  { section: 'broker', httpStatus: 500, code: 6004, message: 'Invalid Query Type', description: '.', detail: 'reason' },
  {
    section: 'broker',
    httpStatus: 500,
    code: 6005,
    message: 'Result Too Many',
    description: '증권사에서 제공 가능한 총 건수 (연속조회를 포함)를 초과한 경우',
    detail: 'count',
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 6006,
    message: 'Date Range Exceeded',
    description: '조회 가능한 날짜 범위 초과',
    detail: 'days',
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 6007,
    message: 'Invalid Isincode',
    description: '존재하지 않는 isincode로 조회요청',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 6008,
    message: 'Invalid Side Type',
    description: '잘못된 거래구분 조회조건, BID, ASK, DEP, WID, ALL 이 아닌 값으로 조회',
    detail: null,
  },
  {
    section: 'broker',
    httpStatus: 500,
    code: 7000,
    message: 'Bad Request',
    description: '요청에서 무엇이 문제인지 사유 명시 필요',
    detail: 'reason',
  },
] as const satisfies readonly CatalogRow[];

/**
 * All 51 rows of the standard, in its order.
 *
 * @example ERROR_CATALOG.length; // 51
 */
export const ERROR_CATALOG: readonly CatalogRow[] = [...COMMON, ...AUTH, ...EXCO, ...BROKER];

/** A code the linkage server itself may answer with. */
export type ExcoCode = (typeof EXCO)[number]['code'];
