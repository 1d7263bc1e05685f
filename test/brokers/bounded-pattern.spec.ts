import { describe, expect, it } from '@jest/globals';
import { objectionTo } from '../../src/brokers/bounded-pattern.ts';
import { PRESETS } from '../../src/dialects/presets.ts';

const SHIPPED = Object.entries(PRESETS).flatMap(([name, { detailPatterns = [], respPatterns = [] }]) => [
  ...detailPatterns.map((pattern) => [name, pattern, 1] as const),
  ...respPatterns.map(({ pattern }) => [name, pattern, undefined] as const),
]);

describe('a pattern that may be used', () => {
  it.each(SHIPPED)('%s: %s', (_, pattern, groups) => {
    expect(objectionTo(pattern, groups)).toBeUndefined();
  });

  it.each(['^A\\d{2}$', 'a|b|c', '[^\\]a-z]{1,8}x?', '(?:ab)?c', '\\(\\d{6}:', '^.{1,10}$'])('%s', (pattern) => {
    expect(objectionTo(pattern)).toBeUndefined();
  });
});

describe('a pattern that may not', () => {
  it.each([
    ['nested repeats', '(a+)+$', 'expected repeats with an end'],
    ['an endless repeat', '\\d+', 'expected repeats with an end'],
    ['a star', 'x*', 'expected repeats with an end'],
    ['a repeat without an end', '\\d{3,}', 'expected repeats with an end'],
    ['a repeated group', '(?:a|a){1,20}', 'expected no repeat of a group'],
    ['many optional parts', 'a?a?a?a?a?a?a?', 'expected a pattern with at most 64 ways'],
    ['wide repeats side by side', '\\d{1,20}\\d{1,20}', 'expected a pattern with at most 64 ways'],
    ['many alternatives', '(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)', 'expected a pattern with at most 64 ways'],
    ['a look ahead', '(?=a)b', 'expected a regular expression'],
    ['a look behind', '(?<!a)b', 'expected a regular expression'],
    ['a named group', '(?<code>\\d)', 'expected a regular expression'],
    ['a reference back', '(a)\\1', 'expected a regular expression'],
    ['no expression', '(', 'expected a regular expression'],
    ['a class that never ends', '[a', 'expected a regular expression'],
    ['a range the wrong way round', '[z-a]', 'expected a regular expression'],
    ['an escape of nothing', '\\q', 'expected a regular expression'],
    ['nothing', '', 'expected a pattern of at most 100'],
    ['a long one', 'a'.repeat(101), 'expected a pattern of at most 100'],
  ])('%s', (_, pattern, words) => {
    expect(objectionTo(pattern)).toMatch(new RegExp(`^${words}`));
  });

  it.each([
    ['none', '\\d{4}'],
    ['two', '(\\d)(\\d)'],
  ])('because it has %s of the one group that is needed', (_, pattern) => {
    expect(objectionTo(pattern, 1)).toBe('expected a pattern with 1 group around the code');
  });
});
