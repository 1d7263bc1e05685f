import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonErrorAt } from '../../src/cli/json-position.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('jsonErrorAt', () => {
  it.each([
    ['nothing', '', 1, 1],
    ['blanks alone', ' \n ', 2, 2],
    ['a word that JSON does not have', '{"a": tru}', 1, 7],
    ['a trailing comma in an object', '{"a": 1,\n}', 2, 1],
    ['a trailing comma in a list', '[1, ]', 1, 5],
    ['a comma too many', '[1,, 2]', 1, 4],
    ['a missing colon', '{"a" 1}', 1, 6],
    ['a key without quotes', '{a: 1}', 1, 2],
    ['single quotes', "{'a': 1}", 1, 2],
    ['curly quotes', '{“a”: 1}', 1, 2],
    ['the wrong bracket', '[1}', 1, 3],
    ['a leading zero', '[01]', 1, 3],
    ['a lone minus', '[-]', 1, 2],
    ['an end in the middle of an object', '{"a": 1', 1, 8],
    ['an end in the middle of a text', '{"a": "b', 1, 9],
    ['a line break inside a text', '{"a": "b\n"}', 1, 9],
    ['an escape that does not exist', '["\\x"]', 1, 3],
    ['text behind the end', '{}\n{}', 2, 1],
    ['a mistake behind Korean text', '{"이름": 김}', 1, 8],
    ['a mistake behind characters outside the basic plane', '["😀", x]', 1, 7],
    ['a bracket that was never opened', ']', 1, 1],
  ])('finds %s', (_, text, line, column) => {
    expect(jsonErrorAt(text)).toEqual({ line, column });
  });

  it.each(['{}', '[]', '0', '-1.5e+3', 'null', '"\\u00e9\\n"', '{"a": [1, {"b": true}], "c": ""}', ' [ ] '])(
    'finds nothing in %s',
    (text) => {
      expect(jsonErrorAt(text)).toBeUndefined();
    },
  );

  it('agrees with the parser on every JSON text and on every JSON text with one character changed', () => {
    const noise = fc.constantFrom(...Array.from('{}[],:"\\ 0-1.eEtrufalsn\n\u0001x'));
    const changed = fc.tuple(fc.json(), fc.nat(), noise, fc.constantFrom(0, 1)).map(([text, at, char, length]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + char + text.slice(place + length);
    });
    fc.assert(
      fc.property(fc.oneof(fc.json(), changed), (text) => {
        expect(jsonErrorAt(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
