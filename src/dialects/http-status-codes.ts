import type { MappedCodeOptions } from './form.ts';

/** What an HTTP status stands for at a REST API whose answer names no code. */
export const HTTP_STATUS_CODES: Record<string, MappedCodeOptions> = {
  400: { code: 7000, fault: 'broker-error', ko: '잘못된 요청', en: 'bad request' },
  401: { code: 3999, fault: 'credentials-refused', retry: 'token', ko: '인증 실패', en: 'credentials refused' },
  403: { code: 3999, fault: 'http-denied', retry: 'fix', ko: '권한 없음', en: 'not allowed' },
  404: { code: 3002, fault: 'http-not-found', retry: 'no', ko: '경로 없음', en: 'no such path' },
  405: { code: 3002, fault: 'http-not-found', retry: 'no', ko: '메서드 오류', en: 'method not allowed' },
  408: { code: 3005, fault: 'http-timeout', retry: 'verify', ko: '요청 시간 초과', en: 'request timed out' },
  415: { code: 3011, fault: 'broker-error', retry: 'no', ko: '미지원 형식', en: 'media type refused' },
  429: { code: 3600, fault: 'throttled', retry: 'backoff', ko: '호출 제한', en: 'call limit' },
  500: { code: 3600, fault: 'http-server-error', retry: 'verify', ko: '서버 오류', en: 'server fault' },
  502: { code: 3600, fault: 'http-unavailable', retry: 'verify', ko: '게이트웨이 오류', en: 'gateway fault' },
  503: { code: 3600, fault: 'http-unavailable', retry: 'later', ko: '서비스 불가', en: 'service unavailable' },
  504: { code: 3005, fault: 'http-timeout', retry: 'verify', ko: '게이트웨이 시간 초과', en: 'gateway timed out' },
};
