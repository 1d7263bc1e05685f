import { describe, expect, it } from '@jest/globals';
import { fixtures } from '../../src/cli/fixtures.ts';
import { openBroker } from '../support/broker-server.ts';
import { folderWith } from '../support/folder.ts';
import { BALANCE } from '../support/messages.ts';
import { READ_FIXTURE } from '../support/read-fixture.ts';
import { answers } from '../support/scripts.ts';
import { runCommand, type TerminalOptions } from '../support/terminal.ts';

const RESET = { fault: { phase: 'head', code: 'ECONNRESET' } };
const ANSWERED = 'samsung/account.balance/answered.json';

/** Runs the command, and takes `folder` out of what it printed. */
async function run(folder: string, args: readonly string[], options?: TerminalOptions) {
  const { exit, out, err } = await runCommand(fixtures, args, options);
  return { exit, out: out.replaceAll(folder, 'DIR'), err: err.replaceAll(folder, 'DIR') };
}

function configFor(baseUrl: string): TerminalOptions {
  return { files: { 'exco.json': JSON.stringify({ brokers: [{ alias: 'samsung', baseUrl }] }) } };
}

describe('fixtures', () => {
  it.each([
    ['no action', [], 'Expected: op-exco fixtures'],
    ['no folder', ['lint'], 'Expected: op-exco fixtures'],
    ['an unknown action', ['play', 'fixtures'], 'Expected lint, replay, record, verify or import.'],
    ['a file too many', ['lint', 'fixtures', 'more'], 'lint takes a folder and nothing more.'],
    ['a folder that is missing', ['lint', 'none'], 'none: expected a folder of fixtures, and there is none'],
    ['a folder without fixtures', ['lint', 'docs'], 'docs: expected <broker>/<operation>/<name>.json below it, and'],
    ['a replay of nothing', ['replay', 'docs'], 'docs: expected <broker>/<operation>/<name>.json below it, and'],
    ['verify without a configuration', ['verify', 'fixtures'], '--config FILE is needed.'],
  ])('refuses %s', async (_, args, said) => {
    const { exit, out, err } = await runCommand(fixtures, args);
    expect({ exit, out }).toEqual({ exit: 64, out: '' });
    expect(err).toContain(said);
  });

  it('says it in Korean', async () => {
    const { exit, err } = await runCommand(fixtures, ['play', 'fixtures', '--lang', 'ko']);
    expect(exit).toBe(64);
    expect(err).toContain('중 하나를 지정해야 함');
  });

  it.each(['lint', 'replay', 'verify'])('%s names every mistake of a bad fixture', async (action) => {
    const folder = folderWith({ [ANSWERED]: { ...READ_FIXTURE, format: 2, request: 7 } });
    const { exit, out, err } = await run(
      folder,
      [action, folder, '--config', 'exco.json'],
      configFor('http://127.0.0.1:1'),
    );
    const said = `${out}\n${err}`;
    expect(exit).toBe(action === 'lint' ? 1 : 64);
    expect(said).toContain(`DIR/${ANSWERED}: fixture.format: expected 1`);
    expect(said).toContain(`DIR/${ANSWERED}: fixture.request: expected`);
  });
});

describe('fixtures lint', () => {
  it('says nothing but a count of good ones', async () => {
    const folder = folderWith({ [ANSWERED]: READ_FIXTURE });
    expect(await run(folder, ['lint', folder])).toEqual({ exit: 0, out: '', err: 'Fixtures: 1, mistakes: 0.' });
    const { out } = await run(folder, ['lint', folder, '--json']);
    expect(JSON.parse(out)).toEqual({ schema: 1, ok: true, files: 1, issues: [] });
  });

  it('prints file, path, what was expected, and the rule', async () => {
    const folder = folderWith({ [ANSWERED]: { ...READ_FIXTURE, broker: 'kiwoom' }, 'a/b/cut.json': '[' });
    const { exit, out, err } = await run(folder, ['lint', folder]);
    expect({ exit, err }).toEqual({ exit: 1, err: 'Fixtures: 2, mistakes: 2.' });
    expect(out.split('\n')).toEqual([
      'DIR/a/b/cut.json: line 1, column 2: expected JSON, which ends here (format)',
      `DIR/${ANSWERED}: fixture.broker: expected samsung, as the folder is named (folders)`,
    ]);
  });

  it('judges with the configured broker where a fixture has no settings', async () => {
    const json = { rt_cd: '0', msg1: 'OK' };
    const folder = folderWith({ [ANSWERED]: { ...READ_FIXTURE, attempts: [{ response: { status: 200, json } }] } });
    const dialect = { result: { code: 'rt_cd', message: 'msg1', success: ['0'] } };
    const config = JSON.stringify({ brokers: [{ alias: 'samsung', baseUrl: 'https://b.example', dialect }] });
    expect((await run(folder, ['lint', folder])).exit).toBe(1);
    const options = { files: { 'exco.json': config } };
    expect((await run(folder, ['lint', folder, '--config', 'exco.json'], options)).exit).toBe(0);
  });
});

describe('fixtures replay', () => {
  it('plays each, and compares result, fault and attempts', async () => {
    const error = { category: 'op-exco', code: 3004, message: 'network error' };
    const folder = folderWith({
      [ANSWERED]: READ_FIXTURE,
      'samsung/account.balance/again.json': { ...READ_FIXTURE, attempts: [RESET, ...READ_FIXTURE.attempts] },
      'samsung/account.balance/local.json': { ...READ_FIXTURE, attempts: [], refused: { fault: 'breaker-open' } },
      'samsung/account.balance/short.json': { ...READ_FIXTURE, attempts: [RESET] },
      'samsung/account.balance/wrong.json': { ...READ_FIXTURE, expect: { error, fault: 'body-cut' } },
      'samsung/own.query/own.json': { ...READ_FIXTURE, operation: 'own.query' },
    });
    const { exit, out, err } = await run(folder, ['replay', folder]);
    expect({ exit, err }).toEqual({ exit: 1, err: '5 played, 2 gave another result.' });
    expect(out.split('\n').map((line) => line.replace('DIR/samsung/', ''))).toEqual([
      'ok      account.balance/again.json',
      'ok      account.balance/answered.json',
      'skipped account.balance/local.json: refused before any dial',
      'differs account.balance/short.json',
      expect.stringMatching(/^ {2}fixture: No fixture for attempt 2 of samsung account\.balance/),
      'differs account.balance/wrong.json',
      '  fixture.expect: expected { ok: true }: it is an answer',
      'ok      own.query/own.json',
    ]);
  });

  it('prints one object for programs', async () => {
    const folder = folderWith({ [ANSWERED]: READ_FIXTURE });
    const { exit, out } = await run(folder, ['replay', folder, '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      ok: true,
      fixtures: [{ file: `DIR/${ANSWERED}`, ok: true, issues: [] }],
    });
  });
});

describe('fixtures verify', () => {
  it('says what drifted and what was left out', async () => {
    const server = await openBroker({}, answers({ ...BALANCE, more: 1 }));
    const folder = folderWith({
      [ANSWERED]: READ_FIXTURE,
      'samsung/account.balance/local.json': { ...READ_FIXTURE, attempts: [], refused: { fault: 'breaker-open' } },
    });
    const args = ['verify', folder, '--config', 'exco.json'];
    const { exit, out, err } = await run(folder, args, configFor(server.baseUrl));
    expect({ exit, err }).toEqual({ exit: 1, err: '1 asked for, 1 drifted, 1 skipped.' });
    expect(out.split('\n')).toEqual([
      `drifted DIR/${ANSWERED}`,
      '  more: missing -> number',
      'skipped DIR/samsung/account.balance/local.json: refused before any dial',
    ]);
    const again = await run(folder, [...args, '--json'], configFor(server.baseUrl));
    expect(JSON.parse(again.out)).toMatchObject({ schema: 1, ok: false, checked: 1 });
  });

  it('ends well where nothing did', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const folder = folderWith({ [ANSWERED]: READ_FIXTURE });
    const { exit } = await run(folder, ['verify', folder, '--config', 'exco.json'], configFor(server.baseUrl));
    expect(exit).toBe(0);
  });
});
