import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RequestReader } from '../../src/simulator/requests.ts';
import { post } from './raw.ts';

function chunked(path: string, body: string): string {
  const octets = Buffer.from(body);
  const chunks = octets.length === 0 ? '' : `${octets.length.toString(16)};x=1\r\n${body}\r\n`;
  return `POST ${path} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\nTrailer: x\r\n\r\n`;
}

describe('RequestReader', () => {
  it('gives the same requests however their octets are cut', () => {
    const bodies = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.boolean()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(bodies, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (given, cuts) => {
        const octets = Buffer.from(
          given.map(([body, isChunked], at) => (isChunked ? chunked : post)(`/${at}`, body)).join(''),
        );
        const reader = new RequestReader(() => undefined);
        const came: string[] = [];
        for (let from = 0, turn = 0; from < octets.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          reader.push(octets.subarray(from, from + size));
          from += size;
          for (let next = reader.next(); next !== undefined; next = reader.next()) {
            came.push('refused' in next ? 'refused' : `${next.target} ${next.body.toString()}`);
          }
        }
        expect(came).toEqual(given.map(([body], at) => `/${at} ${Buffer.from(body).toString()}`));
        expect(reader.waiting).toBe(0);
      }),
    );
  });
});
