import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bashCompletion } from '../../src/cli/completion-bash.ts';
import { completionTable, wantedOf } from '../../src/cli/completion-table.ts';
import { defineCommand, type Command } from '../../src/cli/command.ts';
import { program } from '../../src/cli/program.ts';
import { SUMMARIES } from '../../src/cli/summaries.ts';
import { folderWith } from '../support/folder.ts';
import { terminal, type TerminalOptions } from '../support/terminal.ts';

async function run(args: readonly string[], options?: TerminalOptions) {
  const { io, out, err } = terminal(options);
  return { exit: await program(args, io), out: out(), err: err() };
}

/** What bash would offer for a line, its last word being typed; `=` stands apart, as bash has it. */
function offered(script: string, words: readonly string[], cwd: string): string[] {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const asked = `${script}
COMP_WORDS=(${typed}); COMP_CWORD=${String(words.length - 1)}
_op_exco
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const path = `${cwd}${delimiter}${process.env['PATH'] ?? ''}`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', asked], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

/** A folder with files to offer, and a program that answers for ours when it is asked for the brokers. */
function folder(): string {
  const dir = folderWith({
    'exco.json': { brokers: [{ alias: 'samsung' }] },
    'with blank.json': {},
    'fixtures/x.json': {},
    'op-exco': '#!/bin/sh\n[ "$*" = "completion brokers --config exco.json" ] && printf "samsung\\nours\\n"\n',
  });
  chmodSync(join(dir, 'op-exco'), 0o755);
  return dir;
}

describe('op-exco completion bash, in bash', () => {
  it('completes commands, options, and what stands in each place', async () => {
    const { exit, out } = await run(['completion', 'bash']);
    expect(exit).toBe(0);
    const dir = folder();
    const cases: readonly (readonly [string[], string[]])[] = [
      [['op-exco', ''], Object.keys(SUMMARIES)],
      [['op-exco', 'fa'], ['faults']],
      [['op-exco', '--lang', 'ko', 'fa'], ['faults']],
      [['op-exco', '--la'], ['--lang']],
      [
        ['op-exco', 'report', '-'],
        ['-o', '--output', '--config', '--json', '--lang', '--help'],
      ],
      [
        ['op-exco', 'call', '--lang', ''],
        ['en', 'ko'],
      ],
      [['op-exco', 'call', '--lang', '=', 'k'], ['ko']],
      [
        ['op-exco', 'call', '--lang', '='],
        ['en', 'ko'],
      ],
      [
        ['op-exco', 'faults', 'connect-'],
        ['connect-refused', 'connect-reset', 'connect-timeout'],
      ],
      [
        ['op-exco', 'codes', '500'],
        ['500', '5004', '5005', '5006', '5007'],
      ],
      [['op-exco', 'call', 'sam'], ['samsung']],
      [
        ['op-exco', 'call', '--config', 'exco.json', ''],
        ['samsung', 'ours'],
      ],
      [
        ['op-exco', 'call', '--config', '=', 'exco.json', ''],
        ['samsung', 'ours'],
      ],
      [
        ['op-exco', 'call', '--config=exco.json', ''],
        ['samsung', 'ours'],
      ],
      [['op-exco', 'call', '--config', 'missing.json', 'kiw'], ['kiwoom']],
      [['op-exco', 'call', 'samsung', 'account.b'], ['account.balance']],
      [['op-exco', 'call', 'samsung', 'account.balance', ''], []],
      [['op-exco', 'call', '--deadline-ms', ''], []],
      [['op-exco', 'diagnose', 'samsung', 'kiw'], ['kiwoom']],
      [['op-exco', 'classify', 'w'], ['with blank.json']],
      [['op-exco', 'fixtures', 'rep'], ['replay']],
      [['op-exco', 'fixtures', 'lint', ''], ['fixtures']],
      [
        ['op-exco', 'fixtures', 'record', 'fixtures', '--mode', ''],
        ['missing', 'all', 'faults'],
      ],
      [['op-exco', 'dialect', 'check', 'kiw'], ['kiwoom']],
      [['op-exco', 'nonsense', ''], []],
    ];
    for (const [words, expected] of cases) {
      expect([words.join(' '), offered(out, words, dir).sort()]).toEqual([words.join(' '), [...expected].sort()]);
    }
  });

  it('runs nothing of what was typed', async () => {
    const { out } = await run(['completion', 'bash']);
    const dir = folder();
    expect(offered(out, ['op-exco', '$(touch ran)', '`touch ran`', '--config', '$(touch ran)', ''], dir)).toEqual([]);
    expect(offered(out, ['op-exco', 'classify', 'ran'], dir)).toEqual([]);
  });
});

describe('op-exco completion', () => {
  it.each(['bash', 'zsh', 'fish'])('names every command and every fault to %s', async (shell) => {
    const { out } = await run(['completion', shell]);
    for (const name of Object.keys(SUMMARIES)) expect(out).toContain(name);
    for (const word of ['account.balance', 'connect-refused', 'samsung', 'deadline-ms']) expect(out).toContain(word);
  });

  it.each(['zsh', 'fish'])('describes in Korean with --lang ko for %s', async (shell) => {
    expect((await run(['completion', shell, '--lang', 'ko'])).out).toContain('증권사 업무 1건 호출');
  });

  it.each(['zsh', 'fish'])('leaves no quote open in the script for %s', async (shell) => {
    const { out } = await run(['completion', shell]);
    const closed = shell === 'fish' ? out.replace(/\\['\\]/g, '') : out.replaceAll("'\\''", '');
    for (const line of closed.split('\n').filter((each) => !each.startsWith('#'))) {
      expect([line, (line.match(/'/g) ?? []).length % 2]).toEqual([line, 0]);
    }
  });

  it('gives zsh and fish both forms of a value, and looks for the configuration in the line itself', async () => {
    const zsh = (await run(['completion', 'zsh'])).out;
    expect(zsh).toContain("'--config=[");
    expect(zsh).toContain("'-o+[");
    expect(zsh).toContain("'(-)*::: :->command'");
    expect(zsh).not.toContain('opt_args[');
    const valued = zsh.match(/'-[^[]+\[(?=[^\n]*:value:)/g) ?? [];
    expect(valued.filter((spec) => !/[=+]\[$/.test(spec))).toEqual([]);
    expect((await run(['completion', 'fish'])).out).toContain("'--config=*'");
  });

  it('prints a script as one JSON object with --json', async () => {
    const { out } = await run(['completion', 'fish', '--json']);
    expect(JSON.parse(out)).toMatchObject({ schema: 1, script: expect.arrayContaining(['complete -c op-exco -f']) });
  });

  it('prints the brokers of a configuration that is not valid yet, and no name that a shell would split', async () => {
    const files = {
      'exco.json':
        '{"brokers":[{"alias":"samsung","headers":{"x":"${UNSET}"}},{"comId":"00050"},{"alias":"a b"},7,{}]}',
    };
    const { exit, out } = await run(['completion', 'brokers', '--config', 'exco.json'], { files });
    expect([exit, out]).toEqual([0, 'samsung\n00050']);
  });

  it.each([
    ['an unknown shell', ['completion', 'bsh'], 64, 'Expected bash, zsh or fish. Try: op-exco completion bash'],
    ['no shell', ['completion'], 64, 'Expected: op-exco completion bash|zsh|fish|brokers'],
    ['brokers of no configuration', ['completion', 'brokers'], 64, '--config FILE is needed.'],
  ])('says what to type, given %s', async (_, args, exit, words) => {
    const ended = await run(args);
    expect(ended.exit).toBe(exit);
    expect(ended.err).toContain(words);
  });
});

describe('what a name in a help page stands for', () => {
  it.each([
    ['FILE', { words: [], paths: 'files', isBroker: false }],
    ['[FILE...]', { words: [], paths: 'files', isBroker: false }],
    ['[FILE.har]', { words: [], paths: 'files', isBroker: false }],
    ['DIR', { words: [], paths: 'folders', isBroker: false }],
    ['[BROKER...]', { words: [], isBroker: true }],
    ['lint|replay', { words: ['lint', 'replay'], isBroker: false }],
    ['ID', { words: [], isBroker: false }],
  ])('%s', (name, wanted) => {
    expect(wantedOf(name)).toEqual(wanted);
  });

  it('is read from the command itself: a new option completes by being declared', () => {
    const command: Command = defineCommand({
      name: 'new',
      summary: { en: "it's new", ko: '' },
      takes: ['[FAULT]'],
      options: { colour: { value: 'red|blue', words: { en: '', ko: '' } } },
      examples: [],
      execute: () => 0,
    });
    const script = bashCompletion(completionTable([command], 'en'), []).join('\n');
    expect(offered(script, ['op-exco', 'new', '--colour', ''], folder())).toEqual(['red', 'blue']);
    expect(offered(script, ['op-exco', 'new', 'thrott'], folder())).toEqual(['throttled']);
  });
});
