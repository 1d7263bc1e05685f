import type { Words } from './advice.ts';
import type { AUTH, BROKER, COMMON, EXCO } from './tables.ts';

/** A code of the standard, as a type. */
export type CatalogCode = (typeof COMMON | typeof AUTH | typeof EXCO | typeof BROKER)[number]['code'];

/** What the developer of a fintech app reads of one code. */
export interface CodeAdvice {
  /** When it arises, in English; the catalog's `description` says it in the standard's own Korean. */
  readonly when: string;
  readonly todo: Words;
}

/** Advice for every row of the standard, in its order; a row without an entry here does not compile. */
export const CODE_ADVICE = {
  400: {
    when: 'Parameters, URI variables, payload or media type differ from what the API asks for.',
    todo: {
      en: "Compare the request with the API's specification; do not repeat it unchanged.",
      ko: '요청을 API 명세와 대조해 수정한다. 그대로 재시도하지 않는다.',
    },
  },
  401: {
    when: 'The client could not be authenticated (API key, OAuth).',
    todo: {
      en: 'Obtain a new token or check the API key, then send again.',
      ko: '토큰을 다시 발급받거나 API Key를 확인한 뒤 재요청한다.',
    },
  },
  403: {
    when: 'The client has no permission for the API.',
    todo: {
      en: 'Apply for the API in the developer portal and check the scope of the token.',
      ko: '포털에서 API 이용 신청 상태와 토큰의 권한 범위(scope)를 확인한다.',
    },
  },
  404: {
    when: 'The API does not exist.',
    todo: { en: 'Check the URL, the version in it and the broker name.', ko: 'URL, 버전, 증권사명을 확인한다.' },
  },
  405: {
    when: 'The API does not allow this HTTP method.',
    todo: {
      en: 'Use the method of the specification, mostly POST.',
      ko: '명세의 HTTP Method(대부분 POST)로 요청한다.',
    },
  },
  406: {
    when: 'The API does not offer the media type named in Accept.',
    todo: { en: 'Send `Accept: application/json`.', ko: '`Accept: application/json`으로 요청한다.' },
  },
  408: {
    when: 'The API took longer than its time limit.',
    todo: {
      en: 'Try a query again after a pause; for a change, look at its result first.',
      ko: '조회는 잠시 후 재시도하고, 등록·변경 거래는 처리 결과부터 확인한다.',
    },
  },
  415: {
    when: 'The API does not accept the Content-Type of the request.',
    todo: {
      en: 'Send `Content-Type: application/json; charset=utf-8`.',
      ko: '`Content-Type: application/json; charset=utf-8`로 요청한다.',
    },
  },
  500: {
    when: 'A low-level fault inside the platform, in its code and not in the business.',
    todo: {
      en: 'Nothing to mend in the app: report request id and time to the platform.',
      ko: '앱에서 조치할 사항은 없다. 요청 ID와 시각을 플랫폼에 신고한다.',
    },
  },
  503: {
    when: 'The server has a temporary fault or cannot serve.',
    todo: {
      en: 'Show a notice, try again after `Retry-After` or a minute.',
      ko: '안내 문구를 표시하고 `Retry-After` 또는 1분 후 재시도한다.',
    },
  },
  505: {
    when: 'The request uses an HTTP version that is not supported.',
    todo: { en: 'Use HTTP/1.1.', ko: 'HTTP/1.1로 요청한다.' },
  },

  2001: {
    when: 'The user of the fintech service portal could not be authenticated.',
    todo: { en: 'Ask the user to log in again.', ko: '사용자에게 다시 로그인하도록 안내한다.' },
  },
  2002: {
    when: 'The OTP secret key is invalid or has expired.',
    todo: {
      en: 'Have the user register the OTP again; check the clock of the device.',
      ko: 'OTP 재등록을 안내하고 기기 시각을 확인한다.',
    },
  },
  2003: {
    when: 'Too many failed attempts; the account is locked for a while.',
    todo: {
      en: 'Stop trying automatically; tell the user to wait or to have the account unlocked.',
      ko: '자동 재시도를 중단하고 잠금 해제 절차를 안내한다.',
    },
  },
  2100: {
    when: 'No right to use the API or the service.',
    todo: {
      en: 'Check the contract and the permissions of the service in the portal.',
      ko: '포털에서 이용 계약과 서비스 권한을 확인한다.',
    },
  },

  3001: {
    when: 'The broker answered with a wrong TRCODE.',
    todo: {
      en: 'Do not use what came. For a change, have the result confirmed; report request id and time to the platform.',
      ko: '수신 내용을 사용하지 않는다. 등록·변경 거래는 처리 결과를 확인하고 요청 ID와 시각을 플랫폼에 신고한다.',
    },
  },
  3002: {
    when: 'No connection is known for the requested API of the broker.',
    todo: {
      en: 'Check whether this broker offers this API; leave it out of the menu where it does not.',
      ko: '해당 증권사의 API 제공 여부를 확인하고, 제공하지 않으면 메뉴에서 제외한다.',
    },
  },
  3003: {
    when: 'A required item is missing.',
    todo: {
      en: 'Fill in the items named in the description, then send again.',
      ko: 'description에 표시된 항목을 채워 다시 요청한다.',
    },
  },
  3004: {
    when: 'A temporary network fault.',
    todo: {
      en: 'Try a query again after some seconds; for a change, look at its result first.',
      ko: '조회는 수 초 후 재시도하고, 등록·변경 거래는 처리 결과부터 확인한다.',
    },
  },
  3005: {
    when: 'The answer of the broker is late.',
    todo: {
      en: 'Try a query again once; for a change, look at its result first, since it may have happened.',
      ko: '조회는 한 번만 재시도하고, 등록·변경 거래는 처리되었을 수 있으므로 결과부터 확인한다.',
    },
  },
  3006: {
    when: 'No DN is found for the CI of the request.',
    todo: {
      en: 'Check the CI; ask the user to register the certificate with the platform again.',
      ko: 'CI 값을 확인하고 사용자에게 인증서 재등록을 안내한다.',
    },
  },
  3007: {
    when: 'No user is found for the CI of the request.',
    todo: {
      en: 'Check the CI; the user has to become a member of the platform first.',
      ko: 'CI 값을 확인하고 플랫폼 회원 가입을 안내한다.',
    },
  },
  3008: {
    when: 'No information is found about the requested broker.',
    todo: {
      en: 'Check broker name and company code against the current list.',
      ko: '증권사명과 회사코드를 최신 목록과 대조한다.',
    },
  },
  3009: {
    when: 'No real account number is found.',
    todo: {
      en: 'Ask the user to link the account again and to have a new virtual account number issued.',
      ko: '계좌를 다시 연결해 가상계좌번호를 재발급받도록 안내한다.',
    },
  },
  3010: {
    when: 'The requested account has been discarded.',
    todo: {
      en: 'Remove the virtual account from the app and offer to link another one.',
      ko: '앱에서 해당 가상계좌를 삭제하고 새 계좌 연결을 안내한다.',
    },
  },
  3011: {
    when: 'A message is not in the form of the standard.',
    todo: {
      en: 'Not caused by the app: report request id and time. For a change, look at its result first.',
      ko: '앱의 문제가 아니므로 요청 ID와 시각을 플랫폼에 신고한다. 등록·변경 거래는 처리 결과부터 확인한다.',
    },
  },
  3012: {
    when: 'The requested account does not exist at the broker.',
    todo: {
      en: 'Check the virtual account number; offer to link the account again.',
      ko: '가상계좌번호를 확인하고 계좌 재연결을 안내한다.',
    },
  },
  3013: {
    when: 'The account type is not registered.',
    todo: {
      en: 'Offer only the account types that the API documents.',
      ko: 'API 명세에 있는 계좌 유형만 사용한다.',
    },
  },
  3999: {
    when: 'A fault inside the linkage server (e.g. its database).',
    todo: {
      en: 'Nothing to mend in the app: report request id and time. For a change, look at its result first.',
      ko: '앱에서 조치할 사항은 없다. 요청 ID와 시각을 플랫폼에 신고하고, 등록·변경 거래는 처리 결과부터 확인한다.',
    },
  },
  3600: {
    when: "The broker's server cannot serve.",
    todo: {
      en: 'Name the broker in a notice, keep the other brokers usable, try again after `Retry-After` or a minute.',
      ko: '해당 증권사만 이용이 어렵다고 안내하고, `Retry-After` 또는 1분 후 재시도한다.',
    },
  },

  200: {
    when: 'Normal: the respCode of a success, no error.',
    todo: { en: 'Nothing to do.', ko: '조치할 사항이 없다.' },
  },
  4000: {
    when: 'DN and account number do not belong together.',
    todo: {
      en: 'Ask the user which account the certificate belongs to, and link that one.',
      ko: '인증서 명의의 계좌인지 확인하고 해당 계좌를 다시 연결하도록 안내한다.',
    },
  },
  4001: {
    when: 'The broker does not find the account.',
    todo: {
      en: 'Check the account number; the account may be closed. Do not repeat it unchanged.',
      ko: '계좌번호와 해지 여부를 확인한다. 그대로 재시도하지 않는다.',
    },
  },
  4002: {
    when: 'The broker does not find the DN.',
    todo: {
      en: "Ask the user to register the certificate with the broker (other institution's certificate).",
      ko: '해당 증권사에 타기관 인증서를 등록하도록 안내한다.',
    },
  },
  4003: {
    when: 'CI and account number do not belong together.',
    todo: {
      en: "Check that the account is the user's own; link it again.",
      ko: '본인 명의 계좌인지 확인하고 다시 연결하도록 안내한다.',
    },
  },
  4004: {
    when: 'The broker does not find the CI.',
    todo: {
      en: 'The person is not known to the broker by this CI: ask the user to verify their identity there.',
      ko: '해당 증권사에서 본인확인(CI 등록)을 하도록 안내한다.',
    },
  },
  4005: {
    when: 'DN and CI do not belong together.',
    todo: {
      en: 'Check that certificate and identity check are of the same person.',
      ko: '인증서와 본인확인 정보가 동일인인지 확인한다.',
    },
  },
  4006: {
    when: 'The consent to provide financial information is missing or has expired.',
    todo: {
      en: 'Lead the user through the consent again, then repeat the query.',
      ko: '정보제공 동의를 다시 받은 뒤 조회한다.',
    },
  },
  5004: {
    when: 'The broker could not enrol a virtual account number issued by the platform.',
    todo: {
      en: 'Read the reason in the description; correct the request or report it to the broker.',
      ko: 'description의 사유를 확인해 요청을 수정하거나 증권사에 문의한다.',
    },
  },
  5005: {
    when: 'A virtual account number or its alias could not be changed.',
    todo: {
      en: 'Read the reason in the description; the old number and alias still hold.',
      ko: 'description의 사유를 확인한다. 기존 번호와 별칭은 그대로 유효하다.',
    },
  },
  5006: {
    when: 'The broker could not issue a virtual account number.',
    todo: {
      en: 'Read the reason in the description; look whether a number exists already before asking again.',
      ko: 'description의 사유를 확인하고, 재요청 전에 이미 발급된 번호가 있는지 확인한다.',
    },
  },
  5007: {
    when: 'A virtual account number could not be discarded.',
    todo: {
      en: 'Read the reason in the description; treat the number as still in use.',
      ko: 'description의 사유를 확인한다. 해당 번호는 아직 사용 중인 것으로 처리한다.',
    },
  },
  6001: {
    when: 'The asset type is not supported.',
    todo: {
      en: 'Ask for one asset type at a time; not every broker answers ALL.',
      ko: '상품구분을 하나씩 지정해 조회한다. ALL을 지원하지 않는 증권사가 있다.',
    },
  },
  6002: {
    when: 'The response type is neither QTY nor RAT.',
    todo: { en: 'Send QTY or RAT.', ko: 'QTY 또는 RAT으로 요청한다.' },
  },
  6003: {
    when: 'The page key does not exist.',
    todo: {
      en: 'Start again at the first page ("null"); use each key as it came and soon.',
      ko: '첫 페이지("null")부터 다시 조회한다. 연속조회 키는 받은 값 그대로 사용한다.',
    },
  },
  6004: {
    when: 'The query type is not valid.',
    todo: {
      en: 'Read the reason in the description and correct the query.',
      ko: 'description의 사유를 확인해 조회 조건을 수정한다.',
    },
  },
  6005: {
    when: 'The query gives more results than the broker can provide, paging included.',
    todo: {
      en: 'Narrow the query (shorter period, one asset type); the description has the number of results.',
      ko: '기간이나 상품을 좁혀 조회한다. description에 결과 건수가 있다.',
    },
  },
  6006: {
    when: 'The range of dates is longer than may be queried.',
    todo: {
      en: 'Split the period; the description has the longest range in days.',
      ko: '기간을 나누어 조회한다. description에 최대 조회 일수가 있다.',
    },
  },
  6007: {
    when: 'The isincode of the query does not exist.',
    todo: {
      en: 'Check the isincode against the current list of instruments.',
      ko: '최신 종목 정보에서 isincode를 확인한다.',
    },
  },
  6008: {
    when: 'The side is none of BID, ASK, DEP, WID and ALL.',
    todo: {
      en: 'Send BID, ASK, DEP, WID or ALL.',
      ko: 'BID, ASK, DEP, WID, ALL 중 하나로 요청한다.',
    },
  },
  7000: {
    when: 'The broker finds the request wrong; the reason says what.',
    todo: {
      en: 'Read the reason in the description and correct the request; do not repeat it unchanged.',
      ko: 'description의 사유를 확인해 요청을 수정한다. 그대로 재시도하지 않는다.',
    },
  },
} as const satisfies Record<CatalogCode, CodeAdvice>;

const BY_CODE: Readonly<Record<number, CodeAdvice | undefined>> = CODE_ADVICE;

/** The advice for a code of the catalog; `undefined` for any other. */
export function codeAdvice(code: number): CodeAdvice | undefined {
  return BY_CODE[code];
}
