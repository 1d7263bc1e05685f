import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inflate } from '../../src/flow/inflate.ts';

const TEXT = '{"resp":{"respCode":"200","respMsg":"정상 처리되었습니다"}}';
const LIMIT = 1_024;

function textOf(octets: Uint8Array, coding: string | undefined, limit = LIMIT): string {
  const inflated = inflate(octets, coding, limit);
  return inflated.kind === 'octets' ? Buffer.from(inflated.octets).toString() : inflated.kind;
}

describe('inflate undoes', () => {
  it.each([
    ['nothing where no coding is named', Buffer.from(TEXT), undefined],
    ['nothing where the coding is empty', Buffer.from(TEXT), ' , '],
    ['identity', Buffer.from(TEXT), 'identity'],
    ['gzip', gzipSync(TEXT), 'gzip'],
    ['GZip, in any letter case', gzipSync(TEXT), 'GZip'],
    ['x-gzip', gzipSync(TEXT), 'x-gzip'],
    ['gzip at its best', gzipSync(TEXT, { level: 9 }), 'gzip'],
    ['deflate with its zlib wrapper', deflateSync(TEXT), 'deflate'],
    ['deflate without it', deflateRawSync(TEXT), 'deflate'],
    ['deflate stored', deflateSync(TEXT, { level: 0 }), 'deflate'],
    ['deflate with a small window', deflateSync(TEXT, { windowBits: 9 }), 'deflate'],
    ['br', brotliCompressSync(TEXT), 'br'],
    ['two codings in the order they were applied', gzipSync(brotliCompressSync(TEXT)), 'br, gzip'],
    ['three', deflateSync(gzipSync(brotliCompressSync(TEXT))), 'br,gzip , deflate'],
  ] as const)('%s', (_, octets, coding) => {
    expect(textOf(octets, coding)).toBe(TEXT);
  });

  it('nothing of nothing', () => {
    expect(inflate(new Uint8Array(), 'gzip', LIMIT)).toEqual({ kind: 'octets', octets: new Uint8Array() });
  });
});

describe('inflate calls corrupt', () => {
  it.each([
    ['a coding nobody knows', Buffer.from(TEXT), 'zstd'],
    ['plain text said to be gzip', Buffer.from(TEXT), 'gzip'],
    ['plain text said to be br', Buffer.from(TEXT), 'br'],
    ['plain text said to be deflate', Buffer.from(TEXT), 'deflate'],
    ['gzip said to be br', gzipSync(TEXT), 'br'],
    ['a cut gzip', gzipSync(TEXT).subarray(0, -1), 'gzip'],
    ['gzip without its check sum', gzipSync(TEXT).subarray(0, -8), 'gzip'],
    ['gzip with a wrong check sum', Buffer.concat([gzipSync(TEXT).subarray(0, -8), Buffer.alloc(8)]), 'gzip'],
    ['a cut deflate', deflateSync(TEXT).subarray(0, -1), 'deflate'],
    ['a cut br', brotliCompressSync(TEXT).subarray(0, -1), 'br'],
    ['codings named in the wrong order', gzipSync(brotliCompressSync(TEXT)), 'gzip, br'],
    ['more than three codings', gzipSync(TEXT), 'identity, identity, identity, gzip'],
  ] as const)('%s', (_, octets, coding) => {
    expect(inflate(octets, coding, LIMIT)).toEqual({ kind: 'corrupt' });
  });

  it('every gzip cut anywhere', () => {
    const whole = gzipSync(TEXT);
    const passed = [...whole.keys()].filter(
      (length) => length > 0 && inflate(whole.subarray(0, length), 'gzip', LIMIT).kind !== 'corrupt',
    );
    expect(passed).toEqual([]);
  });
});

describe('inflate bounds what it makes', () => {
  const BLANKS = Buffer.alloc(50_000_000, 0x20);

  it.each([
    ['gzip', gzipSync(BLANKS)],
    ['deflate', deflateSync(BLANKS)],
    ['deflate', deflateRawSync(BLANKS)],
    ['br', brotliCompressSync(BLANKS, { params: {} })],
    ['gzip, gzip', gzipSync(gzipSync(BLANKS))],
  ])('%s of 50 MB is too large', (coding, octets) => {
    expect(inflate(octets, coding, 100_000)).toEqual({ kind: 'too-large' });
  });

  it('exactly at the limit', () => {
    const octets = Buffer.alloc(LIMIT, 0x20);
    expect(inflate(gzipSync(octets), 'gzip', LIMIT)).toMatchObject({ kind: 'octets' });
    expect(inflate(gzipSync(octets), 'gzip', LIMIT - 1)).toEqual({ kind: 'too-large' });
  });
});

describe('inflate, for any octets', () => {
  it('never throws, and never makes more than its limit', () => {
    const coding = fc.oneof(fc.constantFrom('gzip', 'deflate', 'br', 'gzip, br', 'identity'), fc.string());
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), coding, (octets, named) => {
        const inflated = inflate(octets, named, LIMIT);
        return inflated.kind !== 'octets' || inflated.octets.length <= LIMIT;
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives back what was compressed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 500 }), (octets) => {
        for (const [coding, packed] of [
          ['gzip', gzipSync(octets)],
          ['deflate', deflateSync(octets)],
          ['deflate', deflateRawSync(octets)],
          ['br', brotliCompressSync(octets)],
        ] as const) {
          const inflated = inflate(packed, coding, LIMIT);
          expect(inflated.kind === 'octets' && Buffer.from(inflated.octets).equals(octets)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
