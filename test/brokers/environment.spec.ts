import { describe, expect, it } from '@jest/globals';
import { isConfigError } from '../../src/brokers/config-error.ts';
import { withEnvironment } from '../../src/brokers/environment.ts';

const ENV = { KEY: 'abc', EMPTY: '', NESTED: '${KEY}', DOLLARS: "$& $1 $'" };

function issuesOf(value: unknown): unknown {
  try {
    withEnvironment(value, ENV);
    return [];
  } catch (error) {
    return isConfigError(error) ? error.issues : error;
  }
}

const MALFORMED = 'expected ${NAME} with the name of an environment variable, or $${ for the characters';

describe('withEnvironment', () => {
  it.each([
    ['a whole text', '${KEY}', 'abc'],
    ['a part of a text, twice', 'Bearer ${KEY}.${KEY}', 'Bearer abc.abc'],
    ['an empty variable', '[${EMPTY}]', '[]'],
    ['what a variable holds, only once', '${NESTED}', '${KEY}'],
    ['what a variable holds, to the letter', '${DOLLARS}', "$& $1 $'"],
    ['$${ as the characters themselves', '$${KEY} costs $5', '${KEY} costs $5'],
    ['no dollar sign without a brace', '$KEY $', '$KEY $'],
  ])('fills %s', (_, text, filled) => {
    expect(withEnvironment(text, ENV)).toBe(filled);
  });

  it('fills texts at any depth and leaves keys and other values alone', () => {
    const value = { '${KEY}': [{ a: '${KEY}' }, 1, true, null], b: { c: ['x', '${KEY}'] } };
    expect(withEnvironment(value, ENV)).toEqual({ '${KEY}': [{ a: 'abc' }, 1, true, null], b: { c: ['x', 'abc'] } });
    expect(value.b.c[1]).toBe('${KEY}');
  });

  it.each([
    ['a variable that is not set', '${MISSING}', 'expected the environment variable MISSING to be set'],
    ['the name of an inherited property', '${constructor}', 'expected the environment variable constructor to be set'],
    ['no name', '${}', MALFORMED],
    ['a name with a blank', '${A B}', MALFORMED],
    ['no closing brace', '${KEY', MALFORMED],
  ])('names the path given %s', (_, text, expected) => {
    expect(issuesOf({ brokers: [{ headers: { 'x-key': text } }] })).toEqual([
      { path: 'config.brokers[0].headers["x-key"]', expected },
    ]);
  });

  it('names every path at once, and no value', () => {
    expect(issuesOf({ a: '${ONE} SECRET', b: ['${TWO}'] })).toEqual([
      { path: 'config.a', expected: 'expected the environment variable ONE to be set' },
      { path: 'config.b[0]', expected: 'expected the environment variable TWO to be set' },
    ]);
  });
});
