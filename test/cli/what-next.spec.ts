import { describe, expect, it } from '@jest/globals';
import { program } from '../../src/cli/program.ts';
import { terminal } from '../support/terminal.ts';

const FILES = {
  'exco.json': JSON.stringify({ brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9/v1' }] }),
};

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
  ])('%s that is mistyped', async (_, args, exit, words) => {
    const { io, err } = terminal({ files: FILES });
    expect(await program(args, io)).toBe(exit);
    expect(err()).toContain(words);
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
