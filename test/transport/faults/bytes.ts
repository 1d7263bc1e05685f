import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { BrokerOptions } from '../../../src/brokers/options.ts';
import { openBroker, type Script } from '../../support/broker-server.ts';
import type { Ending, FaultCase } from '../../support/fault-case.ts';
import type { Fault } from '../../../src/catalog/faults.ts';
import { BALANCE } from '../../support/messages.ts';
import { answers, headOf, writes, writesAndEnds } from '../../support/scripts.ts';
import { NOT_JSON, UNAVAILABLE } from './words.ts';

const READ: Ending = { sent: 'yes', outcome: 'not-executed', attempts: 1, requests: 1 };
const READ_REPEATED: Ending = { ...READ, attempts: 2, requests: 2 };
const WRITE: Ending = { ...READ, outcome: 'unknown' };
const NEVER_AGAIN = { read: READ, write: WRITE } as const;
const ONCE_AGAIN = { read: READ_REPEATED, write: WRITE } as const;

const TEXT = JSON.stringify(BALANCE);
const HTML = { 'Content-Type': 'text/html' } as const;
const MAINTENANCE = '<html><body>시스템 점검 중입니다. FAKE maintenance</body></html>';

/** '시스템 점검' in CP949. */
const MAINTENANCE_CP949 = Buffer.from('bdc3bdbac5db20c1a1b0cb', 'hex');

interface Reply {
  readonly what: string;
  readonly script: Script;
  readonly status?: number;
  readonly broker?: Partial<BrokerOptions>;
}

function unreadable(
  fault: Fault,
  endings: Pick<FaultCase, 'read' | 'write'>,
  { what, script, status = 200, broker = {} }: Reply,
): FaultCase {
  return {
    what,
    fault,
    scene: async () => ({ server: await openBroker({}, script), broker }),
    error: { ...NOT_JSON, phase: 'message', blame: 'broker', brokerHttpStatus: status },
    ...endings,
  };
}

function page(what: string, script: Script, status: number): FaultCase {
  return {
    what,
    fault: 'maintenance-page',
    scene: async () => ({
      server: await openBroker({}, script),
      broker: { maintenance: { pageMatches: ['시스템 점검', 'under maintenance'] } },
    }),
    error: { ...UNAVAILABLE, phase: 'message', blame: 'broker', brokerHttpStatus: status },
    ...NEVER_AGAIN,
  };
}

function empty(what: string, script: Script, status?: number): FaultCase {
  return unreadable('body-empty', ONCE_AGAIN, { what, script, ...(status !== undefined && { status }) });
}

function html(what: string, script: Script): FaultCase {
  return unreadable('body-html', NEVER_AGAIN, { what, script });
}

function encoding(what: string, script: Script): FaultCase {
  return unreadable('body-encoding', ONCE_AGAIN, { what, script });
}

function json(what: string, script: Script): FaultCase {
  return unreadable('json-invalid', ONCE_AGAIN, { what, script });
}

const LIMITED = { limits: { bodyBytes: 4_096 } } as const;

/** Over the limit of octets on the wire: the body is not read on. */
function oversized(what: string, script: Script): FaultCase {
  const { error, ...rest } = unreadable('body-too-large', NEVER_AGAIN, { what, script, broker: LIMITED });
  return { ...rest, error: { ...error, phase: 'body' } };
}

function inflated(what: string, script: Script): FaultCase {
  return unreadable('body-too-large', NEVER_AGAIN, { what, script, broker: LIMITED });
}

function coded(octets: Uint8Array, coding: string): Script {
  return answers(octets, 200, { 'Content-Encoding': coding });
}

const TOO_LONG = 'x'.repeat(4_097);
const DAMAGED = Buffer.concat([gzipSync(TEXT).subarray(0, 30), Buffer.alloc(30, 0xff), gzipSync(TEXT).subarray(60)]);

/** Hangul in UTF-8 in which single octets were lost. */
const DAMAGED_UTF8 = Buffer.concat([
  Buffer.from('{"resp":{"respCode":"200","respMsg":"정상처리'),
  Buffer.from('되었').subarray(0, 5),
  Buffer.from('습니다'),
  Buffer.from('"}}'),
]);

function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

export const BYTES: readonly FaultCase[] = [
  page('the page under 200', answers(MAINTENANCE, 200, HTML), 200),
  page('the page under 503', answers(MAINTENANCE, 503, HTML), 503),
  page('the page under 404', answers(MAINTENANCE, 404, HTML), 404),
  page('the page in CP949', answers(MAINTENANCE_CP949, 200, { 'Content-Type': 'text/html; charset=euc-kr' }), 200),
  page('the page in gzip', answers(gzipSync(MAINTENANCE), 200, { ...HTML, 'Content-Encoding': 'gzip' }), 200),
  page('the page in other letter case', answers('<p>Under MAINTENANCE</p>', 200, HTML), 200),
  page('the page instead of a redirect', answers(MAINTENANCE, 302, HTML), 302),

  empty('a length of 0', answers('')),
  empty('a connection that ends behind the head', writesAndEnds(headOf(200, { Connection: 'close' }))),
  empty('no chunk but the last', writes(headOf(200, { 'Transfer-Encoding': 'chunked' }), '0\r\n\r\n')),
  empty('blanks only', answers(' \r\n\t ')),
  empty('204', writes(headOf(204)), 204),
  empty('205', writes(headOf(205, { 'Content-Length': '0' })), 205),
  empty('nothing in gzip', coded(gzipSync(''), 'gzip')),

  html('a page', answers('<!DOCTYPE html><html><body>FAKE</body></html>', 200, HTML)),
  html('a page that says it is JSON', answers('<html><body>FAKE</body></html>')),
  html('a page behind a byte order mark and blanks', answers('\ufeff \r\n<HTML><body>FAKE</body></HTML>')),
  html('a page in gzip', answers(gzipSync('<html>FAKE</html>'), 200, { ...HTML, 'Content-Encoding': 'gzip' })),

  oversized('a length over the limit', writes(headOf(200, { 'Content-Length': '4097' }))),
  oversized(
    'chunks over the limit',
    writes(headOf(200, { 'Transfer-Encoding': 'chunked' }), `1001\r\n${TOO_LONG}\r\n0\r\n\r\n`),
  ),
  oversized('no length and no end', (peer) => {
    peer.write(headOf(200, { Connection: 'close' }));
    peer.flood(Buffer.alloc(1_024, 0x20));
  }),
  inflated('gzip over the limit', coded(gzipSync(TOO_LONG), 'gzip')),
  inflated('deflate over the limit', coded(deflateSync(TOO_LONG), 'deflate')),
  inflated('brotli over the limit', coded(brotliCompressSync(TOO_LONG), 'br')),
  inflated('gzip in gzip over the limit', coded(gzipSync(gzipSync(TOO_LONG)), 'gzip, gzip')),

  encoding('gzip damaged on the way', coded(DAMAGED, 'gzip')),
  encoding('gzip that is cut', coded(gzipSync(TEXT).subarray(0, 60), 'gzip')),
  encoding('JSON that says it is gzip', coded(Buffer.from(TEXT), 'gzip')),
  encoding('JSON that says it is brotli', coded(Buffer.from(TEXT), 'br')),
  encoding('a coding that nobody knows', coded(Buffer.from(TEXT), 'zstd')),
  encoding('four codings', coded(gzipSync(TEXT), 'gzip, gzip, gzip, gzip')),
  encoding('Hangul with octets lost', answers(DAMAGED_UTF8)),
  encoding('octets of no charset', answers(Buffer.from('{"a":"\xff\xfe\xff"}', 'latin1'))),

  json('plain words', answers('Internal error')),
  json('cut', answers(TEXT.slice(0, -1))),
  json(
    'cut, where only the end of the connection ends the body',
    writesAndEnds(headOf(200, { Connection: 'close' }), TEXT.slice(0, -20)),
  ),
  json('words behind it', answers(`${TEXT} done`)),
  json('a second one behind it', answers(`${TEXT}${TEXT}`)),
  json('single quotes', answers("{'resp':{'respCode':'200'}}")),
  json('a comma behind the last field', answers('{"resp":{"respCode":"200",}}')),
  json('NaN', answers('{"resp":{"respCode":"200"},"qty":NaN}')),
  json('a number with leading zeros', answers('{"resp":{"respCode":0200}}')),
  json('a line break inside a text', answers('{"resp":{"respCode":"200","respMsg":"a\nb"}}')),
  json('101 levels', answers(nested(101))),
  json('a million levels', answers(nested(1_000_000))),
  json('NUL behind it', answers(Buffer.concat([Buffer.from(TEXT), Buffer.from([0])]))),
];
