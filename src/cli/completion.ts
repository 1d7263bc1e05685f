import type { Language, Words } from '../catalog/advice.ts';
import { fieldOf } from '../model/json.ts';
import type { Given } from './arguments.ts';
import { bashCompletion } from './completion-bash.ts';
import { fishCompletion } from './completion-fish.ts';
import { completionTable, type CommandRow, type OptionRow } from './completion-table.ts';
import { zshCompletion } from './completion-zsh.ts';
import { COMMON_OPTIONS, defineCommand, JSON_SCHEMA, type Command } from './command.ts';
import type { Io } from './io.ts';
import { readJsonObject } from './json-file.ts';
import { nearest } from '../model/nearest.ts';
import { EXIT, Refusal } from './refusal.ts';
import { SUMMARIES } from './summaries.ts';
import { HELP, MISTAKES } from './words.ts';

type Writer = (rows: readonly CommandRow[], common: readonly OptionRow[]) => string[];

const SHELLS: ReadonlyMap<string, Writer> = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
]);

/** A name that a shell takes as one word. */
const PLAIN_NAME = /^[A-Za-z0-9-]{1,32}$/;

function noShell(name: string): Words {
  const [near] = nearest(name, [...SHELLS.keys()]);
  const typed = `op-exco completion ${near ?? 'bash'}`;
  return {
    en: `Expected bash, zsh or fish. Try: ${typed}`,
    ko: `bash, zsh, fish 중 하나를 지정해야 함. 입력 예: ${typed}`,
  };
}

/** Options that may stand before a command. */
function commonRows(lang: Language): readonly OptionRow[] {
  const version: Command = {
    name: '',
    summary: { en: '', ko: '' },
    usage: { en: '', ko: '' },
    takes: [],
    options: { ...COMMON_OPTIONS, version: { words: HELP.version } },
    run: () => Promise.resolve(EXIT.ok),
  };
  return completionTable([version], lang)[0]?.options ?? [];
}

/** Aliases as they stand in a configuration, which need not be valid yet: somebody is typing. */
async function brokersOf(given: Given, io: Io): Promise<string[]> {
  const path = given.text('config');
  if (path === undefined) throw new Refusal(EXIT.usage, MISTAKES.configMissing());
  const brokers = fieldOf(await readJsonObject(path, io, EXIT.config), 'brokers');
  const names = (Array.isArray(brokers) ? brokers : []).map(
    (broker: unknown) => fieldOf(broker, 'alias') ?? fieldOf(broker, 'comId'),
  );
  return names.filter((name) => typeof name === 'string').filter((name) => PLAIN_NAME.test(name));
}

/** `op-exco completion`: a shell's script, made of the commands that `load` gives. */
export function completionOf(load: () => Promise<readonly Command[]>): Command {
  return defineCommand({
    name: 'completion',
    summary: SUMMARIES.completion,
    takes: ['bash|zsh|fish|brokers'],
    options: {},
    examples: [
      'source <(op-exco completion bash)',
      'op-exco completion zsh > "${fpath[1]}/_op-exco"',
      'op-exco completion fish > ~/.config/fish/completions/op-exco.fish',
      'op-exco completion brokers --config exco.json',
    ],
    async execute(given, io) {
      const [asked = ''] = given.names;
      const write = SHELLS.get(asked);
      if (write === undefined && asked !== 'brokers') throw new Refusal(EXIT.usage, noShell(asked));
      const lines =
        write === undefined
          ? await brokersOf(given, io)
          : write(completionTable(await load(), io.lang), commonRows(io.lang));
      const key = write === undefined ? 'brokers' : 'script';
      if (given.isSet('json')) io.out(JSON.stringify({ schema: JSON_SCHEMA, [key]: lines }));
      else for (const line of lines) io.out(line);
      return EXIT.ok;
    },
  });
}
