import type { DialectOptions } from './form.ts';
import { HTTP_STATUS_CODES } from './http-status-codes.ts';

/** Korea Exchange, Open API. */
export const KRX = (): DialectOptions => ({
  title: 'Korea Exchange, Open API',
  notes: [
    'A success has no code: an object with OutBlock_1. An empty list is a holiday, or a day that is not published yet.',
    '401 means the key, or this data set is not approved for it.',
    '10,000 calls a day and key.',
  ],
  sources: {
    probes: { what: 'answers under 401 and 404', where: 'several independent public probes, 2026', confidence: 'high' },
    clients: { what: 'daily limit, key header, approval by data set', where: 'public clients that quote openapi.krx.co.kr', confidence: 'high' },
  },
  result: { code: 'respCode', message: 'respMsg', success: [] },
  successWhenAbsent: true,
  requireAnyOf: ['OutBlock_1'],
  respCodes: {
    401: { code: 3999, fault: 'credentials-refused', retry: 'fix', source: 'probes', confidence: 'high', ko: '인증키 오류 또는 서비스 미승인', en: 'key rejected, or this data set not approved for the key' },
    403: { code: 3999, fault: 'credentials-refused', retry: 'fix', source: 'probes', confidence: 'medium', ko: '접근 차단', en: 'blocked (HTML page)' },
    404: { code: 3002, fault: 'http-not-found', retry: 'no', source: 'probes', confidence: 'high', ko: '경로 없음', en: 'path does not exist' },
    429: { code: 3600, fault: 'throttled', retry: 'later', source: 'probes', confidence: 'low', ko: '호출 제한(추정)', en: 'daily or burst limit (not documented)' },
    500: { code: 3600, fault: 'broker-unavailable', retry: 'backoff', source: 'probes', confidence: 'low', ko: '서버 오류', en: 'server fault' },
  },
  otherwise: 7000,
  statusCodes: HTTP_STATUS_CODES,
  samples: [
    {
      name: 'success',
      body: { OutBlock_1: [{ BAS_DD: '20260102', ISU_CD: '000000', TDD_CLSPRC: '70000' }] },
      expect: 'success',
    },
    {
      name: 'key rejected',
      status: 401,
      body: { respMsg: 'Unauthorized Key', respCode: '401' },
      expect: { category: 'op-exco', code: 3999, fault: 'credentials-refused' },
    },
    {
      name: 'wrong path',
      status: 404,
      headers: { 'content-type': 'text/html' },
      body: '<html>not found</html>',
      expect: { category: 'op-exco', code: 3002, fault: 'http-not-found' },
    },
    {
      name: 'holiday',
      body: { OutBlock_1: [] },
      expect: 'success',
    },
    {
      name: 'a strange object',
      body: { rows: [] },
      expect: { category: 'op-exco', code: 3011, fault: 'envelope-missing' },
    },
  ],
});
