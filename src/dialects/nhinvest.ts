import type { DialectOptions } from './form.ts';
import { HTTP_STATUS_CODES } from './http-status-codes.ts';

/** NH Investment & Securities, NAMUH PLUG. */
export const NHINVEST = (): DialectOptions => ({
  title: 'NH Investment & Securities, NAMUH PLUG',
  notes: [
    'The list of success codes is known from use and may be short; an unknown code is a refusal.',
    'A token may end before its stated time (IGW40043).',
  ],
  sources: {
    client: { what: 'codes, success codes, envelope', where: 'one public Python client with live observations, 2026', confidence: 'medium' },
    rates: { what: 'rate', where: 'notes of hermetix-securities', confidence: 'low' },
  },
  result: { code: 'rsp_cd', message: 'rsp_msg', success: ['00000', '00047', '00164', '00166', '00192', 'XA102'] },
  respCodes: {
    IGW00103: { code: 3999, fault: 'credentials-refused', retry: 'fix', source: 'client', confidence: 'medium', ko: 'AppKey 오류', en: 'app key wrong' },
    IGW00105: { code: 3999, fault: 'credentials-refused', retry: 'fix', source: 'client', confidence: 'medium', ko: 'AppSecret 오류', en: 'app secret wrong' },
    IGW00121: { code: 3999, fault: 'credentials-refused', retry: 'token', source: 'client', confidence: 'medium', ko: '토큰 무효', en: 'token invalid' },
    IGW00123: { code: 3999, fault: 'credentials-refused', retry: 'token', source: 'client', confidence: 'medium', ko: '토큰 만료', en: 'token expired' },
    IGW00201: { code: 3600, fault: 'throttled', retry: 'backoff', source: 'client', confidence: 'medium', ko: '호출 건수 초과', en: 'call rate exceeded' },
    IGW40011: { code: 7000, fault: 'broker-error', retry: 'no', source: 'client', confidence: 'medium', ko: '입력 길이/자료형 오류', en: 'input length or type wrong' },
    IGW40018: { code: 4000, fault: 'broker-error', retry: 'no', source: 'client', confidence: 'medium', ko: '토큰의 계좌와 불일치', en: "account differs from the token's account" },
    IGW40023: { code: 7000, fault: 'broker-error', retry: 'no', source: 'client', confidence: 'medium', ko: '모의투자 미지원', en: 'not offered in paper' },
    IGW40043: { code: 3999, fault: 'credentials-refused', retry: 'token', source: 'client', confidence: 'medium', ko: '토큰 거부', en: 'token rejected before its stated expiry' },
    IGW40058: { code: 3999, fault: 'credentials-refused', retry: 'fix', source: 'client', confidence: 'medium', ko: '모의투자 서버 토큰 발급 제한', en: 'paper host issues no token' },
    IGW42903: { code: 3600, fault: 'throttled', retry: 'backoff', source: 'client', confidence: 'low', ko: '호출 제한(이름에서 추정)', en: 'call limit (inferred from the number)' },
    11165: { code: 4001, fault: 'broker-error', retry: 'no', source: 'client', confidence: 'medium', ko: '계좌번호 오류', en: 'account number wrong' },
    14580: { code: 7000, fault: 'broker-error', retry: 'no', source: 'client', confidence: 'medium', ko: '장 운영일 아님', en: 'not a trading day' },
  },
  respPatterns: [
    { pattern: '^IGW500', code: 3999, fault: 'broker-unavailable', retry: 'verify', source: 'client', confidence: 'low', ko: '목록에 없는 게이트웨이 오류', en: 'a fault of the gateway that is not listed' },
    { pattern: '^IGW00', code: 3999, fault: 'broker-unavailable', retry: 'verify', source: 'client', confidence: 'low', ko: '목록에 없는 게이트웨이 오류', en: 'a fault of the gateway that is not listed' },
    { pattern: '^IGW429', code: 3600, fault: 'throttled', retry: 'backoff', source: 'client', confidence: 'low', ko: '목록에 없는 호출 제한', en: 'a call limit that is not listed' },
  ],
  otherwise: 7000,
  statusCodes: HTTP_STATUS_CODES,
  trCodeAt: { request: 'header:tr_cd' },
  pace: { perSecond: 5 },
  renewEveryMs: 1000,
  samples: [
    {
      name: 'success',
      body: { rsp_cd: '00166', rsp_msg: '조회 완료', Output_0: {} },
      expect: 'success',
    },
    {
      name: 'account not of this token',
      body: { rsp_cd: 'IGW40018', rsp_msg: '계좌 불일치' },
      expect: { category: 'broker', code: 4000, fault: 'broker-error' },
    },
    {
      name: 'token rejected early',
      status: 401,
      body: { rsp_cd: 'IGW40043', rsp_msg: '토큰 거부' },
      expect: { category: 'op-exco', code: 3999, fault: 'credentials-refused' },
    },
    {
      name: 'rate limit',
      status: 429,
      body: { rsp_cd: 'IGW42903', rsp_msg: '호출 제한' },
      expect: { category: 'op-exco', code: 3600, fault: 'throttled' },
    },
  ],
});
