import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/brokers/config-error.ts';
import { parseDialect } from '../../src/brokers/config.ts';
import { createRegistry } from '../../src/brokers/registry.ts';

function mistakes(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, expected }) => `${path}: ${expected}`);
    throw error;
  }
  return [];
}

const CODE = { result: { code: 'rt_cd' } };

describe('a dialect of the wrong form is refused with the path', () => {
  it.each<readonly [string, object, string]>([
    ['a wrong path', { result: { code: 'rt cd' } }, 'dialect.result.code: expected a path in the message'],
    ['a wrong path of several', { result: { code: ['a', 'b c'] } }, 'dialect.result.code[1]: expected a path'],
    ['a wrong block', { result: { block: '**Body', code: 'a' } }, 'dialect.result.block: expected a path of a block'],
    [
      'a pattern that can run for ever',
      { ...CODE, detailPatterns: ['(\\d+)+'] },
      'dialect.detailPatterns[0]: expected repeats with an end',
    ],
    [
      'a pattern that is none',
      { ...CODE, respPatterns: [{ pattern: '[', code: 7000 }] },
      'dialect.respPatterns[0].pattern: expected a regular expression',
    ],
    [
      'a pattern without a group around the code',
      { ...CODE, detailPatterns: ['\\d{4}'] },
      'dialect.detailPatterns[0]: expected a pattern with 1 group',
    ],
    [
      'a code mapped to a number the standard lacks',
      { ...CODE, respCodes: { E1: { code: 4999 } } },
      'dialect.respCodes.E1.code: expected a code of the standard, 3001 to 7000',
    ],
    [
      'a pattern mapped to such a number',
      { ...CODE, respPatterns: [{ pattern: '^E', code: 9 }] },
      'dialect.respPatterns[0].code: expected a code of the standard, 3001 to 7000',
    ],
    ['a preset nobody knows', { extends: 'nobody' }, 'dialect.extends: expected a preset: platform, koreainvest'],
    ['an advice nobody knows', { respCodes: { E: { code: 7000, retry: 'x' } } }, 'dialect.respCodes.E.retry: expected'],
    ['a place that is none', { trCodeAt: { request: 'body' + ' x' } }, "dialect.trCodeAt.request: expected 'header:"],
    ['a header of the transport', { paging: { ...PAGES('header:Host') } }, 'dialect.paging.keys[0].to: expected no'],
    ['no pace at all', { pace: { perSecond: 0 } }, 'dialect.pace.perSecond: expected'],
    ['a sample without a body', { samples: [{ name: 'a', expect: 'success' }] }, 'dialect.samples[0].body: expected'],
    ['an unknown field', { success: ['0'] }, 'dialect.success: expected no such option'],
  ])('%s', (_, dialect, words) => {
    const [first = ''] = mistakes(() => parseDialect(dialect));
    expect(first.startsWith(words)).toBe(true);
  });
});

function PAGES(to: string) {
  return { request: {}, response: {}, keys: [{ from: 'next', to }] };
}

describe('the dialect of a broker', () => {
  const config = (dialect: unknown) => ({ brokers: [{ alias: 'house', baseUrl: 'https://b.example', dialect }] });

  it.each(['platform', 'kiwoom', { extends: 'kiwoom' }, CODE])('may be %j', (dialect) => {
    expect(createRegistry(config(dialect)).brokers[0]?.dialect?.envelopes.length).toBeGreaterThan(0);
  });

  it('is no preset nobody knows', () => {
    expect(mistakes(() => createRegistry(config('nobody'))).join()).toMatch(
      /^config\.brokers\[0\]\.dialect: expected a preset \(platform, koreainvest, .*\) or a dialect$/,
    );
  });
});
