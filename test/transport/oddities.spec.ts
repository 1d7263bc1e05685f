import { describe, expect, it } from '@jest/globals';
import { defineOperation } from '../../src/index.ts';
import { openBroker, type Peer, type Script } from '../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../support/certificates.ts';
import { connectTo, type Surroundings } from '../support/connect.ts';
import { openNameServer } from '../support/dns-server.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { answers, headOf, responseOf, stalls, writes, writesAndEnds, writesAndResets } from '../support/scripts.ts';

const TEXT = JSON.stringify(BALANCE);
const LENGTH = String(Buffer.byteLength(TEXT));
const KOREAN = Buffer.from('c1a4bbf3', 'hex');

describe('an answer that is odd but right is taken', () => {
  it.each<{ what: string; script: Script }>([
    { what: 'HTTP/1.0', script: writes(`HTTP/1.0 200 OK\r\nContent-Length: ${LENGTH}\r\n\r\n${TEXT}`) },
    { what: 'HTTP/1.0 without a length', script: writesAndEnds(`HTTP/1.0 200 OK\r\n\r\n${TEXT}`) },
    { what: '100 Continue before it', script: writes('HTTP/1.1 100 Continue\r\n\r\n', responseOf(TEXT)) },
    {
      what: '103 Early Hints before it',
      script: writes('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n', responseOf(TEXT)),
    },
    { what: 'an empty line before it', script: writes('\r\n', responseOf(TEXT)) },
    { what: 'no reason phrase', script: writes(`HTTP/1.1 200\r\nContent-Length: ${LENGTH}\r\n\r\n${TEXT}`) },
    {
      what: 'CP949 in the reason phrase and a header',
      script: (peer) => {
        for (const piece of ['HTTP/1.1 200 ', KOREAN, '\r\nX-Message: ', KOREAN]) peer.write(piece);
        peer.write(`\r\nContent-Length: ${LENGTH}\r\n\r\n${TEXT}`);
      },
    },
    {
      what: 'chunks with an extension and a trailer',
      script: writes(
        headOf(200, { 'Transfer-Encoding': 'chunked' }),
        `${Buffer.byteLength(TEXT).toString(16)};a=b\r\n${TEXT}\r\n0\r\nX-Trailer: 1\r\n\r\n`,
      ),
    },
    {
      what: 'a chunk for every character',
      script: writes(
        headOf(200, { 'Transfer-Encoding': 'chunked' }),
        ...[...TEXT].map((char) => `${Buffer.byteLength(char).toString(16)}\r\n${char}\r\n`),
        '0\r\n\r\n',
      ),
    },
    { what: 'a byte order mark', script: answers(`\ufeff${TEXT}`) },
    { what: 'blanks and line breaks around it', script: answers(`\r\n ${TEXT}\r\n\r\n`) },
    { what: 'the coding "identity"', script: answers(TEXT, 200, { 'Content-Encoding': 'identity' }) },
    { what: 'the media type of a page', script: answers(TEXT, 200, { 'Content-Type': 'text/html; charset=EUC-KR' }) },
    { what: 'no media type', script: writes(headOf(200, { 'Content-Length': LENGTH }), TEXT) },
    {
      what: 'octets right behind it that are no HTTP',
      script: writes(Buffer.concat([Buffer.from(responseOf(TEXT)), Buffer.from('FAKE')])),
    },
    { what: 'a break of the connection right behind it', script: writesAndResets(responseOf(TEXT)) },
  ])('$what', async ({ script }) => {
    const server = await openBroker({}, script);
    const settled = await callOf(connectTo(server.baseUrl, { retry: false }), 'read');
    expect(settled).toMatchObject({ ok: true, reply: { data: BALANCE, meta: { warnings: [] } } });
  });
});

describe('an answer that comes before the request has left', () => {
  /** Answers to the first octets and takes no more of the request. */
  function hasty(end: (peer: Peer) => void) {
    return (peer: Peer) => {
      peer.socket.once('data', () => {
        peer.socket.pause();
        peer.write(responseOf('<html>FAKE: too large</html>', 413, { Connection: 'close' }));
        end(peer);
      });
    };
  }

  it.each([
    { how: 'and the connection stays open', tls: undefined, end: () => undefined },
    { how: 'and the connection is closed', tls: undefined, end: (peer: Peer) => peer.end() },
    { how: 'under TLS, and the connection is closed', tls: SERVER_IDENTITIES.good, end: (peer: Peer) => peer.end() },
  ])('counts, $how', async ({ tls, end }) => {
    const server = await openBroker({ isDeaf: true, greet: hasty(end), ...(tls !== undefined && { tls }) });
    const exco = connectTo(server.baseUrl, { tls: { ca: CA } });
    const settled = await callOf(exco, 'write', {}, { padding: 'F'.repeat(7 * 1_024 * 1_024) });
    expect(settled).toMatchObject({
      ok: false,
      error: { fault: 'http-rejected', brokerHttpStatus: 413, outcome: 'rejected' },
    });
    expect(server.connections).toBe(1);
    server.hear();
    await server.allClosed();
  });
});

describe('a broker by name', () => {
  it('is found by the name server', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const names = await openNameServer('loopback');
    const exco = connectTo(`http://broker.test:${server.port}`, {}, names);
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
    expect(server.requests[0]?.headers['host']).toBe(`broker.test:${server.port}`);
  });

  it('is reached at its second address where the first refuses', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const both = ['127.0.0.2', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const lookup: NonNullable<Surroundings['lookup']> = (_name, _options, callback) => {
      callback(null, both);
    };
    const exco = connectTo(`http://broker.test:${server.port}`, { retry: false }, { lookup });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true, reply: { meta: { attempts: 1 } } });
  });
});

describe('the time limits of an operation', () => {
  it.each([
    { whose: 'its own', own: { headMs: 50 }, configured: undefined },
    { whose: "the broker's for it", own: { headMs: 60_000 }, configured: { headMs: 50 } },
  ])('go before those of the broker: $whose', async ({ own, configured }) => {
    const server = await openBroker({}, stalls);
    const slow = defineOperation({
      name: 'account.pension',
      path: '/account/pension/search',
      kind: 'read',
      timeouts: own,
    });
    const exco = connectTo(server.baseUrl, {
      timeouts: { headMs: 60_000 },
      retry: false,
      ...(configured !== undefined && { operations: { 'account.pension': { timeouts: configured } } }),
    });
    expect(await exco.settle('samsung', slow, {})).toMatchObject({ ok: false, error: { fault: 'response-timeout' } });
  });
});
