import type { Blame, Evidence, Fault, Repeat } from './faults.ts';

/** A language that texts for people come in. */
export type Language = 'en' | 'ko';

/** One text in every language. */
export type Words = Readonly<Record<Language, string>>;

/** What the person on call reads of one fault. */
export interface FaultAdvice {
  /** How it shows. */
  readonly when: Words;
  /** What to do in the next minute. Begins with the desk of whoever is to blame. */
  readonly todo: Words;
}

/** Whose desk it is (column `blame` of the fault table). */
export const BLAME_WORDS = {
  broker: { en: 'broker', ko: '증권사' },
  path: { en: 'network', ko: '네트워크' },
  platform: { en: 'us', ko: '연계서버' },
  caller: { en: 'caller', ko: '이용기관' },
} as const satisfies Record<Blame, Words>;

/** What a call says of the broker (column `evidence`). */
export const EVIDENCE_WORDS = {
  up: { en: 'it is up', ko: '정상 가동 중' },
  down: { en: 'it is down', ko: '장애 의심' },
  operation: { en: 'this operation is broken', ko: '해당 업무만 이상' },
  self: { en: 'nothing, we are in trouble', ko: '증권사와 무관(자체 장애)' },
  none: { en: 'nothing', ko: '판단 근거 없음' },
} as const satisfies Record<Evidence, Words>;

/** When the same request may be sent again (columns `read` and `write`). */
export const REPEAT_WORDS = {
  no: { en: 'no', ko: '불가' },
  yes: { en: 'yes', ko: '가능' },
  once: { en: 'once', ko: '1회' },
  'once-fresh': { en: 'once, on a new socket', ko: '새 연결로 1회' },
  'if-retry-after': { en: 'after Retry-After', ko: 'Retry-After 경과 후' },
  'after-renewal': { en: 'once, after renewal of the credentials', ko: '인증정보 갱신 후 1회' },
} as const satisfies Record<Repeat, Words>;

/** Advice for every row of the fault table, in its order; a fault without a row here does not compile. */
export const ADVICE = {
  'unknown-broker': {
    when: { en: 'The call names a broker that is not configured.', ko: '설정에 없는 증권사를 호출함.' },
    todo: {
      en: 'Caller: check the alias or comId. Us: add the broker to the configuration if it belongs there.',
      ko: '이용기관: 증권사 별칭 또는 회사코드(comId)를 확인한다. 연계서버: 연계 대상이면 설정에 등록한다.',
    },
  },
  'unknown-operation': {
    when: {
      en: 'The call names an operation that does not exist or is switched off for this broker.',
      ko: '정의되지 않았거나 해당 증권사에서 사용 중지된 업무를 호출함.',
    },
    todo: {
      en: "Caller: check the operation's name. Us: look for `false` under this broker's `operations`.",
      ko: '이용기관: 업무명을 확인한다. 연계서버: 해당 증권사 설정의 `operations`에 `false`로 막힌 업무인지 확인한다.',
    },
  },
  'missing-field': {
    when: {
      en: 'The message lacks fields that the operation needs; the description names each of them.',
      ko: '업무에 필요한 항목이 요청 전문에 없음(누락 항목은 description에 모두 표시).',
    },
    todo: {
      en: 'Caller: fill in the fields named in the description, then send again.',
      ko: '이용기관: description에 표시된 항목을 채워 다시 요청한다.',
    },
  },
  'maintenance-window': {
    when: {
      en: "The call fell into the broker's configured maintenance window and was not dialled.",
      ko: '설정된 증권사 점검 시간이어서 접속하지 않고 거절함.',
    },
    todo: {
      en: 'Broker: nothing to repair, calls pass when the window ends. Us: correct `maintenance.windows` if other times were announced.',
      ko: '증권사: 점검 종료 시 자동 재개되므로 별도 조치는 없다. 연계서버: 공지된 시간과 다르면 `maintenance.windows`를 수정한다.',
    },
  },
  'breaker-open': {
    when: {
      en: 'Too many recent calls to this broker failed; calls are held back for a while.',
      ko: '최근 호출 실패가 누적되어 차단기(circuit breaker)가 열림.',
    },
    todo: {
      en: 'Broker: report the faults just before this one, they are the cause. Restart nothing; a probe call closes the breaker.',
      ko: '증권사: 직전에 발생한 장애가 원인이므로 그 내용을 통보한다. 시험 호출이 성공하면 자동 복구되므로 재기동하지 않는다.',
    },
  },
  'bulkhead-full': {
    when: {
      en: 'Every slot and every queue place for this broker is taken.',
      ko: '해당 증권사에 할당된 동시 처리 건수와 대기열이 모두 소진됨.',
    },
    todo: {
      en: "Us: see whether the load rose or the broker became slow. Raise `concurrency` only with the broker's consent.",
      ko: '연계서버: 거래량 급증인지 증권사 응답 지연인지 확인한다. `concurrency` 상향은 증권사와 협의한 뒤에 한다.',
    },
  },
  'deadline-exceeded': {
    when: {
      en: 'The time of the call ran out before anything was sent.',
      ko: '요청을 내보내기 전에 호출 제한시간이 모두 소진됨.',
    },
    todo: {
      en: 'Us: check how long calls wait in our queue. Caller: check that `deadlineMs` is not too short; the broker was not asked.',
      ko: '연계서버: 대기열 체류시간을 확인한다. 이용기관: `deadlineMs`가 너무 짧지 않은지 확인한다(증권사에는 전송되지 않음).',
    },
  },
  'dns-not-found': {
    when: { en: "The broker's host name does not exist (ENOTFOUND).", ko: '증권사 호스트명이 DNS에 없음(ENOTFOUND).' },
    todo: {
      en: "Us: compare the host in `baseUrl` with the broker's notice, then have our DNS zone checked.",
      ko: '연계서버: `baseUrl`의 호스트명을 증권사 통지 내용과 대조하고, 이상 없으면 사내 DNS 등록을 확인한다.',
    },
  },
  'dns-unavailable': {
    when: { en: 'The name server did not answer (EAI_AGAIN).', ko: 'DNS 서버가 응답하지 않음(EAI_AGAIN).' },
    todo: {
      en: 'Us: have our name servers checked. Several brokers failing this way at once confirms that it is ours.',
      ko: '연계서버: 사내 DNS 서버 상태를 점검한다. 여러 증권사에서 동시에 발생하면 자체 장애로 확정한다.',
    },
  },
  'local-resources': {
    when: {
      en: 'This server ran out of file handles, ports or memory.',
      ko: '연계서버의 파일 핸들, 포트 또는 메모리가 부족함.',
    },
    todo: {
      en: 'Us: check open sockets, files and memory of this process; take the server out of service if it does not recover.',
      ko: '연계서버: 프로세스의 소켓·파일 수와 메모리를 점검하고, 회복되지 않으면 해당 서버를 서비스에서 분리한다.',
    },
  },
  'network-unreachable': {
    when: {
      en: 'This server has no link or no route (ENETUNREACH, ENETDOWN).',
      ko: '연계서버의 회선 또는 라우팅 경로가 없음(ENETUNREACH, ENETDOWN).',
    },
    todo: {
      en: "Us: check this server's link, routing table and leased line before asking any broker.",
      ko: '연계서버: 증권사 문의 전에 서버 NIC, 라우팅 테이블, 전용회선 상태부터 점검한다.',
    },
  },
  'host-unreachable': {
    when: {
      en: "A router reports that the broker's host cannot be reached (EHOSTUNREACH).",
      ko: '경로상의 장비가 증권사 호스트에 도달할 수 없다고 응답함(EHOSTUNREACH).',
    },
    todo: {
      en: 'Network: trace the line and the firewall towards the broker. Broker: ask its network desk to trace from the other end.',
      ko: '네트워크: 증권사 구간의 회선과 방화벽을 추적한다. 증권사: 상대편 네트워크 담당에게 반대 방향 점검을 요청한다.',
    },
  },
  'connect-refused': {
    when: {
      en: "The broker's host is there, but nothing listens on the port (ECONNREFUSED).",
      ko: '증권사 서버가 접속을 거부함(ECONNREFUSED). 포트가 열려 있지 않음.',
    },
    todo: {
      en: 'Broker: ask whether the server process is running; give address, port and time. Calls resume without a change here.',
      ko: '증권사: 접속 주소, 포트, 발생 시각을 알리고 서버 프로세스 기동 여부를 확인한다. 기동되면 별도 조치 없이 정상화된다.',
    },
  },
  'connect-reset': {
    when: {
      en: 'The connection was lost before the request had left.',
      ko: '요청을 다 보내기 전에 연결이 끊김.',
    },
    todo: {
      en: 'Network: look for resets in the firewall and load-balancer logs at that time. Sending again is safe.',
      ko: '네트워크: 해당 시각의 방화벽·L4 로그에서 강제 종료(RST) 이력을 확인한다. 처리된 내용이 없으므로 재요청해도 된다.',
    },
  },
  'connect-timeout': {
    when: {
      en: 'TCP or TLS was not set up in time.',
      ko: 'TCP 연결 또는 TLS 수립이 제한시간을 넘김.',
    },
    todo: {
      en: 'Network: check whether packets to the broker are dropped (firewall rule, leased line). Broker: ask whether others get through.',
      ko: '네트워크: 증권사 방향 패킷이 차단되는지(방화벽 정책, 전용회선) 확인한다. 증권사: 다른 기관의 접속은 정상인지 문의한다.',
    },
  },
  'tls-certificate': {
    when: {
      en: "The broker's certificate has expired, is not valid yet, or is for another host.",
      ko: '증권사 인증서가 만료되었거나 유효기간 전이거나 호스트명이 다름.',
    },
    todo: {
      en: 'Broker: tell the desk the expiry date and host name seen, and ask for a valid certificate today.',
      ko: '증권사: 확인된 만료일과 호스트명을 알리고 인증서 교체를 즉시 요청한다.',
    },
  },
  'tls-untrusted': {
    when: {
      en: "The issuer of the broker's certificate is not one we trust.",
      ko: '증권사 인증서의 발급기관이 신뢰 목록에 없음(자체 서명 포함).',
    },
    todo: {
      en: "Us: have the broker confirm the issuer's certificate by telephone, then add it as `tls.ca`.",
      ko: '연계서버: 발급기관 인증서를 증권사에 유선으로 확인한 뒤 `tls.ca`에 추가한다.',
    },
  },
  'tls-client-rejected': {
    when: {
      en: 'The broker refused our client certificate, or we have none.',
      ko: '증권사가 연계서버의 클라이언트 인증서를 거부했거나 인증서가 없음.',
    },
    todo: {
      en: 'Us: check `tls.cert` and its expiry date. Broker: ask whether this certificate is registered there.',
      ko: '연계서버: `tls.cert` 설정과 만료일을 확인한다. 증권사: 해당 인증서의 등록 여부를 문의한다.',
    },
  },
  'tls-handshake': {
    when: {
      en: 'No common TLS version or cipher, or clear text on a TLS port.',
      ko: 'TLS 버전·암호군이 맞지 않거나 TLS 포트에서 평문이 옴.',
    },
    todo: {
      en: 'Broker: ask what changed in TLS versions and ciphers of this port. Us: check scheme and port of `baseUrl`.',
      ko: '증권사: 해당 포트의 TLS 버전·암호군 변경 여부를 문의한다. 연계서버: `baseUrl`의 프로토콜과 포트를 확인한다.',
    },
  },
  'reset-before-response': {
    when: {
      en: 'The connection was lost after the request had left and before any answer.',
      ko: '요청을 보낸 뒤 응답이 오기 전에 연결이 끊김.',
    },
    todo: {
      en: 'Network: match firewall and load-balancer logs with the time. Broker: for a write, have the result confirmed before sending it again.',
      ko: '네트워크: 해당 시각의 방화벽·L4 로그를 대조한다. 증권사: 변경 거래이면 처리 여부를 확인받기 전까지 재요청하지 않는다.',
    },
  },
  'response-timeout': {
    when: {
      en: 'The request left, and no answer began in time.',
      ko: '요청을 보냈으나 제한시간 안에 응답이 시작되지 않음.',
    },
    todo: {
      en: 'Broker: report the slow operation with request ids and times. For a write, have the result confirmed before sending it again.',
      ko: '증권사: 지연 업무와 요청 ID, 발생 시각을 통보한다. 변경 거래이면 처리 여부를 확인받기 전까지 재요청하지 않는다.',
    },
  },
  'http-malformed': {
    when: {
      en: 'What came back is not HTTP, or its head is over the limit.',
      ko: 'HTTP가 아닌 데이터가 왔거나 응답 헤더가 한도를 넘음.',
    },
    todo: {
      en: 'Broker: ask what answers on this port. Us: check scheme and port of `baseUrl`.',
      ko: '증권사: 해당 포트에서 어떤 서버가 응답하는지 문의한다. 연계서버: `baseUrl`의 프로토콜과 포트를 확인한다.',
    },
  },
  'body-cut': {
    when: {
      en: 'The connection was lost inside the answer.',
      ko: '응답 본문을 받는 도중 연결이 끊김.',
    },
    todo: {
      en: 'Network: check the line and the proxies for cut connections. Broker: if it is always the same operation, report that one.',
      ko: '네트워크: 회선과 프록시의 연결 끊김 이력을 확인한다. 증권사: 특정 업무에서만 반복되면 해당 업무를 통보한다.',
    },
  },
  'body-timeout': {
    when: {
      en: 'The answer began and then stalled past the limit.',
      ko: '응답이 시작된 뒤 수신이 멈추거나 제한시간을 넘김.',
    },
    todo: {
      en: 'Broker: report operation, request id and time. For a write, have the result confirmed before sending it again.',
      ko: '증권사: 업무명, 요청 ID, 발생 시각을 통보한다. 변경 거래이면 처리 여부를 확인받기 전까지 재요청하지 않는다.',
    },
  },
  'maintenance-page': {
    when: { en: 'The broker answers with its maintenance page.', ko: '증권사가 점검 안내 페이지로 응답함.' },
    todo: {
      en: 'Broker: ask when service resumes. Us: enter that time under `maintenance.windows` and tell the callers.',
      ko: '증권사: 서비스 재개 시각을 문의한다. 연계서버: `maintenance.windows`에 등록하고 이용기관에 공지한다.',
    },
  },
  'http-redirect': {
    when: {
      en: 'The broker redirects (3xx); redirects are never followed.',
      ko: '증권사가 다른 주소로 전환(3xx)을 응답함. 전환은 따라가지 않음.',
    },
    todo: {
      en: 'Broker: ask whether the address moved or a notice page stands in front. Us: change `baseUrl` only on a written notice.',
      ko: '증권사: 주소 변경인지 안내 페이지 적용인지 문의한다. 연계서버: `baseUrl`은 공문 등 공식 통보가 있을 때만 변경한다.',
    },
  },
  'http-unavailable': {
    when: {
      en: 'HTTP 502 or 503 without a message of the standard.',
      ko: '표준 전문 없이 HTTP 502 또는 503이 옴.',
    },
    todo: {
      en: 'Broker: its gateway is up and the application behind it is not; ask when it will be back.',
      ko: '증권사: 게이트웨이는 응답하나 뒤편 업무 서버가 내려간 상태임을 알리고 복구 예정 시각을 문의한다.',
    },
  },
  'http-server-error': {
    when: {
      en: 'HTTP 500 or another 5xx without a message of the standard.',
      ko: '표준 전문 없이 HTTP 500 등 5xx가 옴.',
    },
    todo: {
      en: 'Broker: report request id and time; the cause is in its server log.',
      ko: '증권사: 요청 ID와 발생 시각을 알리고 서버 로그 확인을 요청한다.',
    },
  },
  'http-timeout': {
    when: {
      en: 'HTTP 408 or 504 without a message of the standard.',
      ko: '표준 전문 없이 HTTP 408 또는 504가 옴.',
    },
    todo: {
      en: 'Broker: its gateway gave up waiting for its own application; report operation and time.',
      ko: '증권사: 게이트웨이가 내부 업무 서버를 기다리다 포기한 것이므로 업무명과 발생 시각을 통보한다.',
    },
  },
  throttled: {
    when: {
      en: 'The broker limits how often we call (429, or a code of its own).',
      ko: '증권사가 호출 횟수를 제한함(429 또는 증권사 자체 코드).',
    },
    todo: {
      en: 'Us: find the caller or batch job behind the load and slow it down; wait as long as `retryAfterMs` says.',
      ko: '연계서버: 호출이 몰린 이용기관이나 배치 작업을 찾아 속도를 낮추고, `retryAfterMs`만큼 기다린다.',
    },
  },
  'http-not-found': {
    when: {
      en: 'HTTP 404, 405, 410 or 501: the broker does not know this address.',
      ko: 'HTTP 404, 405, 410 또는 501. 증권사에 없는 주소로 요청함.',
    },
    todo: {
      en: "Us: compare `baseUrl` and the operation's path with the broker's interface document. Broker: ask whether the path was changed.",
      ko: '연계서버: `baseUrl`과 업무 경로를 증권사 연계 정의서와 대조한다. 증권사: 경로 변경 여부를 문의한다.',
    },
  },
  'http-denied': {
    when: {
      en: 'HTTP 401, 403 or 407 without a message of the standard.',
      ko: '표준 전문 없이 HTTP 401, 403 또는 407이 옴.',
    },
    todo: {
      en: 'Us: check keys and headers in the configuration. Broker: ask whether our address is on its allow list.',
      ko: '연계서버: 설정의 인증키와 헤더를 확인한다. 증권사: 연계서버 IP가 허용 목록에 있는지 문의한다.',
    },
  },
  'http-rejected': {
    when: {
      en: 'Another HTTP 4xx without a message of the standard.',
      ko: '표준 전문 없이 그 밖의 HTTP 4xx가 옴.',
    },
    todo: {
      en: "Us: repeat it once with `op-exco call` and compare headers, media type and size with the broker's interface document.",
      ko: '연계서버: `op-exco call`로 한 번 재현하고 헤더, Content-Type, 전문 크기를 증권사 연계 정의서와 대조한다.',
    },
  },
  'body-empty': {
    when: { en: 'The answer is complete and empty.', ko: '응답이 정상 종료되었으나 내용이 없음.' },
    todo: {
      en: 'Broker: report request id and time; its application ended without an answer. For a write, have the result confirmed first.',
      ko: '증권사: 응답 전문 없이 종료되었음을 요청 ID, 시각과 함께 통보한다. 변경 거래이면 처리 여부부터 확인받는다.',
    },
  },
  'body-html': {
    when: { en: 'An HTML page came with a success status.', ko: '정상 상태코드와 함께 HTML 페이지가 옴.' },
    todo: {
      en: 'Broker: ask which page stands in front of the service. Us: if it is a maintenance page, add a word of it to `maintenance.pageMatches`.',
      ko: '증권사: 어떤 페이지가 적용되었는지 문의한다. 연계서버: 점검 페이지이면 그 문구를 `maintenance.pageMatches`에 추가한다.',
    },
  },
  'body-too-large': {
    when: {
      en: 'The answer is over the size limit (8 MiB unless configured).',
      ko: '응답 크기가 한도(기본 8 MiB)를 넘음.',
    },
    todo: {
      en: 'Broker: ask whether an answer of that size is meant. Caller: narrow the query. Us: raise `limits.bodyBytes` only after that.',
      ko: '증권사: 의도한 크기인지 문의한다. 이용기관: 조회 범위를 줄인다. 연계서버: `limits.bodyBytes` 상향은 확인 후에 한다.',
    },
  },
  'body-encoding': {
    when: {
      en: 'The compression of the answer is corrupt, or its characters cannot be decoded.',
      ko: '응답의 압축이 깨졌거나 문자를 해독할 수 없음.',
    },
    todo: {
      en: 'Broker: ask for charset and compression of this operation. Us: set `charset` if the broker names one its answers do not declare.',
      ko: '증권사: 해당 업무의 문자셋과 압축 방식을 문의한다. 연계서버: 응답에 표기되지 않는 문자셋이면 `charset`에 지정한다.',
    },
  },
  'json-invalid': {
    when: {
      en: 'The answer is no JSON, is cut off, or goes on after its end.',
      ko: '응답이 JSON이 아니거나 중간에 잘렸거나 뒤에 다른 내용이 붙음.',
    },
    todo: {
      en: 'Broker: report request id and time and ask for correct JSON. Us: keep the fixture, `op-exco classify` judges it offline.',
      ko: '증권사: 요청 ID와 발생 시각을 알리고 전문 수정을 요청한다. 연계서버: 수신 전문을 보관해 `op-exco classify`로 재확인한다.',
    },
  },
  'envelope-missing': {
    when: { en: 'JSON came, but without the result block.', ko: 'JSON이지만 결과부(resp)가 없음.' },
    todo: {
      en: "Broker: ask for the standard's result block. Us: if the broker speaks a format of its own, describe it as `dialect`.",
      ko: '증권사: 표준 결과부를 요청한다. 연계서버: 증권사 고유 전문이면 `dialect`로 정의한다.',
    },
  },
  'respcode-invalid': {
    when: {
      en: 'The result block has no respCode, or one that is no number.',
      ko: 'respCode가 없거나 null이거나 숫자가 아님.',
    },
    todo: {
      en: 'Broker: report request id and time and ask for a respCode of the standard.',
      ko: '증권사: 요청 ID와 발생 시각을 알리고 표준 respCode를 보내도록 요청한다.',
    },
  },
  'respcode-out-of-range': {
    when: {
      en: 'The respCode is a number, but neither 200 nor 4000 to 7999.',
      ko: 'respCode가 200도 아니고 4000~7999 범위도 아님.',
    },
    todo: {
      en: 'Broker: ask what its code (`brokerCode`) means. Us: map it under `dialect.respCodes`.',
      ko: '증권사: 해당 코드(`brokerCode`)의 의미를 문의한다. 연계서버: `dialect.respCodes`에 매핑한다.',
    },
  },
  'status-conflict': {
    when: {
      en: 'The answer says respCode 200 under an HTTP status of 400 or more.',
      ko: 'respCode는 200인데 HTTP 상태코드는 400 이상임.',
    },
    todo: {
      en: 'Broker: ask which of the two holds. For a write, have the result confirmed before sending it again.',
      ko: '증권사: 어느 쪽이 맞는지 문의한다. 변경 거래이면 처리 여부를 확인받기 전까지 재요청하지 않는다.',
    },
  },
  'page-repeated': {
    when: {
      en: 'The broker gave the same page key twice, so the list would never end.',
      ko: '연속조회 키가 반복되어 조회가 끝나지 않음.',
    },
    todo: {
      en: 'Broker: report operation and request id; its paging is broken. Caller: treat the rows read so far as incomplete.',
      ko: '증권사: 업무명과 요청 ID를 알리고 연속조회 오류 수정을 요청한다. 이용기관: 지금까지 받은 내역은 불완전한 것으로 처리한다.',
    },
  },
  'trcode-mismatch': {
    when: {
      en: "The TRCODE of the answer is missing or another's, or the number of items differs.",
      ko: '응답 TRCODE가 없거나 요청과 다름, 또는 건수가 일치하지 않음.',
    },
    todo: {
      en: 'Broker: report at once with request id and time, answers may be mixed up. For a write, have the result confirmed.',
      ko: '증권사: 응답이 뒤바뀔 우려가 있으므로 요청 ID와 시각을 즉시 통보한다. 변경 거래이면 처리 여부를 확인받는다.',
    },
  },
  'echo-mismatch': {
    when: {
      en: "The answer repeats another request's id, account or CI; it was not handed on.",
      ko: '응답의 요청 ID·계좌번호·CI가 요청과 다름. 타 고객 정보일 수 있어 전달하지 않음.',
    },
    todo: {
      en: 'Broker: report at once with request id and time, answers are mixed up. Us: inform the data-protection officer.',
      ko: '증권사: 응답이 뒤바뀌었음을 요청 ID, 시각과 함께 즉시 통보한다. 연계서버: 개인정보 보호책임자에게 보고한다.',
    },
  },
  'broker-error': {
    when: {
      en: 'The broker answered with an error of its own (4000 to 7999); it is up.',
      ko: '증권사가 업무 오류(4000~7999)를 응답함. 증권사 서버는 정상임.',
    },
    todo: {
      en: 'Caller: act on the code, `op-exco codes CODE` says how. No outage to report.',
      ko: '이용기관: 오류코드별로 조치한다(`op-exco codes 코드` 참고). 장애 통보 대상이 아니다.',
    },
  },
  'item-failed': {
    when: {
      en: 'The answer is a success, but the item in it is marked FAILURE or FAILED.',
      ko: '응답은 정상이나 개별 건의 상태가 FAILURE 또는 FAILED임.',
    },
    todo: {
      en: 'Caller: act on the reason in the description, then send the corrected item. No outage to report.',
      ko: '이용기관: description의 사유를 확인해 해당 건을 수정한 뒤 다시 요청한다. 장애 통보 대상이 아니다.',
    },
  },
  'broker-unavailable': {
    when: {
      en: "The broker's own code says maintenance or suspension.",
      ko: '증권사 자체 코드가 점검 또는 서비스 중지를 알림.',
    },
    todo: {
      en: 'Broker: ask when service resumes. Us: tell the callers, and enter a planned time under `maintenance.windows`.',
      ko: '증권사: 서비스 재개 시각을 문의한다. 연계서버: 이용기관에 공지하고 예정된 점검이면 `maintenance.windows`에 등록한다.',
    },
  },
  'broker-timeout': {
    when: {
      en: "The broker's own code says that it timed out inside.",
      ko: '증권사 자체 코드가 내부 처리시간 초과를 알림.',
    },
    todo: {
      en: 'Broker: report operation, request id and time. For a write, have the result confirmed before sending it again.',
      ko: '증권사: 업무명, 요청 ID, 발생 시각을 통보한다. 변경 거래이면 처리 여부를 확인받기 전까지 재요청하지 않는다.',
    },
  },
  'credentials-refused': {
    when: {
      en: "The broker's own code refuses a token, key or permission of ours.",
      ko: '증권사 자체 코드가 연계서버의 토큰·인증키·권한을 거부함.',
    },
    todo: {
      en: 'Us: check expiry and registration of the key or token, renew it and send again; nothing was executed.',
      ko: '연계서버: 인증키·토큰의 만료와 등록 상태를 확인해 갱신한 뒤 다시 요청한다(처리된 내용 없음).',
    },
  },
  internal: {
    when: { en: 'Something failed in this program itself.', ko: '연계서버 프로그램 내부에서 오류가 발생함.' },
    todo: {
      en: 'Us: find the request id in our log and save it, then hand it to the developers. For a write, have the broker confirm the result.',
      ko: '연계서버: 요청 ID로 로그를 찾아 보존하고 개발 담당에게 전달한다. 변경 거래이면 증권사에 처리 여부를 확인한다.',
    },
  },
} as const satisfies Record<Fault, FaultAdvice>;
