import { brotliCompressSync, constants, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { openBroker, type Script } from '../support/broker-server.ts';
import { runChild } from '../support/child.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { headOf, responseOf } from '../support/scripts.ts';

const MEBIBYTE = 1_024 * 1_024;

/** Most memory that a process may ever have held that met one of these bodies. */
const PEAK_BYTES = 250 * MEBIBYTE;

const PIECE = Buffer.alloc(64 * 1_024, 0x20);

/** A body of `octets` blanks, or one without end. */
function pours(octets: number, framing: Record<string, string>): Script {
  return (peer) => {
    peer.write(headOf(200, framing));
    peer.flood(PIECE, octets);
  };
}

function encoded(coding: string, bomb: () => Uint8Array): Script {
  return (peer) => {
    peer.write(responseOf(bomb(), 200, { 'Content-Encoding': coding }));
  };
}

/** A gigabyte of zeros in a megabyte: the same member 64 times over (RFC 1952 section 2.2). */
function gzipBomb(): Uint8Array {
  const member = gzipSync(Buffer.alloc(16 * MEBIBYTE));
  return Buffer.concat(Array.from({ length: 64 }, () => member));
}

/** A gigabyte of zeros in a megabyte: the same block 64 times over, and an empty last one (RFC 1951 section 3.2). */
function deflateBomb(): Uint8Array {
  const block = deflateRawSync(Buffer.alloc(16 * MEBIBYTE), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: 64 }, () => block), deflateRawSync('')]);
}

function brotliBomb(): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
  return brotliCompressSync(Buffer.alloc(256 * MEBIBYTE), { params });
}

describe('a body over the limit costs little and closes its socket', () => {
  it.each([
    { what: '100 MB, told beforehand', script: pours(100 * MEBIBYTE, { 'Content-Length': String(100 * MEBIBYTE) }) },
    { what: '100 MB, not told', script: pours(100 * MEBIBYTE, { Connection: 'close' }) },
    { what: 'one without end', script: pours(Infinity, { Connection: 'close' }) },
    { what: 'a gigabyte in a megabyte of gzip', script: encoded('gzip', gzipBomb) },
    { what: 'a gigabyte in a megabyte of deflate', script: encoded('deflate', deflateBomb) },
    { what: '256 MB in brotli', script: encoded('br', brotliBomb) },
    { what: 'gzip in gzip in gzip', script: encoded('gzip, gzip, gzip', () => gzipSync(gzipSync(gzipBomb()))) },
  ])(
    '$what',
    async ({ script }) => {
      const server = await openBroker({}, script);
      const { fault, code, peakBytes } = await runChild('one-call.ts', {
        args: [JSON.stringify({ baseUrl: server.baseUrl })],
      });
      expect([fault, code]).toEqual(['body-too-large', 3011]);
      expect(peakBytes).toBeLessThan(PEAK_BYTES);
      await server.allClosed();
    },
    20_000,
  );

  it('closes before the body where its length is told', async () => {
    const server = await openBroker({}, (peer) => peer.write(headOf(200, { 'Content-Length': String(9 * MEBIBYTE) })));
    const settled = await callOf(connectTo(server.baseUrl, { retry: false }), 'read');
    expect(settled).toMatchObject({ ok: false, error: { fault: 'body-too-large', phase: 'body' } });
    await server.allClosed();
  });
});

describe('a body up to the limit', () => {
  const PADDED = JSON.stringify({ resp: { respCode: '200', respMsg: 'OK' }, padding: 'x'.repeat(4_000) });

  it.each([
    { what: 'as it is', body: Buffer.from(PADDED), headers: {} },
    { what: 'in gzip', body: gzipSync(PADDED), headers: { 'Content-Encoding': 'gzip' } },
    { what: 'in brotli', body: brotliCompressSync(PADDED), headers: { 'Content-Encoding': 'br' } },
    { what: 'in deflate', body: deflateRawSync(PADDED), headers: { 'Content-Encoding': 'deflate' } },
  ])('is read to the last octet, $what', async ({ body, headers }) => {
    const server = await openBroker({}, (peer) => peer.write(responseOf(body, 200, headers)));
    const exco = connectTo(server.baseUrl, { limits: { bodyBytes: Buffer.byteLength(PADDED) } });
    const settled = await callOf(exco, 'read');
    expect(settled).toMatchObject({ ok: true, reply: { data: { resp: { respCode: '200' } } } });
  });
});
