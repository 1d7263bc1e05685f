import { describe, expect, it } from '@jest/globals';
import { program } from '../../src/cli/program.ts';
import { lineOf } from '../../src/records/line.ts';
import { callRecord } from '../records/given.ts';
import { terminal } from '../support/terminal.ts';

const FILES = {
  'exco.json': JSON.stringify({ brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9/v1' }] }),
  'two.json': JSON.stringify({
    brokers: ['mine', 'tr'].map((alias) => ({ alias, baseUrl: 'http://127.0.0.1:9/v1' })),
  }),
  'body.json': '{}',
  '-': lineOf('call', callRecord({ broker: 'mine' })),
};

const RECORD = ['fixtures', 'record', 'nowhere', '--config', 'two.json', '--body', 'body.json'];

describe('a mistake on the command line comes with what to type next', () => {
  it.each([
    ['a command', ['docter'], 64, 'Did you mean doctor?'],
    ['an option', ['call', 'samsung', 'account.balance', '--bdoy', 'x'], 64, 'Did you mean --body?'],
    ['a fault', ['faults', 'conect-refused'], 64, 'Did you mean connect-refused, connect-reset?'],
    ['a broker', ['call', 'smasung', 'account.balance', '--config', 'exco.json'], 1, 'Did you mean samsung?'],
    [
      'an operation',
      ['call', 'samsung', 'acount.balance', '--config', 'exco.json'],
      1,
      'Did you mean account.balance?',
    ],
    ['a shell', ['completion', 'fihs'], 64, 'Try: op-exco completion fish'],
    ['an action on fixtures', ['fixtures', 'relpay', 'fixtures'], 64, 'Did you mean replay?'],
    ['a dialect', ['codes', '--broker', 'kiwom', '1700'], 64, 'Did you mean kiwoom?'],
    ['an action on a dialect', ['dialect', 'chekc', 'alpaca'], 64, 'Expected check or show. Did you mean check?'],
  ])('%s that is mistyped', async (_, args, exit, words) => {
    const { io, err } = terminal({ files: FILES });
    expect(await program(args, io)).toBe(exit);
    expect(err()).toContain(words);
  });

  it.each([
    [
      'a configured broker to diagnose',
      ['diagnose', 'mien', '--config', 'two.json'],
      'No broker "mien". Did you mean mine? Configured brokers: mine, tr.',
      '"mien" 증권사가 없음. 혹시 mine? 설정된 증권사: mine, tr.',
    ],
    [
      'a broker of the records',
      ['diagnose', 'mien', '--events', '-'],
      'No broker "mien". Did you mean mine? Brokers in the records: mine.',
      '"mien" 증권사가 없음. 혹시 mine? 기록에 있는 증권사: mine.',
    ],
    [
      'a configured broker in the records',
      ['diagnose', 'mien', '--events', '-', '--config', 'two.json'],
      'No broker "mien". Did you mean mine? Configured brokers: mine, tr.',
      '"mien" 증권사가 없음. 혹시 mine? 설정된 증권사: mine, tr.',
    ],
    [
      'a broker whose codes are asked for',
      ['codes', '--broker', 'mien', '--config', 'two.json'],
      'No broker and no preset "mien". Did you mean mine? Configured brokers: mine, tr. Presets: platform, ',
      '"mien" 증권사 또는 프리셋이 없음. 혹시 mine? 설정된 증권사: mine, tr. 프리셋: platform, ',
    ],
    [
      'a preset beside a configuration',
      ['codes', '--broker', 'kiwom', '--config', 'two.json'],
      'No broker and no preset "kiwom". Did you mean kiwoom? Configured brokers: mine, tr. Presets: platform, ',
      '"kiwom" 증권사 또는 프리셋이 없음. 혹시 kiwoom? 설정된 증권사: mine, tr. 프리셋: platform, ',
    ],
    [
      'a preset to check',
      ['dialect', 'check', 'alpacca'],
      'No file and no preset "alpacca". Did you mean alpaca? Presets: platform, ',
      '"alpacca" 파일 또는 프리셋이 없음. 혹시 alpaca? 프리셋: platform, ',
    ],
    [
      'a preset to show',
      ['dialect', 'show', 'kiwom'],
      'No file and no preset "kiwom". Did you mean kiwoom? Presets: platform, ',
      '"kiwom" 파일 또는 프리셋이 없음. 혹시 kiwoom? 프리셋: platform, ',
    ],
    [
      'a broker to record',
      [...RECORD, '--broker', 'mien', '--operation', 'account.balance'],
      'No broker "mien". Did you mean mine? Configured brokers: mine, tr.',
      '"mien" 증권사가 없음. 혹시 mine? 설정된 증권사: mine, tr.',
    ],
    [
      'an operation to record',
      [...RECORD, '--broker', 'mine', '--operation', 'account.balence'],
      'No operation "account.balence". Did you mean account.balance? Operations: ',
      '"account.balence" 업무가 없음. 혹시 account.balance? 업무: ',
    ],
  ])('%s that is mistyped: the nearest name and all there are', async (_, args, en, ko) => {
    for (const [lang, words] of [
      ['en', en],
      ['ko', ko],
    ] as const) {
      const { io, out, err } = terminal({ files: FILES, lang });
      expect([await program(args, io), out()]).toEqual([64, '']);
      expect(err().slice(0, words.length)).toBe(words);
    }
  });

  it.each([
    ['no configuration named', ['call', 'samsung', 'account.balance'], 64],
    ['a configuration that is not there', ['call', 'samsung', 'account.balance', '--config', 'nowhere.json'], 78],
    ['a gateway without a configuration', ['serve'], 64],
  ])('%s: op-exco init', async (_, args, exit) => {
    for (const [lang, words] of [
      ['en', 'op-exco init writes one to start from.'],
      ['ko', 'op-exco init 명령으로'],
    ] as const) {
      const { io, err } = terminal({ files: FILES, lang });
      expect(await program(args, io)).toBe(exit);
      expect(err()).toContain(words);
    }
  });
});
