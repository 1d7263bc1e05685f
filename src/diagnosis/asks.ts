import type { Words } from '../catalog/advice.ts';
import type { Fault } from '../catalog/faults.ts';

/**
 * What the broker's desk is asked to do about a fault, addressed to that desk. A fault without a row here is none that
 * the broker can do anything about.
 */
export const ASKS: Readonly<Partial<Record<Fault, Words>>> = {
  'host-unreachable': {
    en: 'Please trace the line between your firewall and us from your end.',
    ko: '귀사 방화벽에서 당사 방향으로 회선 경로를 점검해 주시기 바랍니다.',
  },
  'connect-refused': {
    en: 'Please check whether the server process is running and listening on this port.',
    ko: '서버 프로세스가 기동 중인지, 해당 포트가 열려 있는지 확인해 주시기 바랍니다.',
  },
  'connect-reset': {
    en: 'Please look for resets of our connections in the logs of your firewall and load balancer.',
    ko: '귀사 방화벽·L4 로그에서 당사 연결이 강제 종료(RST)된 이력을 확인해 주시기 바랍니다.',
  },
  'connect-timeout': {
    en: 'Please check whether your firewall drops our packets, and whether others get through.',
    ko: '귀사 방화벽에서 당사 패킷이 차단되고 있는지, 다른 기관의 접속은 정상인지 확인해 주시기 바랍니다.',
  },
  'tls-certificate': {
    en: 'Please install a valid certificate for this host name.',
    ko: '해당 호스트명의 유효한 인증서로 교체해 주시기 바랍니다.',
  },
  'tls-handshake': {
    en: 'Please tell us what changed in the TLS versions and ciphers of this port.',
    ko: '해당 포트의 TLS 버전 또는 암호군을 변경하셨는지 회신해 주시기 바랍니다.',
  },
  'tls-client-rejected': {
    en: 'Please check whether our client certificate is registered with you and still valid there.',
    ko: '당사 클라이언트 인증서가 귀사에 유효하게 등록되어 있는지 확인해 주시기 바랍니다.',
  },
  'reset-before-response': {
    en: 'Please look in your application and load-balancer logs for connections closed before the answer.',
    ko: '응답 전에 연결이 종료된 원인을 귀사 업무 서버와 L4 로그에서 확인해 주시기 바랍니다.',
  },
  'response-timeout': {
    en: 'Please check whether the application is blocked; the request id above names a call without an answer.',
    ko: '업무 서버가 지연 또는 정지 상태인지 확인해 주시기 바랍니다. 위 요청 ID는 응답을 받지 못한 호출입니다.',
  },
  'http-malformed': {
    en: 'Please check which program answers on this port; what it sends is not HTTP.',
    ko: '해당 포트에서 HTTP가 아닌 데이터가 수신됩니다. 어떤 프로그램이 응답하는지 확인해 주시기 바랍니다.',
  },
  'body-cut': {
    en: 'Please check what ends the connection while your answer is under way.',
    ko: '응답 전송 중 연결이 끊기는 원인을 확인해 주시기 바랍니다.',
  },
  'body-timeout': {
    en: 'Please check why answers begin and then stall.',
    ko: '응답이 시작된 뒤 전송이 멈추는 원인을 확인해 주시기 바랍니다.',
  },
  'maintenance-page': {
    en: 'Please tell us when service resumes.',
    ko: '서비스 재개 예정 시각을 회신해 주시기 바랍니다.',
  },
  'http-redirect': {
    en: 'Please tell us whether the address moved, and send a written notice if so.',
    ko: '접속 주소가 변경되었는지 회신해 주시고, 변경되었다면 공문으로 통지해 주시기 바랍니다.',
  },
  'http-unavailable': {
    en: 'Your gateway answers; please check the application behind it and tell us when it will be back.',
    ko: '게이트웨이는 응답하고 있습니다. 뒤편 업무 서버 상태를 확인하시고 복구 예정 시각을 회신해 주시기 바랍니다.',
  },
  'http-server-error': {
    en: 'Please look up these request ids in your server log.',
    ko: '위 요청 ID로 귀사 서버 로그를 확인해 주시기 바랍니다.',
  },
  'http-timeout': {
    en: 'Please check the application behind your gateway; the gateway gives up waiting for it.',
    ko: '게이트웨이가 업무 서버의 응답을 기다리다 시간을 초과하고 있습니다. 업무 서버를 확인해 주시기 바랍니다.',
  },
  'http-not-found': {
    en: 'Please tell us whether the path of these operations was changed.',
    ko: '해당 업무의 경로(URL)가 변경되었는지 회신해 주시기 바랍니다.',
  },
  'http-denied': {
    en: 'Please check whether our address and key are on your allow list.',
    ko: '당사 IP와 인증키가 허용 목록에 등록되어 있는지 확인해 주시기 바랍니다.',
  },
  'body-html': {
    en: 'Please check which page stands in front of the service; we receive HTML instead of the message.',
    ko: '전문 대신 HTML 페이지가 수신됩니다. 서비스 앞단에 적용된 페이지를 확인해 주시기 바랍니다.',
  },
  'body-empty': {
    en: 'Please check why the application ends without an answer.',
    ko: '업무 서버가 응답 전문 없이 종료되는 원인을 확인해 주시기 바랍니다.',
  },
  'body-too-large': {
    en: 'Please tell us whether answers of this size are meant.',
    ko: '응답 크기가 의도된 것인지 회신해 주시기 바랍니다.',
  },
  'body-encoding': {
    en: 'Please check character set and compression of these answers.',
    ko: '응답 전문의 문자셋과 압축 방식을 확인해 주시기 바랍니다.',
  },
  'json-invalid': {
    en: 'Please check these answers; they are not complete JSON.',
    ko: '응답 전문이 올바른 JSON이 아닙니다. 전문 생성부를 확인해 주시기 바랍니다.',
  },
  'envelope-missing': {
    en: 'Please check these answers; the result block is missing.',
    ko: '응답 전문에 결과부(resp)가 없습니다. 전문 생성부를 확인해 주시기 바랍니다.',
  },
  'respcode-invalid': {
    en: 'Please check these answers; respCode is missing or no number.',
    ko: '응답 전문의 respCode가 없거나 숫자가 아닙니다. 전문 생성부를 확인해 주시기 바랍니다.',
  },
  'respcode-out-of-range': {
    en: 'Please tell us what the respCode of these answers means; the standard does not know it.',
    ko: '표준에 없는 respCode가 수신됩니다. 해당 코드의 의미를 회신해 주시기 바랍니다.',
  },
  'status-conflict': {
    en: 'Please tell us which holds: respCode 200 or the HTTP error status.',
    ko: 'respCode는 200인데 HTTP 상태코드는 오류입니다. 어느 쪽이 맞는지 회신해 주시기 바랍니다.',
  },
  'page-repeated': {
    en: 'Please check the paging of this operation; the same page key comes twice.',
    ko: '연속조회 키가 반복됩니다. 해당 업무의 연속조회 처리를 확인해 주시기 바랍니다.',
  },
  'trcode-mismatch': {
    en: 'Urgent: answers carry a TRCODE that is not the request’s. Please check at once whether answers are mixed up.',
    ko: '긴급: 응답 TRCODE가 요청과 다릅니다. 응답이 뒤바뀌고 있는지 즉시 확인해 주시기 바랍니다.',
  },
  'echo-mismatch': {
    en: 'Urgent: answers belong to other requests. Please stop this operation until the cause is known.',
    ko: '긴급: 다른 요청의 응답이 수신됩니다. 원인이 확인될 때까지 해당 업무를 중지해 주시기 바랍니다.',
  },
  'broker-unavailable': {
    en: 'Please tell us when service resumes.',
    ko: '서비스 재개 예정 시각을 회신해 주시기 바랍니다.',
  },
  'broker-timeout': {
    en: 'Please check the systems behind your application; it reports a time-out of its own.',
    ko: '귀사 시스템이 내부 처리시간 초과를 응답합니다. 내부 연계 구간을 확인해 주시기 바랍니다.',
  },
  'credentials-refused': {
    en: 'Please check whether our key is registered with you and still valid.',
    ko: '당사 인증키가 유효하게 등록되어 있는지 확인해 주시기 바랍니다.',
  },
};

/** What the desk is asked to do where answers are only slow. */
export const ASK_SLOW: Words = {
  en: 'Please check why answers are slow.',
  ko: '응답이 지연되는 원인을 확인해 주시기 바랍니다.',
};
