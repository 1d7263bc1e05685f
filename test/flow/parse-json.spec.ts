import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/flow/parse-json.ts';
import { agrees } from './reading.ts';

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

function strict(text: string): unknown {
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'invalid' };
  }
}

describe('parseJson reads numbers', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['5.0', 5],
    ['-12.9', -12.9],
    ['3.60001E11', 360_001_000_000],
    ['1e22', 1e22],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992],
    ['-9007199254740992', -9_007_199_254_740_992],
    ['0.1', 0.1],
    ['5e-324', 5e-324],
    ['1e-400', 0],
    ['0.12345678901234567890123', 0.12345678901234568],
  ])('%s as a number', (text, value) => {
    expect(parseJson(text)).toEqual({ kind: 'value', value });
  });

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '999900000000000001',
    '12345678901234567890123456789012345678901234567890',
    '9007199254740993.5',
    '123456789012345678901234567890E-5',
    '1e23',
    '1e400',
    '-1E+999',
  ])('%s as text with all its digits', (text) => {
    expect(parseJson(text)).toEqual({ kind: 'value', value: text });
    expect(parseJson(`{"a":[1,${text} ,{"b":${text}}]}`)).toEqual({
      kind: 'value',
      value: { a: [1, text, { b: text }] },
    });
  });

  it.each([
    '01234567890123456789',
    '1234567890123456789.',
    '-',
    '1e',
    '12345678901234567890.e5',
    '+12345678901234567890',
    '1234567890123456789-1',
  ])('%s as no JSON', (text) => {
    expect(parseJson(text)).toEqual({ kind: 'invalid' });
    expect(parseJson(`[${text}]`)).toEqual({ kind: 'invalid' });
  });

  it.each([1, 10, 100, 500, 5_000])('never makes a key of a number, given %d blanks before the colon', (blanks) => {
    expect(parseJson(`{12345678901234567890${' '.repeat(blanks)}:1}`)).toEqual({ kind: 'invalid' });
  });

  it('leaves the digits in texts and keys alone', () => {
    const text = '{"12345678901234567890":"a 12345678901234567890 \\" 12345678901234567890"}';
    expect(parseJson(text)).toEqual(strict(text));
  });
});

describe('parseJson refuses', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' '],
    ['text after the value', '{} {}'],
    ['a trailing comma', '{"a":1,}'],
    ['a comment', '{/* a */}'],
    ['single quotes', "{'a':1}"],
    ['typographic quotes', '{“a”:1}'],
    ['bare words', '{"a":Ou=FAKE}'],
    ['NaN', '[NaN]'],
    ['undefined', 'undefined'],
    ['a line break in a text', '"a\nb"'],
    ['a cut escape', '"\\u12"'],
    ['a text without end', '"abc\\"'],
    ['101 levels', nested(101)],
    ['101 levels of objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`],
    ['a million levels', '['.repeat(1_000_000)],
  ])('%s', (_, text) => {
    expect(parseJson(text)).toEqual({ kind: 'invalid' });
  });

  it('nothing of 100 levels, nor brackets inside a text', () => {
    expect(parseJson(nested(100)).kind).toBe('value');
    expect(parseJson(JSON.stringify('['.repeat(500))).kind).toBe('value');
  });
});

describe('parseJson keeps keys away from prototypes', () => {
  it.each([
    ['__proto__', '{"__proto__":{"polluted":1},"a":1}'],
    ['constructor', '{"constructor":{"prototype":{"polluted":1}},"a":1}'],
    ['escaped', String.raw`{"\u005f_proto__":{"polluted":1},"a":1}`],
    ['escaped in capitals', String.raw`{"\u0063onstructor":1,"a":1}`],
  ])('%s', (_, text) => {
    const parsed = parseJson(text);
    expect(parsed).toEqual({ kind: 'value', value: { a: 1 } });
    expect(parsed.kind === 'value' && Object.keys(parsed.value as object)).toEqual(['a']);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('at any depth', () => {
    const parsed = parseJson('{"a":[{"b":{"__proto__":1,"c":{"constructor":2,"d":3}}}]}');
    expect(JSON.stringify(parsed)).toBe('{"kind":"value","value":{"a":[{"b":{"c":{"d":3}}}]}}');
  });

  it('and leaves the words in values alone', () => {
    expect(parseJson('{"a":"__proto__","b":["constructor"]}')).toEqual({
      kind: 'value',
      value: { a: '__proto__', b: ['constructor'] },
    });
  });
});

function sameAsStrict(text: string): boolean {
  const ours = parseJson(text);
  const theirs = strict(text) as { kind: string; value?: unknown };
  return ours.kind === 'invalid'
    ? theirs.kind === 'invalid'
    : theirs.kind === 'value' && agrees(ours.value, theirs.value);
}

/** Pieces that JSON is made of, and that mislead a scanner: quotes, backslashes, long numbers, unsafe keys. */
const PIECES = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\\"', '\\\\', ' ', '\n', '-', '.', 'e', 'E+', '0', '7', 'null', 'true'],
  ...[
    '12345678901234567890',
    '9007199254740993',
    '1e999',
    '"a"',
    '"__proto__"',
    '"constructor"',
    '"\\u005f_proto__"',
    '가',
  ],
);

describe('parseJson, for any text', () => {
  it('accepts exactly what JSON.parse accepts, and reads the same', () => {
    fc.assert(
      fc.property(
        fc.array(PIECES, { maxLength: 12 }).map((parts) => parts.join('')),
        sameAsStrict,
      ),
      { numRuns: 20_000 },
    );
  });

  it('accepts every JSON text up to its depth', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 20, noUnicodeString: false }), sameAsStrict), { numRuns: 2_000 });
  });

  it('keeps the digits of every whole number', () => {
    const digits = fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }).map(String);
    fc.assert(
      fc.property(digits, (text) => {
        const parsed = parseJson(`[${text}]`);
        expect(parsed).toEqual({
          kind: 'value',
          value: [Math.abs(Number(text)) > 2 ** 53 || BigInt(Number(text)) !== BigInt(text) ? text : Number(text)],
        });
      }),
    );
  });

  it('keeps the value of every number written with point or exponent', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 25 }),
        (value, places) => {
          for (const text of [
            String(value),
            value.toExponential(),
            Math.abs(value) < 1e21 ? value.toFixed(places) : '0',
          ]) {
            const parsed = parseJson(text);
            expect(parsed.kind === 'value' && Number(parsed.value)).toBe(Number(text));
          }
        },
      ),
    );
  });

  it('never throws on random text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), sameAsStrict), { numRuns: 2_000 });
  });

  it('reads a megabyte of quotes, backslashes and digits in linear time', () => {
    for (const unit of ['\\\\', '"', '1', '-', '[]', '12345678901234567890 ']) {
      const parsed = parseJson(`"${unit.repeat(1_000_000 / unit.length)}`);
      expect(['value', 'invalid']).toContain(parsed.kind);
    }
  });
});
