import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FAULTS, FAULT_NAMES } from '../src/catalog/faults.ts';
import { codes } from '../src/cli/codes.ts';
import { faults } from '../src/cli/faults.ts';
import { runCommand } from './support/terminal.ts';

const run = promisify(execFile);
const EXAMPLE = 'examples/first-call/main.ts';
const TSX = 'node_modules/tsx/dist/cli.mjs';
/** Most time for a test that starts a program. */
const PROGRAM_MS = 30_000;
/** Each README, and the words before its example and before what that prints. */
const READMES = [
  { file: 'README.md', example: 'The smallest call', printed: 'It prints' },
  { file: 'README.ko.md', example: '가장 짧은 예', printed: '출력:' },
].map((each) => ({ ...each, text: readFileSync(each.file, 'utf8') }));
const SCRIPTS = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> })
  .scripts;

/** The fenced block that follows `words`. */
function blockAfter(text: string, words: string): string {
  const rest = text.slice(text.indexOf(words));
  return /```\w*\n([\s\S]*?)```/.exec(rest)?.[1] ?? '';
}

/** The arguments that Node gets when this script of package.json is run. */
function programOf(script: string): string[] {
  const [command, ...args] = (SCRIPTS[script] ?? '').split(' ');
  if (command !== 'tsx') throw new Error(`${script} is no program of tsx`);
  return [TSX, ...args];
}

describe('the first call', () => {
  it.each(READMES)('of $file is the example that runs', ({ text, example }) => {
    expect(blockAfter(text, example)).toBe(readFileSync(EXAMPLE, 'utf8'));
  });

  it(
    'prints what either README says',
    async () => {
      const { stdout } = await run(process.execPath, [TSX, EXAMPLE]);
      expect(READMES.map(({ text, printed }) => blockAfter(text, printed))).toEqual([stdout, stdout]);
    },
    PROGRAM_MS,
  );
});

describe('the commands', () => {
  const commandsOf = (text: string) =>
    blockAfter(text, '# op-exco-connector')
      .split('\n')
      .map((line) => line.split('#')[0]?.trim());

  it('are the same two in either language', () => {
    const [english = '', korean = ''] = READMES.map(({ text }) => text);
    expect(commandsOf(english)).toEqual(['npm ci && npm start', 'npm ci && npm test', '']);
    expect(commandsOf(korean)).toEqual(commandsOf(english));
  });

  it.each(READMES)('of $file run scripts that there are', ({ text }) => {
    const names = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(names).toContain('demo');
    expect(names.filter((name) => SCRIPTS[name] === undefined)).toEqual([]);
  });
});

describe('npm start', () => {
  let child: ChildProcess | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
  });

  it(
    'prints lines to try, each answers what it promises, and Ctrl-C ends it',
    async () => {
      child = spawn(process.execPath, programOf('start'), { env: { ...process.env, PORT: '0' } });
      const ended = once(child, 'exit');
      const lines: string[] = [];
      if (child.stdout === null) throw new Error('There is no output.');
      for await (const line of createInterface(child.stdout)) if (lines.push(line) && line.startsWith('Ctrl-C')) break;
      const asked = lines.filter((line) => line.startsWith('curl '));
      const promised = lines.filter((line) => line.startsWith('    answers ')).map((line) => line.slice(12));
      const answers = await Promise.all(asked.map(async (line) => (await run('bash', ['-c', line])).stdout));
      expect([asked.length, promised.length]).toEqual([3, 3]);
      expect(JSON.parse(answers[0] ?? '')).toMatchObject({ resp: { respCode: '200' } });
      expect(answers.slice(1)).toEqual(promised.slice(1));
      child.kill('SIGINT');
      expect(await ended).toEqual([0, null]);
    },
    PROGRAM_MS,
  );
});

describe('npm run demo', () => {
  it(
    'shows fourteen brokers as a table',
    async () => {
      const { stdout } = await run(process.execPath, programOf('demo'));
      expect(stdout).toMatch(/^14 brokers on loopback sockets/);
      expect(stdout).toMatch(/All 14 side by side in \d+ ms: \d+ answers, \d+ errors\./);
    },
    PROGRAM_MS,
  );
});

/** Rows of a README's table of errors: its code, and the faults it names; `dns-…` stands for all that begin so. */
function rowsOf(text: string): [number, string[]][] {
  return [...text.matchAll(/^\| \*\*(\d{4})\*\*,? (.*?)\|/gm)].map(([, code, cell = '']) => {
    const named = [...cell.matchAll(/`([a-z-]+)(…?)`/g)];
    const of = named.flatMap(([, name = '', more]) =>
      more === '' ? [name] : FAULT_NAMES.filter((fault) => fault.startsWith(name)),
    );
    return [Number(code), of];
  });
}

describe.each(READMES)('the table of errors in $file', ({ text }) => {
  it('names a code for each of its faults as the fault table does', () => {
    const wrong = rowsOf(text).flatMap(([code, named]) =>
      named.filter((name) => !Object.entries(FAULTS).some(([fault, row]) => fault === name && row.code === code)),
    );
    expect(wrong).toEqual([]);
  });

  it('has the five codes that the connector finds itself', () => {
    expect(rowsOf(text).map(([code]) => code)).toEqual([3600, 3004, 3005, 3011, 3001]);
    expect(rowsOf(text).filter(([, named]) => named.length < 2)).toEqual([]);
  });
});

describe('the look-ups that README.ko.md names', () => {
  it.each([
    ['op-exco codes 5006 --lang ko', codes],
    ['op-exco faults echo-mismatch --lang ko', faults],
  ])('%s answers in Korean', async (line, command) => {
    expect(READMES[1]?.text).toContain(`\`${line}\``);
    const { exit, out } = await runCommand(command, line.split(' ').slice(2));
    expect(exit).toBe(0);
    expect(out).toMatch(/[가-힣]/);
  });
});
