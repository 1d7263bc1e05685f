import type { DialectOptions } from './form.ts';
import { HTTP_STATUS_CODES } from './http-status-codes.ts';

/** Alpaca, Trading API (United States). */
export const ALPACA = (): DialectOptions => ({
  title: 'Alpaca, Trading API (United States)',
  notes: [
    'No broker of Korea: it shows that the form holds elsewhere.',
    'A success has no code, a deletion has no body (204), and a refusal of the key has no code either.',
  ],
  sources: {
    limits: { what: '200 calls a minute', where: 'alpaca.markets support pages', confidence: 'high' },
    learn: { what: '401 without a code, 403 as a restriction', where: 'alpaca.markets learning pages', confidence: 'high' },
    clients: { what: 'codes 40310000 and 42210000', where: 'several independent public clients', confidence: 'high' },
  },
  result: { code: 'code', message: 'message', success: [] },
  successWhenAbsent: true,
  respCodes: {
    40010000: { code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'low', ko: '잘못된 요청', en: 'bad request' },
    40010001: { code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'low', ko: '요청 항목 오류', en: 'bad request, a field is wrong' },
    40110000: { code: 3999, fault: 'credentials-refused', retry: 'fix', source: 'clients', confidence: 'low', ko: '인증 실패', en: 'not authorised' },
    40310000: { code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'high', ko: '거부: 매수여력, 보유수량, 자전거래', en: 'refused: buying power, quantity held, wash trade' },
    40410000: { code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'medium', ko: '주문 또는 종목 없음', en: 'order or asset not found' },
    42210000: { code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'high', ko: '처리 불가: 종목, 가격, 수량', en: 'cannot be processed: symbol, price or quantity' },
    42910000: { code: 3600, fault: 'throttled', retry: 'backoff', source: 'clients', confidence: 'low', ko: '호출 제한', en: 'rate limit' },
  },
  respPatterns: [
    { pattern: '^400', code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'low', ko: '목록에 없는 거부', en: 'a refusal that is not listed' },
    { pattern: '^401', code: 3999, fault: 'credentials-refused', retry: 'fix', source: 'clients', confidence: 'low', ko: '목록에 없는 인증 오류', en: 'a fault of credentials that is not listed' },
    { pattern: '^403', code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'low', ko: '목록에 없는 거부', en: 'a refusal that is not listed' },
    { pattern: '^404', code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'low', ko: '목록에 없는 거부', en: 'a refusal that is not listed' },
    { pattern: '^422', code: 7000, fault: 'broker-error', retry: 'no', source: 'clients', confidence: 'low', ko: '목록에 없는 거부', en: 'a refusal that is not listed' },
    { pattern: '^429', code: 3600, fault: 'throttled', retry: 'backoff', source: 'clients', confidence: 'low', ko: '목록에 없는 호출 제한', en: 'a call limit that is not listed' },
    { pattern: '^5', code: 3600, fault: 'broker-unavailable', retry: 'backoff', source: 'clients', confidence: 'low', ko: '목록에 없는 서버 장애', en: 'a fault of the server that is not listed' },
  ],
  otherwise: 7000,
  statusCodes: HTTP_STATUS_CODES,
  paging: {
    request: {},
    response: {},
    keys: [
      { from: 'next_page_token', to: 'page_token' },
    ],
  },
  pace: { perSecond: 3 },
  samples: [
    {
      name: 'success',
      body: { id: '00000000-0000-0000-0000-000000000000', status: 'ACTIVE' },
      expect: 'success',
    },
    {
      name: 'refused, buying power',
      status: 403,
      body: { code: 40310000, message: 'buying power too small' },
      expect: { category: 'broker', code: 7000, fault: 'broker-error' },
    },
    {
      name: 'unauthorised, no code',
      status: 401,
      body: { message: 'unauthorized' },
      expect: { category: 'op-exco', code: 3999, fault: 'credentials-refused' },
    },
    {
      name: 'gateway page',
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html>bad gateway</html>',
      expect: { category: 'op-exco', code: 3600, fault: 'http-unavailable' },
    },
    {
      name: 'deleted',
      status: 204,
      body: '',
      expect: 'success',
    },
    {
      name: 'rate limit without a code',
      status: 429,
      headers: { 'retry-after': '1' },
      body: { message: 'too many requests.' },
      expect: { category: 'op-exco', code: 3600, fault: 'throttled' },
    },
  ],
});
