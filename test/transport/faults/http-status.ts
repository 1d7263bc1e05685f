import { openBroker, type Script } from '../../support/broker-server.ts';
import type { Ending, FaultCase } from '../../support/fault-case.ts';
import { answers, headOf, writes } from '../../support/scripts.ts';
import type { Fault } from '../../../src/catalog/faults.ts';
import { NETWORK_TIMEOUT, UNAVAILABLE, UNKNOWN_ERROR, UNKNOWN_URL } from './words.ts';

const PAGE = '<html><body><h1>FAKE server page</h1></body></html>';

const READ: Ending = { sent: 'yes', outcome: 'not-executed', attempts: 1, requests: 1 };
const READ_REPEATED: Ending = { ...READ, attempts: 2, requests: 2 };
const WRITE: Ending = { ...READ, outcome: 'unknown' };
const WRITE_REJECTED: Ending = { ...READ, outcome: 'rejected' };
const REFUSED_REPEATED: Ending = { ...READ, attempts: 2, requests: 2 };

function status(fault: Fault, httpStatus: number, error: object, read: Ending, write: Ending): FaultCase {
  return {
    what: `${httpStatus}`,
    fault,
    scene: async () => ({ server: await openBroker({}, answers(PAGE, httpStatus, { 'Content-Type': 'text/html' })) }),
    error: { ...error, phase: 'message', brokerHttpStatus: httpStatus },
    read,
    write,
  };
}

function answered(what: string, fault: Fault, script: Script, error: object, read: Ending, write: Ending): FaultCase {
  return {
    what,
    fault,
    scene: async () => ({ server: await openBroker({}, script) }),
    error: { ...error, phase: 'message' },
    read,
    write,
  };
}

const BROKER_DOWN = { ...UNAVAILABLE, blame: 'broker' } as const;
const THROTTLED = { ...UNAVAILABLE, blame: 'platform', brokerHttpStatus: 429 } as const;
const BROKER_LATE = { ...NETWORK_TIMEOUT, blame: 'broker' } as const;
const WRONG_URL = { ...UNKNOWN_URL, blame: 'platform' } as const;
const OUR_FAULT = { ...UNKNOWN_ERROR, blame: 'platform' } as const;
const TOO_MANY = '{"message":"API rate limit exceeded"}';

/** Later than any deadline of these tests. */
const AN_HOUR = { 'Retry-After': '3600' } as const;

export const HTTP_STATUS: readonly FaultCase[] = [
  ...[300, 301, 302, 303, 307, 308].map((each) => status('http-redirect', each, BROKER_DOWN, READ, WRITE)),
  answered(
    '302 to another place of the same broker, which is not asked',
    'http-redirect',
    answers('', 302, { Location: '/elsewhere' }),
    { ...BROKER_DOWN, brokerHttpStatus: 302 },
    READ,
    WRITE,
  ),
  answered('304', 'http-redirect', writes(headOf(304)), { ...BROKER_DOWN, brokerHttpStatus: 304 }, READ, WRITE),

  ...[502, 503].map((each) => status('http-unavailable', each, BROKER_DOWN, READ, WRITE)),
  answered(
    '503, and Retry-After fits',
    'http-unavailable',
    answers(PAGE, 503, { 'Retry-After': '0' }),
    { ...BROKER_DOWN, brokerHttpStatus: 503, retryAfterMs: 0 },
    READ_REPEATED,
    WRITE,
  ),
  answered(
    '503, and Retry-After does not fit',
    'http-unavailable',
    answers(PAGE, 503, AN_HOUR),
    { ...BROKER_DOWN, brokerHttpStatus: 503, retryAfterMs: 3_600_000 },
    READ,
    WRITE,
  ),
  answered(
    '503, and Retry-After is no time',
    'http-unavailable',
    answers(PAGE, 503, { 'Retry-After': 'soon' }),
    { ...BROKER_DOWN, brokerHttpStatus: 503 },
    READ,
    WRITE,
  ),

  ...[500, 505, 507, 599].map((each) => status('http-server-error', each, BROKER_DOWN, READ_REPEATED, WRITE)),
  status('http-server-error', 999, BROKER_DOWN, READ_REPEATED, WRITE),
  ...[408, 504].map((each) => status('http-timeout', each, BROKER_LATE, READ_REPEATED, WRITE)),

  answered('429 alone', 'throttled', answers(TOO_MANY, 429), THROTTLED, READ, READ),
  answered(
    '429, and Retry-After fits',
    'throttled',
    answers(TOO_MANY, 429, { 'Retry-After': '0' }),
    { ...THROTTLED, retryAfterMs: 0 },
    REFUSED_REPEATED,
    REFUSED_REPEATED,
  ),
  answered(
    '429, and Retry-After is a date gone by',
    'throttled',
    answers(TOO_MANY, 429, { 'Retry-After': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
    { ...THROTTLED, retryAfterMs: 0 },
    REFUSED_REPEATED,
    REFUSED_REPEATED,
  ),
  answered(
    '429, and Retry-After does not fit',
    'throttled',
    answers(TOO_MANY, 429, AN_HOUR),
    { ...THROTTLED, retryAfterMs: 3_600_000 },
    READ,
    READ,
  ),

  ...[404, 405, 410, 501].map((each) => status('http-not-found', each, WRONG_URL, WRITE_REJECTED, WRITE_REJECTED)),
  ...[401, 403, 407].map((each) => status('http-denied', each, OUR_FAULT, WRITE_REJECTED, WRITE_REJECTED)),
  ...[400, 402, 406, 413, 415, 418, 422, 451].map((each) =>
    status('http-rejected', each, OUR_FAULT, WRITE_REJECTED, WRITE_REJECTED),
  ),
];
