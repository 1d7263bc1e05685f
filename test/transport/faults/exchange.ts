import { openBroker, type BrokerServerOptions, type Script } from '../../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../../support/certificates.ts';
import { callOf, type Ending, type FaultCase, type Scene } from '../../support/fault-case.ts';
import { BALANCE } from '../../support/messages.ts';
import { IS_READ_LENIENTLY } from '../../support/parser.ts';
import { byteByByte, headOf, stalls, writes, writesAndEnds, writesAndResets } from '../../support/scripts.ts';
import { NETWORK_ERROR, NETWORK_TIMEOUT } from './words.ts';

/** A write that left is never sent again. */
const WRITE_LEFT: Ending = { sent: 'yes', outcome: 'unknown', attempts: 1, requests: 1 };
const READ_REPEATED: Ending = { sent: 'yes', outcome: 'not-executed', attempts: 2, requests: 2 };
const ENDINGS = { read: READ_REPEATED, write: WRITE_LEFT } as const;

const BLANK_IN_NAME = 'HTTP/1.1 200 OK\r\nX Trace: a\r\nContent-Length: 2\r\n\r\n{}';

const SHORT = { timeouts: { connectMs: 400, headMs: 150, bodyIdleMs: 150 }, retry: { baseMs: 0 } } as const;

async function broker(script: Script, options: BrokerServerOptions = {}): Promise<Scene> {
  return { server: await openBroker(options, script), broker: SHORT };
}

const LONG = { connectMs: 5_000, headMs: 5_000, bodyIdleMs: 5_000 } as const;

/** The same with long limits, for a scene that the broker ends: no limit may be first where the machine is busy. */
function unhurried(scene: () => Promise<Scene>): () => Promise<Scene> {
  return async () => {
    const played = await scene();
    return { ...played, broker: { ...played.broker, timeouts: LONG } };
  };
}

async function secure(script: Script): Promise<Scene> {
  return { server: await openBroker({ tls: SERVER_IDENTITIES.good }, script), broker: { ...SHORT, tls: { ca: CA } } };
}

function reset(what: string, scene: () => Promise<Scene>): FaultCase {
  return {
    what,
    fault: 'reset-before-response',
    scene: unhurried(scene),
    error: { ...NETWORK_ERROR, phase: 'head', blame: 'path' },
    ...ENDINGS,
  };
}

function late(what: string, scene: () => Promise<Scene>): FaultCase {
  return {
    what,
    fault: 'response-timeout',
    scene,
    error: { ...NETWORK_TIMEOUT, phase: 'head', blame: 'broker' },
    ...ENDINGS,
  };
}

function malformed(what: string, script: Script): FaultCase {
  return {
    what,
    fault: 'http-malformed',
    scene: unhurried(() => broker(script)),
    error: { ...NETWORK_ERROR, phase: 'head', blame: 'broker' },
    ...ENDINGS,
  };
}

function cut(what: string, scene: () => Promise<Scene>): FaultCase {
  const error = { ...NETWORK_ERROR, phase: 'body', blame: 'path', brokerHttpStatus: 200 };
  return { what, fault: 'body-cut', scene: unhurried(scene), error, ...ENDINGS };
}

function stalled(what: string, script: Script): FaultCase {
  const error = { ...NETWORK_TIMEOUT, phase: 'body', blame: 'broker', brokerHttpStatus: 200 };
  return { what, fault: 'body-timeout', scene: () => broker(script), error, ...ENDINGS };
}

const TEXT = JSON.stringify(BALANCE);
const LONGER = headOf(200, { 'Content-Length': String(Buffer.byteLength(TEXT) + 1) });
const CHUNKED = headOf(200, { 'Transfer-Encoding': 'chunked' });
const CHUNK = `${Buffer.byteLength(TEXT).toString(16)}\r\n${TEXT}\r\n`;
const UNFRAMED = headOf(200, { Connection: 'close' });

/** Larger than what sockets hold between two ends that do not read. */
const LONG_TEXT = 'F'.repeat(7 * 1024 * 1024);

export const EXCHANGE: readonly FaultCase[] = [
  reset('it breaks behind the request (RST)', () => broker(writesAndResets())),
  reset('it is closed behind the request (FIN)', () => broker(writesAndEnds())),
  reset('it breaks inside the status line', () => broker(writesAndResets('HTTP/1.1 2'))),
  reset('it is closed inside the status line', () => broker(writesAndEnds('HTTP/1.1 2'))),
  reset('it breaks inside the headers', () => broker(writesAndResets('HTTP/1.1 200 OK\r\nContent-Le'))),
  reset('it is closed inside the headers', () => broker(writesAndEnds('HTTP/1.1 200 OK\r\nContent-Le'))),
  reset('it is closed behind 100 Continue', () => broker(writesAndEnds('HTTP/1.1 100 Continue\r\n\r\n'))),
  reset('it breaks behind the request, under TLS', () => secure(writesAndResets())),
  reset('it is closed behind the request, under TLS', () => secure(writesAndEnds())),

  late('nothing comes', () => broker(stalls)),
  late('nothing comes, under TLS', () => secure(stalls)),
  late('the status line stops', () => broker(writes('HTTP/1.1 20'))),
  late('the headers stop', () => broker(writes('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n'))),
  late('the headers drip', () => broker((peer) => peer.drip(byteByByte('HTTP/1.1 200 OK\r\nX: ', 'x'), 20))),
  late('1xx come for ever', () => broker((peer) => peer.drip(forever('HTTP/1.1 103 Early Hints\r\n\r\n'), 20))),
  {
    what: 'a large request is not taken',
    fault: 'response-timeout',
    scene: async () => ({
      ...(await broker(stalls, { isDeaf: true })),
      call: (exco, kind, options) => callOf(exco, kind, options, { padding: LONG_TEXT }),
    }),
    error: { ...NETWORK_TIMEOUT, phase: 'send', blame: 'broker' },
    read: { sent: 'no', outcome: 'not-executed', attempts: 2, requests: 0 },
    write: { sent: 'no', outcome: 'not-executed', attempts: 1, requests: 0 },
  },

  malformed('another protocol', writes('SSH-2.0-OpenSSH_9.6\r\n')),
  malformed('a page without a head', writes('<html><body>It runs.</body></html>')),
  malformed('lines that end with LF only', writes(`HTTP/1.1 200 OK\nContent-Length: 2\n\n{}`)),
  malformed('a status of four digits', writes('HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\n{}')),
  malformed('NUL in a header', writes('HTTP/1.1 200 OK\r\nX-Trace: a\0b\r\nContent-Length: 2\r\n\r\n{}')),
  ...(IS_READ_LENIENTLY ? [] : [malformed('a blank in the name of a header', writes(BLANK_IN_NAME))]),
  malformed('a length that is no number', writes(headOf(200, { 'Content-Length': 'many' }))),
  malformed('two lengths', writes('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}')),
  malformed('a length and chunks', writes(headOf(200, { 'Content-Length': '2', 'Transfer-Encoding': 'chunked' }))),
  malformed('a head over the limit', writes(headOf(200, { 'X-Trace': 'x'.repeat(20_000) }))),
  malformed(
    'a switch of protocols',
    writes('HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n'),
  ),

  cut('it breaks behind the head', () => broker(writesAndResets(headOf(200, { 'Content-Length': '1000' })))),
  cut('it is closed behind the head', () => broker(writesAndEnds(headOf(200, { 'Content-Length': '1000' })))),
  cut('it breaks one octet short', () => broker(writesAndResets(LONGER, TEXT))),
  cut('it is closed one octet short', () => broker(writesAndEnds(LONGER, TEXT))),
  cut('it is closed one octet short, under TLS', () => secure(writesAndEnds(LONGER, TEXT))),
  cut('it breaks inside a chunk', () => broker(writesAndResets(CHUNKED, CHUNK.slice(0, 40)))),
  cut('it is closed inside a chunk', () => broker(writesAndEnds(CHUNKED, CHUNK.slice(0, 40)))),
  cut('it is closed without the last chunk', () => broker(writesAndEnds(CHUNKED, CHUNK))),
  cut('a chunk has no length', () => broker(writes(CHUNKED, 'many\r\n'))),
  cut('it breaks where only the end of the connection ends the body', () => broker(writesAndResets(UNFRAMED, TEXT))),

  stalled('nothing follows the head', writes(headOf(200, { 'Content-Length': '1000' }))),
  stalled('it stops one octet short of its length, all JSON there', writes(LONGER, TEXT)),
  stalled('it stops before the last chunk, all JSON there', writes(CHUNKED, CHUNK)),
  stalled('it stops where only the end of the connection ends the body', writes(UNFRAMED, TEXT)),
];

function* forever(piece: string): Generator<string, undefined> {
  for (;;) yield piece;
}
