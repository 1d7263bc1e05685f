import { describe, expect, it } from '@jest/globals';
import { call } from '../../src/cli/call.ts';
import { classify } from '../../src/cli/classify.ts';
import { codes } from '../../src/cli/codes.ts';
import { defineCommand } from '../../src/cli/command.ts';
import { faults } from '../../src/cli/faults.ts';
import { terminal } from '../support/terminal.ts';

const COMMANDS = [codes, faults, call, classify].map((command) => [command.name, command] as const);

describe.each(COMMANDS)('every command: %s', (name, command) => {
  it('prints its options and an example with --help, as data', async () => {
    const { io, out, err } = terminal();
    expect(await command.run(['--help'], io)).toBe(0);
    expect(out()).toBe(command.usage.en);
    expect(out()).toContain(`Usage: op-exco ${name}`);
    expect(out()).toMatch(new RegExp(`^Example:\\n.*op-exco ${name}`, 'm'));
    for (const option of ['--config FILE', '--json', '--lang en|ko', '--help']) expect(out()).toContain(option);
    expect(err()).toBe('');
  });

  it('prints its help in Korean with --lang ko', async () => {
    const { io, out } = terminal();
    expect(await command.run(['--help', '--lang', 'ko'], io)).toBe(0);
    expect(out()).toContain(`사용법: op-exco ${name}`);
  });

  it('speaks Korean in a Korean locale', async () => {
    const { io, out } = terminal({ lang: 'ko' });
    await command.run(['--help'], io);
    expect(out()).toBe(command.usage.ko);
  });

  it.each([
    ['an option that does not exist', ['--jsno'], 'No option "--jsno". Did you mean --json?'],
    ['an option without its value', ['--lang'], '--lang needs a value.'],
    ['an option in place of a value', ['--config', '--json'], '--config needs a value.'],
    ['a switch with a value', ['--json=1'], '--json takes no value.'],
    ['a language that is not spoken', ['--lang', 'fr'], '--lang: expected en or ko.'],
    ['too many names', ['a', 'b', 'c'], `Expected: op-exco ${name}`],
  ])('ends with 64 and says why, given %s', async (_, args, words) => {
    const { io, out, err } = terminal();
    expect(await command.run(args, io)).toBe(64);
    expect(err()).toContain(words);
    expect(err()).toContain(`op-exco ${name} --help`);
    expect(out()).toBe('');
  });
});

describe('a command', () => {
  const failing = (error: Error) =>
    defineCommand({
      name: 'failing',
      summary: { en: '', ko: '' },
      takes: [],
      options: {},
      examples: [],
      execute: () => {
        throw error;
      },
    });

  it('that fails with an error of any other kind ends with 70 and shows no word of it', async () => {
    const { io, err } = terminal();
    expect(await failing(new RangeError('Bearer SECRET')).run([], io)).toBe(70);
    expect(err()).toBe('Fault of this program (RangeError).');
  });

  it('that is refused its argument by the connector ends with 64 and says where', async () => {
    const { io, err } = terminal();
    expect(await failing(new TypeError('message: expected an object')).run([], io)).toBe(64);
    expect(err()).toBe('message: expected an object');
  });
});
