import { describe, expect, it } from '@jest/globals';
import { languageOf, reasonOf } from '../../src/cli/io.ts';
import { nearest } from '../../src/model/nearest.ts';
import { columns, emphasisOf, table } from '../../src/cli/table.ts';

describe('columns', () => {
  it('counts a Korean character as two columns of a terminal', () => {
    expect(
      columns([
        ['증권사', 'x'],
        ['broker', 'y'],
        ['', 'z'],
      ]),
    ).toEqual(['증권사  x', 'broker  y', '        z']);
  });

  it('leaves no blanks at the end of a line', () => {
    expect(
      columns([
        ['a', ''],
        ['b', 'long'],
      ]),
    ).toEqual(['a', 'b  long']);
  });

  it('emphasises the head of a table and nothing else', () => {
    expect(table(['code', 'x'], [['1', '2']], (text) => `*${text}*`)).toEqual(['*code  x*', '1     2']);
  });
});

describe('emphasisOf', () => {
  it.each([
    ['on a terminal', true, {}, '\u001b[1mx\u001b[22m'],
    ['not on a terminal', false, {}, 'x'],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, 'x'],
    ['with an empty NO_COLOR, which means nothing', true, { NO_COLOR: '' }, '\u001b[1mx\u001b[22m'],
  ])('is bold type %s', (_, isTerminal, env, expected) => {
    expect(emphasisOf({ isTerminal, env })('x')).toBe(expected);
  });
});

describe('nearest', () => {
  const NAMES = [
    'connect-refused',
    'connect-reset',
    'connect-timeout',
    'response-timeout',
    'body-timeout',
    'throttled',
  ];

  it.each([
    ['a letter left out', 'connect-timout', ['connect-timeout']],
    ['two letters swapped', 'throtlted', ['throttled']],
    ['another letter case', 'THROTTLED', ['throttled']],
    ['a part of several names', 'timeout', ['connect-timeout', 'response-timeout', 'body-timeout']],
    ['nothing like them', 'certificate', []],
    ['nothing', '', []],
    ['a text without end', 'x'.repeat(100_000), []],
  ])('finds the names meant by %s', (_, text, names) => {
    expect(nearest(text, NAMES)).toEqual(names);
  });

  it('counts two letters swapped in a short name as one step', () => {
    expect(nearest('coeds', ['codes', 'call'])).toEqual(['codes']);
  });
});

describe('languageOf', () => {
  it.each([
    ['LC_ALL before LANG', { LC_ALL: 'ko_KR.UTF-8', LANG: 'en_US.UTF-8' }, 'ko'],
    ['LC_MESSAGES before LANG', { LC_MESSAGES: 'en_US', LANG: 'ko_KR.eucKR' }, 'en'],
    ['LANG where an earlier variable is empty', { LC_ALL: '', LANG: 'ko' }, 'ko'],
    ['no other language that begins so', { LANG: 'kok_IN' }, 'en'],
    ['English where nothing is set', {}, 'en'],
  ])('takes %s', (_, env, lang) => {
    expect(languageOf(env)).toBe(lang);
  });
});

describe('reasonOf', () => {
  it.each([
    ['a system error', Object.assign(new Error('SECRET'), { code: 'EACCES' }), 'EACCES'],
    ['an error without a code', new Error('SECRET'), 'unknown reason'],
    ['a code that is a text', { code: 'SECRET text' }, 'unknown reason'],
    ['no error', undefined, 'unknown reason'],
  ])('shows the code of %s and nothing else', (_, error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});
