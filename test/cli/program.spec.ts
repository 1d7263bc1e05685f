import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { program } from '../../src/cli/program.ts';
import { terminal, type TerminalOptions } from '../support/terminal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { version: string };

async function run(args: readonly string[], options?: TerminalOptions) {
  const { io, out, err } = terminal(options);
  return { exit: await program(args, io), out: out(), err: err() };
}

describe('op-exco', () => {
  it('lists its commands and exit codes with --help', async () => {
    const { exit, out, err } = await run(['--help']);
    expect([exit, err]).toEqual([0, '']);
    for (const name of ['codes', 'faults', 'call', 'classify']) expect(out).toMatch(new RegExp(`^  ${name} +\\w`, 'm'));
    expect(out).toMatch(/^ {2}78 {2}a mistake in the configuration$/m);
    expect(out).toContain('Example:\n  op-exco faults connect-refused');
  });

  it('lists them in Korean with --lang ko and in a Korean locale', async () => {
    const { out } = await run(['--help', '--lang', 'ko']);
    expect(out).toMatch(/^ {2}call +증권사 업무 1건 호출$/m);
    expect((await run(['--help'], { lang: 'ko' })).out).toBe(out);
  });

  it('prints the version of the package with --version', async () => {
    expect(await run(['--version'])).toEqual({ exit: 0, out: version, err: '' });
  });

  it.each([
    ['no command', [], 'No command given.'],
    ['an option and no command', ['--json'], 'No command given.'],
    ['a command that does not exist', ['coeds'], 'No command "coeds". Did you mean codes?'],
    ['the name of an inherited property', ['constructor'], 'No command "constructor".'],
  ])('ends with 64 and lists the commands given %s', async (_, args, words) => {
    const { exit, out, err } = await run(args);
    expect([exit, out]).toEqual([64, '']);
    expect(err.split('\n')).toEqual([
      words,
      'Commands: codes, faults, call, diagnose, simulate, classify, dialect, fixtures, report, serve, init, doctor, completion. op-exco --help',
    ]);
  });

  it.each([
    ['codes', ['codes', '4001'], '4001 Account Not Found'],
    ['faults', ['faults', 'internal'], 'internal'],
    [
      'call',
      ['call', '--help'],
      'Usage: op-exco call BROKER OPERATION [--body FILE] [--deadline-ms N] [--request-id ID] [--events FILE]',
    ],
    ['classify', ['classify', '--help'], 'Usage: op-exco classify FILE'],
    ['a command behind its options', ['--lang', 'ko', 'codes', '4001'], '4001 Account Not Found'],
  ])('runs %s', async (_, args, first) => {
    const { exit, out } = await run(args);
    expect(exit).toBe(0);
    expect(out.split('\n')[0]).toBe(first);
  });

  it('says a mistake in a line in the language that the same line asks for', async () => {
    const { exit, err } = await run(['call', 'samsung', 'account.balance', '--confg', 'x', '--lang', 'ko']);
    expect([exit, err.split('\n')[0]]).toEqual([64, '"--confg" 옵션이 없음. 혹시 --config?']);
  });

  it('loads no HTTP client before a command is known', async () => {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: ['src/cli/main.ts'],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      outdir: 'unused',
      write: false,
      metafile: true,
    });
    const loaded = new Set(['src/cli/main.ts']);
    for (const path of loaded) {
      const imports = metafile.inputs[path]?.imports ?? [];
      for (const each of imports) if (each.kind === 'import-statement') loaded.add(each.path);
    }
    expect([...loaded]).toEqual(expect.arrayContaining(['src/cli/program.ts', 'string-width']));
    expect([...loaded].filter((path) => /axios|valibot|node:https?$|connector|src\/transport/.test(path))).toEqual([]);
  });
});

/** The program as a process of its own. */
function spawned(
  args: readonly string[],
  { input = '', env = {} }: { input?: string | Buffer; env?: Record<string, string> } = {},
) {
  const { LC_ALL, LC_MESSAGES, LANG, ...rest } = process.env;
  const locale = { LC_ALL, LC_MESSAGES, LANG };
  const line = ['--import', 'tsx', 'src/cli/main.ts', ...args];
  const neutral = Object.fromEntries(Object.keys(locale).map((name) => [name, '']));
  return spawnSync(process.execPath, line, {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    env: { ...rest, ...neutral, ...env },
  });
}

describe('op-exco as a process', () => {
  it('ends with the exit code, data on the standard output and talk on the standard error', () => {
    const { status, stdout, stderr } = spawned(['codes', '4999']);
    expect([status, stdout]).toEqual([64, '']);
    expect(stderr).toContain('No code "4999"');
  });

  it('speaks Korean where the locale is Korean', () => {
    expect(spawned(['--help'], { env: { LANG: 'ko_KR.UTF-8' } }).stdout).toContain('사용법: op-exco');
  });

  it('reads the standard input, a byte order mark before it or not', () => {
    const fixture = {
      format: 1,
      broker: 'kb',
      operation: 'x.y',
      request: {},
      attempts: [{ fault: { phase: 'dns', code: 'ENOTFOUND' } }],
    };
    const { status, stdout } = spawned(['classify', '-', '--json'], { input: `\uFEFF${JSON.stringify(fixture)}` });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, ok: false, error: { category: 'op-exco', code: 3004 } });
  });

  it('refuses a file that is not UTF-8 by its path and the reason, without a word of it', () => {
    const { status, stderr } = spawned(['classify', '-'], {
      input: Buffer.from('{"name":"\xb1\xe8SECRET"}', 'latin1'),
    });
    expect(status).toBe(64);
    expect(stderr).toContain('-: cannot be read (ERR_ENCODING_INVALID_ENCODED_DATA).');
    expect(stderr).not.toContain('SECRET');
  });
});
