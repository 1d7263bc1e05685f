import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { ERROR_CATALOG } from '../../src/catalog/tables.ts';
import { answerOf, headersOf, messageOf, responseOf, type Asked } from './answers.ts';
import { BODY_BYTES, FOREIGN_CODES, FOREIGN_DENIAL, MAINTENANCE } from './brokers.ts';
import { oneOf, wholeOf, type Draw } from './chance.ts';
import type { Play } from './plays.ts';

/** What is done with a connection, in order; a script that does not end it leaves it open. */
export type Step = { readonly say: Uint8Array | string } | { readonly waitMs: number } | 'end' | 'reset';

type Script = (asked: Asked, draw: Draw) => readonly Step[];

const BROKER_CODES = ERROR_CATALOG.map(({ code }) => code).filter((code) => code >= 4_000 && code < 8_000);
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
/** Longer than any deadline, where a script is about waiting. */
const DRIPS = 60;

function plain(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): readonly Step[] {
  return [{ say: responseOf(status, headers, body) }];
}

/** A response up to some place in its head, or in its body. */
function cutIn(part: 'head' | 'body', asked: Asked, draw: Draw): Step {
  const whole = answerOf(asked);
  const headEnd = whole.indexOf('\r\n\r\n') + 4;
  const [from, to] = part === 'head' ? [5, headEnd - 3] : [headEnd, whole.length - 1];
  return { say: whole.subarray(0, wholeOf(draw, from, to)) };
}

function drops(octets: Uint8Array, size: number, waitMs: number): Step[] {
  return Array.from({ length: Math.ceil(octets.length / size) }, (_, index) => [
    { say: octets.subarray(index * size, (index + 1) * size) },
    { waitMs },
  ]).flat();
}

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

function brokerCode(asked: Asked, draw: Draw, status: number): readonly Step[] {
  const code = String(BROKER_CODES[Math.floor(draw() * BROKER_CODES.length)] ?? 4_001);
  return [{ say: answerOf(asked, { code, text: '계좌를 찾을 수 없습니다' }, status) }];
}

/** What each play does. */
const SCRIPTS: Readonly<Record<Exclude<Play, 'reset-early'>, Script>> = {
  answered: (asked) => [{ say: answerOf(asked) }],
  slow: (asked, draw) => [{ waitMs: wholeOf(draw, 5, 40) }, { say: answerOf(asked) }],
  pieces: (asked) => drops(answerOf(asked), 250, 5),
  chunked: (asked) => {
    const text = messageOf(asked);
    const head = responseOf(200, { ...headersOf(asked), 'transfer-encoding': 'chunked' }, '');
    return [
      { say: head },
      { say: chunk(text.slice(0, 100)) },
      { waitMs: 5 },
      { say: `${chunk(text.slice(100))}0\r\n\r\n` },
    ];
  },
  large: (asked) => [{ say: answerOf(asked, { holdings: 300 }) }],
  'euc-kr': (asked) => [{ say: responseOf(200, headersOf(asked, 'euc-kr'), iconv.encode(messageOf(asked), 'euc-kr')) }],
  gzip: (asked) => [
    { say: responseOf(200, { ...headersOf(asked), 'content-encoding': 'gzip' }, gzipSync(messageOf(asked))) },
  ],
  closing: (asked) => [{ say: responseOf(200, { ...headersOf(asked), connection: 'close' }, messageOf(asked)) }, 'end'],
  dying: (asked, draw) => [{ say: answerOf(asked) }, { waitMs: wholeOf(draw, 0, 6) }, 'reset'],
  extra: (asked) => [{ say: Buffer.concat([answerOf(asked), Buffer.from('octets behind the answer')]) }],
  continues: (asked) => [{ say: 'HTTP/1.1 100 Continue\r\n\r\n' }, { waitMs: 2 }, { say: answerOf(asked) }],
  'next-page': (asked) => [{ say: answerOf(asked, { page: 'AGAIN' }) }],
  'same-page': (asked) => [{ say: answerOf(asked, { page: 'AGAIN' }) }],

  'broker-code': (asked, draw) => brokerCode(asked, draw, 200),
  'broker-code-500': (asked, draw) => brokerCode(asked, draw, 500),
  'item-failed': (asked) => [{ say: answerOf(asked, { status: 'FAILURE' }) }],
  foreign: (asked, draw) => [{ say: answerOf(asked, { code: oneOf(draw, FOREIGN_CODES), text: '기타' }) }],
  'foreign-denial': (asked) => [{ say: answerOf(asked, { code: FOREIGN_DENIAL, text: '기타' }) }],
  'code-unlisted': (asked) => [{ say: answerOf(asked, { code: '99999' }) }],
  'code-text': (asked) => [{ say: answerOf(asked, { code: 'OOPS' }) }],
  conflict: (asked) => [{ say: answerOf(asked, {}, 500) }],
  'wrong-echo': (asked) => [{ say: answerOf(asked, { id: 'SOMEBODY-ELSE' }) }],
  'wrong-trcode': (asked) => [{ say: answerOf({ ...asked, trCode: 'OTHER' }, { itemTrCode: 'DIS' }) }],

  redirect: () => plain(302, { location: 'http://127.0.0.1:9/' }),
  '503': () => plain(503, HTML, '<html>busy</html>'),
  '503-soon': () => plain(503, { 'retry-after': '0' }),
  '503-late': () => plain(503, { 'retry-after': '30' }),
  '429-soon': () => plain(429, { 'retry-after': '0' }),
  '429': () => plain(429),
  '500': () => plain(500, HTML, '<html>Internal Server Error</html>'),
  '504': () => plain(504),
  '404': () => plain(404),
  '401': () => plain(401),
  '400': () => plain(400),

  html: () => plain(200, HTML, '<!doctype html><html><body>welcome</body></html>'),
  maintenance: () => plain(200, HTML, `<html><body>${MAINTENANCE}</body></html>`),
  empty: () => plain(200, JSON_TYPE),
  '204': () => [{ say: 'HTTP/1.1 204 No Content\r\n\r\n' }],
  'no-envelope': () => plain(200, JSON_TYPE, '{"hello":"world"}'),
  'bad-json': (asked) => plain(200, JSON_TYPE, messageOf(asked).slice(0, -7)),
  undecodable: () => [{ say: responseOf(200, JSON_TYPE, Buffer.from('7b22ff80fffe81ff22', 'hex')) }],
  oversized: () => [{ say: responseOf(200, JSON_TYPE, Buffer.alloc(2 * BODY_BYTES, 0x20)) }],

  reset: () => ['reset'],
  fin: () => ['end'],
  'head-cut': (asked, draw) => [cutIn('head', asked, draw), 'end'],
  'head-reset': (asked, draw) => [cutIn('head', asked, draw), { waitMs: 1 }, 'reset'],
  'body-cut': (asked, draw) => [cutIn('body', asked, draw), 'end'],
  'body-reset': (asked, draw) => [cutIn('body', asked, draw), { waitMs: 1 }, 'reset'],
  'chunk-bad': (asked) => [
    { say: responseOf(200, { ...headersOf(asked), 'transfer-encoding': 'chunked' }, 'five\r\nhello\r\n') },
  ],
  'not-http': () => [{ say: '220 mail.example ESMTP\r\n' }],
  upgrade: () => [{ say: 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n' }],
  'huge-head': () => plain(200, { 'x-huge': 'x'.repeat(20_000) }),
  silent: () => [],
  'head-stall': (asked, draw) => [cutIn('head', asked, draw)],
  'head-drip': (asked) => drops(answerOf(asked).subarray(0, DRIPS), 1, 20),
  'body-stall': (asked, draw) => [cutIn('body', asked, draw)],
  drip: (asked) => {
    const whole = answerOf(asked);
    const headEnd = whole.indexOf('\r\n\r\n') + 4;
    return [{ say: whole.subarray(0, headEnd) }, ...drops(whole.subarray(headEnd, headEnd + DRIPS), 1, 50)];
  },
};

/** What is done with the connection that a request came on. */
export function scriptOf(play: Play, asked: Asked, draw: Draw): readonly Step[] {
  return play === 'reset-early' ? ['reset'] : SCRIPTS[play](asked, draw);
}
