import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BROKER_NAMES } from '../../src/cli/completion-table.ts';
import { OPERATIONS } from '../../src/model/operations.ts';
import { program } from '../../src/cli/program.ts';
import { folderWith } from '../support/folder.ts';
import { terminal } from '../support/terminal.ts';
import { bash, fish, zsh, type Shell } from './completion/shells.ts';

/** The brokers that the program below names for `exco.json`, sorted. */
const OURS = ['ours', 'theirs'];
const LISTED = [...BROKER_NAMES].sort();
const OPERATION_NAMES = Object.keys(OPERATIONS).sort();
const CONFIGS = ['--config exco.json', '--config=exco.json'];
const LANGS = ['--lang ko', '--lang=ko'];

/** Every order in which the parts can stand. */
function orders(parts: readonly string[]): string[][] {
  if (parts.length === 0) return [[]];
  return parts.flatMap((part, at) => orders(parts.toSpliced(at, 1)).map((rest) => [part, ...rest]));
}

/** Lines that begin with `op-exco`, hold the parts in every order and have the cursor behind them. */
function typed(parts: readonly string[], last = ''): string[] {
  return orders(parts).map((order) => ['op-exco', ...order, last].join(' '));
}

/** What is to be offered, for each line. */
const WANTED: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ...CONFIGS.flatMap((config) => [
      ...['call', 'diagnose'].flatMap((command) => [
        [typed([command, config]), OURS] as const,
        ...LANGS.map((lang) => [typed([command, config, '--json', lang]), OURS] as const),
      ]),
      [typed([config, '--json']).map((line) => line.replace(/ $/, ' codes --broker ')), OURS] as const,
      [
        typed(['codes', config])
          .filter((line) => !line.endsWith('codes '))
          .map((line) => `${line}--broker `),
        OURS,
      ] as const,
      [
        [`op-exco call ours ${config} `, `op-exco call ${config} ours `, `op-exco ${config} call ours `],
        OPERATION_NAMES,
      ] as const,
      [[`op-exco call --deadline-ms 5 ${config} `, `op-exco call ${config} --deadline-ms=5 `], OURS] as const,
      [[`op-exco diagnose ours ${config} `], OURS] as const,
    ]),
    [typed(['call', '--json', '--lang ko']), LISTED] as const,
    [['op-exco call --config=missing.json ', 'op-exco call --config missing.json '], LISTED] as const,
    [['op-exco --lang ko call --body=x --lang '], ['en', 'ko']] as const,
    [['op-exco call --json --vers', 'op-exco call --lang ko --vers'], []] as const,
    [typed(['call', '--config exco.json'], '--deadl'), ['--deadline-ms']] as const,
    [['op-exco call --deadl', 'op-exco call --config=exco.json --deadl'], ['--deadline-ms']] as const,
    [['op-exco report -ox --config exco.json --out', 'op-exco report -ox --out'], ['--output']] as const,
    [['op-exco report -ox exco', 'op-exco call --config exc'], ['exco.json']] as const,
  ].flatMap(([lines, offered]) => lines.map((line) => [line, offered] as const)),
);

/** A folder with a program that answers for ours when it is asked for the brokers of `exco.json`. */
function folder(): string {
  const dir = folderWith({
    'exco.json': {},
    'op-exco': '#!/bin/sh\n[ "$*" = "completion brokers --config exco.json" ] && printf "theirs\\nours\\n"\n',
  });
  chmodSync(join(dir, 'op-exco'), 0o755);
  return dir;
}

async function scriptFor(shell: string): Promise<string> {
  const { io, out } = terminal();
  expect(await program(['completion', shell], io)).toBe(0);
  return out();
}

describe('op-exco completion, in the shell itself', () => {
  it.each<[string, Shell]>([
    ['bash', bash],
    ['zsh', zsh],
    ['fish', fish],
  ])('%s offers the same for a line, in whatever order and form its options stand', async (name, shell) => {
    const lines = [...WANTED.keys()];
    const offered = shell(await scriptFor(name), lines, folder());
    expect(offered).toHaveLength(lines.length);
    expect(new Map(lines.map((line, at) => [line, offered[at]]))).toEqual(WANTED);
  });
});
