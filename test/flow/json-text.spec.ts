import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonText } from '../../src/flow/json-text.ts';

/** What a parser makes of a text: its value, or that it is no JSON. */
function read(text: string): unknown {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'no JSON';
  }
}

const ASCII_ONLY = /^[\0-\x7f]*$/;

/** Letters of one, two, three and four octets, the last and the first of each; and what JSON has its own mind of. */
const LETTERS = [
  ...['a', '\x7f', '\x80', 'é', '\u07ff', '\u0800', '가', '정', '\ufeff', '\uffff', '\u{10000}', '😀', '\u{10ffff}'],
  ...['\\', '"', '\\\\', '\\n', '\\u00e9', '{', '}', '[', ']', ',', ':', '0', ' ', '\n', '\u2028'],
];

describe('the text of JSON for a parser', () => {
  it.each(['"정상처리"', '{"이름":"홍길동","n":[1,"😀"]}', '["é","\u07ff","\u0800","\u{10ffff}"]', '""', '{}'])(
    'of %s reads the same, and is of ASCII',
    (json) => {
      const text = jsonText(Buffer.from(json));
      expect(text).toMatch(ASCII_ONLY);
      expect(JSON.parse(text)).toEqual(JSON.parse(json));
    },
  );

  it.each(['"\\가"', '"\\\\\\é"', '가', '{가:1}', '["a",\u00a01]'])('of %s is no JSON, as that is none', (text) => {
    expect([read(text), read(jsonText(Buffer.from(text)))]).toEqual(['no JSON', 'no JSON']);
  });

  it('behind a backslash that stands for itself reads the same', () => {
    expect(JSON.parse(jsonText(Buffer.from('"\\\\가"')))).toBe('\\가');
  });

  it('is the plain one where most letters are not of ASCII', () => {
    const json = JSON.stringify('가나다라'.repeat(100));
    expect(jsonText(Buffer.from(json))).toBe(json);
  });

  it('is the plain one where it is very long', () => {
    const json = JSON.stringify(`${'a'.repeat(70_000)}가`);
    expect(jsonText(Buffer.from(json))).toBe(json);
  });

  it('keeps nothing of another', () => {
    const first = jsonText(Buffer.from('["정상처리","long enough to be seen below"]'));
    expect(jsonText(Buffer.from('["é"]'))).toBe('["\\u00e9"]');
    expect(JSON.parse(first)).toEqual(['정상처리', 'long enough to be seen below']);
  });
});

describe('the text of JSON, for any UTF-8', () => {
  it('reads as the plain text does', () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom(...LETTERS), fc.string({ unit: 'binary' })), { maxLength: 40 });
    const padding = fc.nat(200);
    fc.assert(
      fc.property(pieces, padding, fc.boolean(), (parts, length, isQuoted) => {
        const inner = 'x'.repeat(length) + parts.join('');
        const octets = Buffer.from(isQuoted ? `"${inner}"` : inner);
        expect(read(jsonText(octets))).toEqual(read(octets.toString('utf8')));
      }),
      { numRuns: 2_000 },
    );
  });
});
