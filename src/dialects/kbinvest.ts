import type { DialectOptions } from './form.ts';
import { HTTP_STATUS_CODES } from './http-status-codes.ts';

/** KB Securities, Open API (beta). */
export const KBINVEST = (): DialectOptions => ({
  title: 'KB Securities, Open API (beta)',
  notes: [
    'Two levels: the gateway speaks by resultCode, the ledger by processFlag; the gateway counts only where the ledger is silent.',
    'Lists carry dataBody.cn_clsf and dataBody.nxt_key; where they are sent back is not published.',
  ],
  sources: {
    fixtures: { what: 'envelope, success flag', where: 'tauthdev/hermetix-trading-core fixtures, from documents', confidence: 'medium' },
    none: { what: 'codes', where: 'no public table is known: the gateway repeats HTTP statuses', confidence: 'low' },
  },
  result: { code: 'dataHeader.processFlag', detail: 'dataHeader.processCode', message: 'dataHeader.processMessage', success: ['A'] },
  alternates: [
    { code: 'dataHeader.resultCode', message: 'dataHeader.resultMessage', success: ['200'] },
  ],
  respCodes: {
    401: { code: 3999, fault: 'credentials-refused', retry: 'token', source: 'none', confidence: 'low', ko: '인증 실패', en: 'authentication failed' },
    403: { code: 3999, fault: 'broker-unavailable', retry: 'no', source: 'none', confidence: 'low', ko: '권한 없음', en: 'no permission' },
    404: { code: 3002, fault: 'http-not-found', retry: 'no', source: 'none', confidence: 'low', ko: '경로 없음', en: 'path does not exist' },
    429: { code: 3600, fault: 'throttled', retry: 'backoff', source: 'none', confidence: 'low', ko: '호출 제한', en: 'call limit' },
    500: { code: 3600, fault: 'broker-unavailable', retry: 'backoff', source: 'none', confidence: 'low', ko: '서버 오류', en: 'server fault' },
    503: { code: 3600, fault: 'broker-unavailable', retry: 'backoff', source: 'none', confidence: 'low', ko: '서비스 불가', en: 'service unavailable' },
  },
  otherwise: 7000,
  statusCodes: HTTP_STATUS_CODES,
  pace: { perSecond: 40 },
  samples: [
    {
      name: 'success',
      body: { dataHeader: { resultCode: '200', resultMessage: '성공', processFlag: 'A', processCode: '0000', processMessage: '정상' }, dataBody: { now_prc: '00000070000' } },
      expect: 'success',
    },
    {
      name: 'gateway refusal',
      status: 401,
      body: { dataHeader: { resultCode: '401', resultMessage: '인증 실패' } },
      expect: { category: 'op-exco', code: 3999, fault: 'credentials-refused' },
    },
    {
      name: 'refused by the ledger',
      body: { dataHeader: { resultCode: '200', resultMessage: '성공', processFlag: 'B', processCode: '1234', processMessage: '조회할 수 없습니다' } },
      expect: { category: 'broker', code: 7000, fault: 'broker-error' },
    },
  ],
});
