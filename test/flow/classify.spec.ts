import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { FAULT_NAMES } from '../../src/catalog/faults.ts';
import { classify } from '../../src/flow/classify.ts';
import type { Expectation } from '../../src/model/verdict.ts';
import type { Outcome } from '../../src/model/wire.ts';
import {
  acks,
  answered,
  expecting,
  expired,
  faultOf,
  oversized,
  refused,
  REQUESTS,
  stating,
  unanswered,
} from './given.ts';

const BALANCE = expecting();
const TAGGED = expecting('account.balance', {
  trCodeAt: 'header:TRCODE',
  operations: { 'account.balance': { trCode: 'BL01' } },
});
const PAGED = expecting('account.balance', { maintenance: { pageMatches: '시스템 점검 중' } });
const SMALL = expecting('account.balance', { limits: { bodyBytes: 1_024 } });
const ISSUE = expecting('virtualAccount.request');
const DISCARD = expecting('virtualAccount.discard');
const KOREAINVEST = expecting('account.balance', {
  dialect: {
    result: { code: 'rt_cd', detail: 'msg_cd', message: 'msg1', success: ['0'] },
    respCodes: {
      EGW00201: { code: 3600, fault: 'throttled' },
      EGW00001: 3600,
      EGW00302: 3005,
      EGW00123: 3999,
      OPSQ2000: 4001,
    },
    otherwise: 7000,
  },
});

const HTML = '<!doctype html><html><body>시스템 점검 중입니다</body></html>';
const CUT = '{"resp":{"respCode":"200"';
const FOREIGN = { commonHeader: { reqIdConsumer: 'SOMEBODY-ELSE' } };

function refusing(code: string): object {
  return { rt_cd: '1', msg_cd: code, msg1: '처리할 수 없습니다' };
}

type Row = readonly [what: string, outcome: Outcome, fault: string, expected?: Expectation];

const CASES: readonly Row[] = [
  // refused by ourselves
  ['the broker is not configured', refused('unknown-broker'), 'unknown-broker'],
  ['the operation is switched off', refused('unknown-operation'), 'unknown-operation'],
  ['the message lacks a field', refused('missing-field'), 'missing-field'],
  ['maintenance was announced', refused('maintenance-window'), 'maintenance-window'],
  ['the circuit is open', refused('breaker-open'), 'breaker-open'],
  ['nobody may wait any more', refused('bulkhead-full'), 'bulkhead-full'],
  ['the deadline passed in the queue', refused('deadline-exceeded'), 'deadline-exceeded'],
  ['something of ours broke', refused('internal'), 'internal'],
  ['the caller gave up', { kind: 'aborted', phase: 'head', sent: 'yes' }, 'aborted'],

  // our own limits
  ['no time was left before dialling', expired('local', { limit: 'deadline' }), 'deadline-exceeded'],
  ['the name server is silent', expired('dns'), 'dns-unavailable'],
  ['TCP set-up is too slow', expired('connect'), 'connect-timeout'],
  ['the TLS handshake stalls', expired('tls'), 'connect-timeout'],
  ['the broker does not read the request', expired('send', { limit: 'head' }), 'response-timeout'],
  ['no response head comes', expired('head'), 'response-timeout'],
  ['the body stalls', expired('body'), 'body-timeout'],
  ['the body drips past the deadline', expired('body', { limit: 'deadline' }), 'body-timeout'],
  ['the deadline passes while the body is read', expired('message', { limit: 'deadline' }), 'body-timeout'],

  // dialling
  ['nobody listens', unanswered('ECONNREFUSED'), 'connect-refused'],
  ['the name does not exist', unanswered('ENOTFOUND', { phase: 'dns' }), 'dns-not-found'],
  ['the name has no address', unanswered('ENODATA', { phase: 'dns' }), 'dns-not-found'],
  ['the name server refuses', unanswered('EAI_AGAIN', { phase: 'dns' }), 'dns-unavailable'],
  ['the name server fails in its own way', unanswered('ESERVFAIL', { phase: 'dns' }), 'dns-unavailable'],
  ['no route to the host', unanswered('EHOSTUNREACH'), 'host-unreachable'],
  ['the host is down', unanswered('EHOSTDOWN'), 'host-unreachable'],
  ['no route to its network', unanswered('ENETUNREACH'), 'network-unreachable'],
  ['our interface is down', unanswered('ENETDOWN'), 'network-unreachable'],
  ['no file descriptors are left', unanswered('EMFILE'), 'local-resources'],
  ['no local ports are left', unanswered('EADDRNOTAVAIL'), 'local-resources'],
  ['no socket buffers are left', unanswered('ENOBUFS'), 'local-resources'],
  ['no memory is left', unanswered('ENOMEM'), 'local-resources'],
  ['the kernel gave up on TCP', unanswered('ETIMEDOUT'), 'connect-timeout'],
  ['reset while connecting', unanswered('ECONNRESET'), 'connect-reset'],
  ['reset during the handshake', unanswered('ECONNRESET', { phase: 'tls' }), 'connect-reset'],
  ['reset while the request was being written', unanswered('EPIPE', { phase: 'send' }), 'connect-reset'],
  ['a code nobody has seen', unanswered('E_NEW'), 'connect-reset'],

  // TLS
  ['the certificate has expired', unanswered('CERT_HAS_EXPIRED', { phase: 'tls' }), 'tls-certificate'],
  ['the certificate is not valid yet', unanswered('CERT_NOT_YET_VALID', { phase: 'tls' }), 'tls-certificate'],
  [
    'the certificate is for another host',
    unanswered('ERR_TLS_CERT_ALTNAME_INVALID', { phase: 'tls' }),
    'tls-certificate',
  ],
  ['the certificate is self-signed', unanswered('DEPTH_ZERO_SELF_SIGNED_CERT', { phase: 'tls' }), 'tls-untrusted'],
  ['its issuer is unknown', unanswered('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { phase: 'tls' }), 'tls-untrusted'],
  ['its chain ends in a stranger', unanswered('SELF_SIGNED_CERT_IN_CHAIN', { phase: 'tls' }), 'tls-untrusted'],
  [
    'our certificate is missed, TLS 1.3',
    unanswered('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', { phase: 'head', sent: 'yes' }),
    'tls-client-rejected',
  ],
  [
    'our certificate is refused',
    unanswered('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', { phase: 'head', sent: 'yes' }),
    'tls-client-rejected',
  ],
  [
    'our certificate is missed, TLS 1.2',
    unanswered('EPROTO', { phase: 'tls', reason: 'sslv3 alert handshake failure (after server certificate)' }),
    'tls-client-rejected',
  ],
  [
    'no cipher in common',
    unanswered('EPROTO', { phase: 'tls', reason: 'sslv3 alert handshake failure' }),
    'tls-handshake',
  ],
  [
    'no version in common',
    unanswered('EPROTO', { phase: 'tls', reason: 'tlsv1 alert protocol version' }),
    'tls-handshake',
  ],
  ['clear text on a TLS port', unanswered('EPROTO', { phase: 'tls', reason: 'wrong version number' }), 'tls-handshake'],

  // the exchange
  ['reset after the request left', unanswered('ECONNRESET', { phase: 'head', sent: 'yes' }), 'reset-before-response'],
  [
    'a used socket died without a word',
    unanswered('ECONNRESET', { phase: 'head', sent: 'maybe' }),
    'reset-before-response',
  ],
  ['what came is not HTTP', unanswered('HPE_INVALID_CONSTANT', { phase: 'head', sent: 'yes' }), 'http-malformed'],
  ['the head is over its limit', unanswered('HPE_HEADER_OVERFLOW', { phase: 'head', sent: 'yes' }), 'http-malformed'],
  ['the broker switches protocols', unanswered('ERR_HTTP_UPGRADE', { phase: 'head', sent: 'yes' }), 'http-malformed'],
  ['reset inside the body', unanswered('ECONNRESET', { phase: 'body', sent: 'yes' }), 'body-cut'],
  ['a chunk is broken', unanswered('HPE_INVALID_CHUNK_SIZE', { phase: 'body', sent: 'yes' }), 'body-cut'],
  [
    'a TLS record that is none, in place of the answer',
    unanswered('EPROTO', { phase: 'head', sent: 'yes' }),
    'reset-before-response',
  ],
  [
    'a TLS record tampered with',
    unanswered('ERR_SSL_BAD_RECORD_TYPE', { phase: 'head', sent: 'yes' }),
    'reset-before-response',
  ],
  ['a broken TLS record before the request had left', unanswered('EPROTO', { phase: 'send' }), 'connect-reset'],
  [
    'TLS breaks inside the body',
    unanswered('ERR_SSL_WRONG_VERSION_NUMBER', { phase: 'body', sent: 'yes' }),
    'body-cut',
  ],

  // the HTTP status, without an envelope
  ['301', answered('', { status: 301 }), 'http-redirect'],
  ['302 with a page', answered(HTML, { status: 302 }), 'http-redirect'],
  ['304', answered('', { status: 304 }), 'http-redirect'],
  ['401', answered({ message: 'No API key found in request' }, { status: 401 }), 'http-denied'],
  ['403', answered('', { status: 403 }), 'http-denied'],
  ['407', answered('', { status: 407 }), 'http-denied'],
  ['404', answered({ message: 'no Route matched with those values' }, { status: 404 }), 'http-not-found'],
  ['405', answered('', { status: 405 }), 'http-not-found'],
  ['410', answered('', { status: 410 }), 'http-not-found'],
  ['501', answered('', { status: 501 }), 'http-not-found'],
  ['408', answered('', { status: 408 }), 'http-timeout'],
  ['504', answered(HTML, { status: 504 }), 'http-timeout'],
  ['429', answered({ message: 'API rate limit exceeded' }, { status: 429 }), 'throttled'],
  ['400', answered({ error: 'invalid_request' }, { status: 400 }), 'http-rejected'],
  ['418', answered('', { status: 418 }), 'http-rejected'],
  ['499', answered('', { status: 499 }), 'http-rejected'],
  ['500', answered('', { status: 500 }), 'http-server-error'],
  ['502', answered(HTML, { status: 502 }), 'http-unavailable'],
  ['503', answered(HTML, { status: 503 }), 'http-unavailable'],
  ['505', answered('', { status: 505 }), 'http-server-error'],
  ['999, a status that is none', answered('', { status: 999 }), 'http-server-error'],

  // the octets
  ['the maintenance page with 200', answered(HTML), 'maintenance-page', PAGED],
  [
    'the maintenance page in legacy Korean',
    answered(Buffer.from('bdc3bdbac5db20c1a1b0cb20c1df', 'hex')),
    'maintenance-page',
    PAGED,
  ],
  ['200 and nothing', answered(''), 'body-empty'],
  ['200 and blanks', answered(' \r\n'), 'body-empty'],
  ['204', answered('', { status: 204 }), 'body-empty'],
  ['205', answered('', { status: 205 }), 'body-empty'],
  ['a page with 200', answered('<html><head><title>점검</title></head></html>'), 'body-html'],
  ['a page called JSON', answered('<HTML>'), 'body-html'],
  [
    'any tag under an HTML media type',
    answered('<p>오류</p>', { headers: { 'content-type': 'text/html' } }),
    'body-html',
  ],
  ['the body went past its limit', oversized(), 'body-too-large'],
  [
    'a bomb',
    answered(gzipSync(Buffer.alloc(100_000, 0x20)), { headers: { 'content-encoding': 'gzip' } }),
    'body-too-large',
    SMALL,
  ],
  ['damaged compression', answered(stating('200'), { headers: { 'content-encoding': 'gzip' } }), 'body-encoding'],
  ['characters nobody can read', answered(Buffer.from('7b22ff22', 'hex')), 'body-encoding'],
  ['cut JSON', answered(CUT), 'json-invalid'],
  ['text after the JSON', answered('{"resp":{"respCode":"200"}}}'), 'json-invalid'],
  ['plain words', answered('Internal Server Error'), 'json-invalid'],
  ['XML', answered('<?xml version="1.0"?><resp/>', { headers: { 'content-type': 'application/xml' } }), 'json-invalid'],
  ['nested past 100 levels', answered(`${'['.repeat(101)}${']'.repeat(101)}`), 'json-invalid'],

  // the envelope
  ['a list', answered([{ respCode: '200' }]), 'envelope-missing'],
  ['a text', answered('"OK"'), 'envelope-missing'],
  ['null', answered('null'), 'envelope-missing'],
  ['an object without a result block', answered({ result: 'member' }), 'envelope-missing'],
  ['a result block that is none', answered({ resp: '200' }), 'envelope-missing'],
  ['no respCode', answered({ resp: { respMsg: 'OK' } }), 'respcode-invalid'],
  ['respCode null', answered(stating(null)), 'respcode-invalid'],
  ['respCode ""', answered(stating('')), 'respcode-invalid'],
  ['respCode true', answered(stating(true)), 'respcode-invalid'],
  ['respCode is a word', answered(stating('E-0001', '내부오류')), 'respcode-invalid'],
  ['respCode of the old scheme', answered(stating('999', '기타 오류')), 'respcode-out-of-range'],
  ['respCode of the linkage server', answered(stating('3005', 'network timeout')), 'respcode-out-of-range'],
  ['respCode below the range', answered(stating('3999')), 'respcode-out-of-range'],
  ['respCode above the range', answered(stating('8000')), 'respcode-out-of-range'],
  ['respCode is a fraction', answered(stating('4001.5')), 'respcode-out-of-range'],
  ['respCode is negative', answered(stating('-4001')), 'respcode-out-of-range'],
  ['respCode 200 under 500', answered(stating('200'), { status: 500 }), 'status-conflict'],
  ['respCode 200 under 400', answered(stating('200'), { status: 400 }), 'status-conflict'],

  // whose answer it is
  ['no TRCODE in a success', answered(stating('200')), 'trcode-mismatch', TAGGED],
  ['another TRCODE', answered(stating('200'), { headers: { trcode: 'PF01' } }), 'trcode-mismatch', TAGGED],
  [
    'an acknowledgement of something else',
    answered(acks({ trCode: 'REQ', status: 'SUCCESS' })),
    'trcode-mismatch',
    DISCARD,
  ],
  ['no acknowledgement at all', answered(stating('200')), 'trcode-mismatch', DISCARD],
  ["another customer's answer", answered(stating('200', 'OK', FOREIGN)), 'echo-mismatch'],
  [
    "another account's acknowledgement",
    answered(acks({ trCode: 'DIS', vtAccNo: '999900000000000002', status: 'SUCCESS' })),
    'echo-mismatch',
    DISCARD,
  ],

  // the broker's own word
  ['respCode 4001', answered(stating('4001', 'Account Not Found')), 'broker-error'],
  ['respCode 4001 under 500', answered(stating('4001', 'Account Not Found'), { status: 500 }), 'broker-error'],
  ['respCode 4999, listed nowhere', answered(stating('4999', 'Something Else')), 'broker-error'],
  ['respCode 4000, lowest', answered(stating('4000')), 'broker-error'],
  ['respCode 7999, highest', answered(stating('7999')), 'broker-error'],
  [
    'the only item failed',
    answered(acks({ trCode: 'REQ', status: 'FAILURE', message: '이미 등록' })),
    'item-failed',
    ISSUE,
  ],
  ['a code for too many calls', answered(refusing('EGW00201'), { status: 500 }), 'throttled', KOREAINVEST],
  ['a code for a fault of the broker', answered(refusing('EGW00001')), 'broker-unavailable', KOREAINVEST],
  ['a code for a time-out of the broker', answered(refusing('EGW00302')), 'broker-timeout', KOREAINVEST],
  [
    'a code for a token that expired',
    answered(refusing('EGW00123'), { status: 500 }),
    'credentials-refused',
    KOREAINVEST,
  ],
  ['a code for an account', answered(refusing('OPSQ2000')), 'broker-error', KOREAINVEST],
  ['a code mapped nowhere', answered(refusing('APBK0918')), 'broker-error', KOREAINVEST],

  // no fault at all
  ['respCode 200', answered(stating('200')), 'answer'],
  ['respCode 200 under 201', answered(stating('200'), { status: 201 }), 'answer'],
  ['respCode 200 under 302', answered(stating('200'), { status: 302 }), 'answer'],
  ['an answer with the TRCODE', answered(stating('200'), { headers: { trcode: 'BL01' } }), 'answer', TAGGED],
  ['an error without the TRCODE', answered(stating('4001')), 'broker-error', TAGGED],
  ['an error without acknowledgements', answered(stating('5007')), 'broker-error', DISCARD],
  ['success in a dialect', answered({ rt_cd: '0', msg1: '정상' }), 'answer', KOREAINVEST],
];

describe('classify', () => {
  it.each(CASES)('%s', (_, outcome, fault, expected = BALANCE) => {
    expect(faultOf(classify(outcome, expected))).toBe(fault);
  });

  it('gives every fault of the table in a case above, but for the one that takes more than one call', () => {
    const given = new Set(CASES.map(([, , fault]) => fault));
    expect(FAULT_NAMES.filter((fault) => !given.has(fault))).toEqual(['page-repeated']);
  });
});

const PAGED_TAGGED = expecting('account.balance', {
  maintenance: { pageMatches: ['점검'] },
  trCodeAt: 'resp.trCode',
  operations: { 'account.balance': { trCode: 'BL01' } },
});
const OVER_TAGGED = expecting('virtualAccount.discard', {
  trCodeAt: 'header:trcode',
  operations: { 'virtualAccount.discard': { trCode: 'VA01' } },
});
const TWO_ITEMS = expecting(
  'virtualAccount.request',
  {},
  {
    ...REQUESTS['virtualAccount.request'],
    virtualAccountList: { virtualAccount: [{ trCode: 'REQ' }, { trCode: 'REQ' }] },
  },
);
const BAD_GATEWAY = { status: 502, headers: { 'retry-after': '7' } };

/** Two things are wrong at once: the one that stands first in the contract's order decides. */
const ORDER: readonly (readonly [earlier: string, later: string, Outcome, fault: string, Expectation?])[] = [
  ['our limit', 'an incomplete body', expired('body', { head: { status: 200, headers: {} } }), 'body-timeout'],
  ['our limit', 'the status', expired('body', { head: BAD_GATEWAY }), 'body-timeout'],
  ['a cut body', 'the status', unanswered('ECONNRESET', { phase: 'body', sent: 'yes', head: BAD_GATEWAY }), 'body-cut'],
  ['the status', 'a body past its limit', oversized(503), 'http-unavailable'],
  ['a maintenance page', 'the status', answered(HTML, { status: 503 }), 'maintenance-page', PAGED],
  ['a maintenance page', 'HTML', answered(HTML), 'maintenance-page', PAGED],
  ['a maintenance page', 'cut JSON', answered('{"error":"시스템 점검 중"'), 'maintenance-page', PAGED],
  ['a maintenance page', 'an envelope', answered(stating('200', '시스템 점검 중')), 'maintenance-page', PAGED],
  ['a maintenance page', 'a wrong TRCODE', answered(stating('200', '점검')), 'maintenance-page', PAGED_TAGGED],
  [
    'the status',
    'damaged compression',
    answered('x', { status: 503, headers: { 'content-encoding': 'gzip' } }),
    'http-unavailable',
  ],
  ['the status', 'unreadable characters', answered(Buffer.from('ff', 'hex'), { status: 504 }), 'http-timeout'],
  ['the status', 'HTML', answered(HTML, { status: 404 }), 'http-not-found'],
  ['the status', 'cut JSON', answered(CUT, { status: 500 }), 'http-server-error'],
  ['the status', 'nothing', answered('', { status: 403 }), 'http-denied'],
  ['the status', 'no object', answered([], { status: 400 }), 'http-rejected'],
  ['the status', 'no envelope', answered({ message: 'x' }, { status: 429 }), 'throttled'],
  ['damaged compression', 'HTML', answered(HTML, { headers: { 'content-encoding': 'br' } }), 'body-encoding'],
  ['the envelope', 'status 503', answered(stating('4001'), { status: 503 }), 'broker-error'],
  ['the envelope', 'status 404', answered(stating('4001'), { status: 404 }), 'broker-error'],
  ['the envelope', 'status 401', answered(stating('999'), { status: 401 }), 'respcode-out-of-range'],
  ['the envelope', 'status 504', answered(stating('E-1'), { status: 504 }), 'respcode-invalid'],
  ['no envelope', 'a foreign echo', answered(FOREIGN), 'envelope-missing'],
  [
    'a wrong TRCODE',
    'respCode 4001 under 500',
    answered(stating('4001'), { status: 500, headers: { trcode: 'PF01' } }),
    'trcode-mismatch',
    TAGGED,
  ],
  [
    'a wrong TRCODE',
    'respCode 999',
    answered(stating('999'), { headers: { trcode: 'PF01' } }),
    'trcode-mismatch',
    TAGGED,
  ],
  ['a wrong TRCODE', 'no code', answered(stating(null), { headers: { trcode: 'PF01' } }), 'trcode-mismatch', TAGGED],
  [
    'a wrong TRCODE',
    'respCode 200 under 500',
    answered(stating('200'), { status: 500, headers: { trcode: 'PF01' } }),
    'trcode-mismatch',
    TAGGED,
  ],
  [
    'a wrong TRCODE',
    'a foreign echo',
    answered(stating('200', 'OK', FOREIGN), { headers: { trcode: 'PF01' } }),
    'trcode-mismatch',
    TAGGED,
  ],
  ['a foreign echo', 'respCode 4001', answered(stating('4001', '', FOREIGN)), 'echo-mismatch'],
  ['a foreign echo', 'respCode 999', answered(stating('999', '', FOREIGN)), 'echo-mismatch'],
  ['a foreign echo', 'respCode 200 under 500', answered(stating('200', '', FOREIGN), { status: 500 }), 'echo-mismatch'],
  [
    'a foreign echo',
    'an item of something else',
    answered({ ...acks({ trCode: 'REQ', status: 'SUCCESS' }), ...FOREIGN }),
    'echo-mismatch',
    DISCARD,
  ],
  [
    "the broker's own TRCODE",
    'its items',
    answered(acks({ trCode: 'REQ' }), { headers: { trcode: 'VA02' } }),
    'trcode-mismatch',
    OVER_TAGGED,
  ],
  [
    'an item of something else',
    'respCode 5007',
    answered({ ...acks({ trCode: 'REQ' }), ...stating('5007') }),
    'trcode-mismatch',
    DISCARD,
  ],
  [
    'too few items',
    'all of them failed',
    answered(acks({ trCode: 'REQ', status: 'FAILED' })),
    'trcode-mismatch',
    TWO_ITEMS,
  ],
  [
    'all items failed',
    'respCode 200 under 500',
    answered(acks({ trCode: 'REQ', status: 'FAILED' }), { status: 500 }),
    'item-failed',
    ISSUE,
  ],
  [
    "the broker's code",
    'all items failed',
    answered({ ...acks({ trCode: 'REQ', status: 'FAILED' }), ...stating('5006') }),
    'broker-error',
    ISSUE,
  ],
];

describe('classify, given two things wrong at once', () => {
  it.each(ORDER)('%s comes before %s', (_, __, outcome, fault, expected = BALANCE) => {
    expect(faultOf(classify(outcome, expected))).toBe(fault);
  });
});

const RESET = unanswered('ECONNRESET', { phase: 'head', sent: 'maybe' });
const ALERT = unanswered('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', { phase: 'head', sent: 'yes' });
const CUT_UNDER_502 = unanswered('ECONNRESET', { phase: 'body', sent: 'yes', head: BAD_GATEWAY });
const LATER = { 'retry-after': '7' };

const SEEN: readonly (readonly [what: string, Outcome, seen: object, Expectation?])[] = [
  ['the phase and whether the request left', RESET, { phase: 'head', sent: 'maybe' }],
  ['nothing sent where we refused', refused('breaker-open'), { phase: 'local', sent: 'no' }],
  ['how long we refuse', refused('breaker-open', { retryAfterMs: 250 }), { retryAfterMs: 250 }],
  ['our words', refused('missing-field', { description: 'accInfo.vtAccNo' }), { description: 'accInfo.vtAccNo' }],
  ['that a TLS alert after the request proves it was not taken', ALERT, { phase: 'head', sent: 'no' }],
  [
    'that a broken TLS record after the request proves nothing',
    unanswered('EPROTO', { phase: 'head', sent: 'yes' }),
    { sent: 'yes' },
  ],
  ['the status', answered(CUT, { status: 500 }), { brokerHttpStatus: 500, phase: 'message', sent: 'yes' }],
  ['the status before a cut body', CUT_UNDER_502, { brokerHttpStatus: 502, phase: 'body', sent: 'yes' }],
  ['the status before a stalled body', expired('body', { head: BAD_GATEWAY }), { brokerHttpStatus: 502 }],
  ['the status of a body past its limit', oversized(), { brokerHttpStatus: 200, phase: 'body', sent: 'yes' }],
  ['the pause asked for under 503', answered('', { status: 503, headers: LATER }), { retryAfterMs: 7_000 }],
  [
    'the pause asked for beside a foreign code',
    answered(refusing('EGW00201'), { status: 500, headers: LATER }),
    { retryAfterMs: 7_000 },
    KOREAINVEST,
  ],
  [
    'the code in the range and its text',
    answered(stating('4001', ' Account Not Found ')),
    { code: 4001, brokerCode: 4001, text: 'Account Not Found' },
  ],
  ['the code out of the range', answered(stating(' 999 ')), { brokerCode: 999 }],
  ['a code that is a word', answered(stating('E-0001')), { brokerCode: 'E-0001' }],
  [
    'a foreign code and the code it stands for',
    answered(refusing('APBK0918')),
    { code: 7000, brokerCode: 'APBK0918', foreignCode: 'APBK0918', reason: '처리할 수 없습니다' },
    KOREAINVEST,
  ],
  [
    'the code of the operation for a failed item',
    answered(acks({ trCode: 'REQ', status: 'FAILED' })),
    { code: 5006 },
    ISSUE,
  ],
];

describe('classify keeps what it saw', () => {
  it.each(SEEN)('%s', (_, outcome, seen, expected = BALANCE) => {
    expect(classify(outcome, expected)).toMatchObject(seen);
  });

  it('that the request left, for every complete response', () => {
    const complete = [...CASES, ...ORDER.map(([, ...row]) => row)].filter(([, outcome]) => outcome.kind === 'answered');
    for (const [, outcome, , expected = BALANCE] of complete) {
      const verdict = classify(outcome, expected);
      if (verdict.kind === 'fault') expect(verdict).toMatchObject({ phase: 'message', sent: 'yes' });
    }
  });

  it('the pause asked for from status 300 on', () => {
    expect(classify(answered('', { status: 300, headers: LATER }), BALANCE)).toMatchObject({ retryAfterMs: 7_000 });
    expect(classify(answered('', { status: 299, headers: LATER }), BALANCE)).not.toHaveProperty('retryAfterMs');
  });

  it('never keeps a pause that came with a success', () => {
    const verdict = classify(answered(CUT, { headers: { 'retry-after': '7' } }), BALANCE);
    expect(verdict).not.toHaveProperty('retryAfterMs');
  });

  it('never keeps a respCode too long to be one', () => {
    expect(classify(answered(stating('1234567890123456789')), BALANCE)).not.toHaveProperty('brokerCode');
  });
});
