import { parseArgs } from 'node:util';
import type { Language } from '../catalog/advice.ts';
import { exitLines, optionLines, type Command } from './command.ts';
import type { Io } from './io.ts';
import { manifest } from './manifest.ts';
import { nearest } from '../model/nearest.ts';
import { EXIT } from './refusal.ts';
import { columns, emphasisOf } from './table.ts';
import { SUMMARIES } from './summaries.ts';
import { HELP, MISTAKES } from './words.ts';

type CommandName = keyof typeof SUMMARIES;

/** Each command is loaded when it is run: the list of them needs no HTTP client. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  codes: async () => (await import('./codes.ts')).codes,
  faults: async () => (await import('./faults.ts')).faults,
  call: async () => (await import('./call.ts')).call,
  diagnose: async () => (await import('./diagnose.ts')).diagnose,
  simulate: async () => (await import('./simulate.ts')).simulate,
  classify: async () => (await import('./classify.ts')).classify,
  dialect: async () => (await import('./dialect.ts')).dialect,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
  report: async () => (await import('./report.ts')).report,
  serve: async () => (await import('./serve.ts')).serve,
  init: async () => (await import('./init.ts')).init,
  doctor: async () => (await import('./doctor.ts')).doctor,
  completion: async () => (await import('./completion.ts')).completionOf(everyCommand),
};

async function everyCommand(): Promise<Command[]> {
  const commands: Command[] = [];
  for (const load of Object.values(COMMANDS)) commands.push(await load());
  return commands;
}

const COMMAND_NAMES = Object.keys(COMMANDS);

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function helpLines({ lang, ...io }: Io): string[] {
  const bold = emphasisOf(io);
  return [
    `${bold(`${HELP.usage[lang]}:`)} op-exco ${lang === 'ko' ? '명령' : 'COMMAND'} [...]`,
    '',
    `  ${HELP.about[lang]}`,
    '',
    bold(`${HELP.commands[lang]}:`),
    ...columns(Object.entries(SUMMARIES).map(([name, summary]) => [`  ${name}`, summary[lang]])),
    '',
    bold(`${HELP.options[lang]}:`),
    ...optionLines(
      { lang: { value: 'en|ko', words: HELP.lang }, help: { words: HELP.help }, version: { words: HELP.version } },
      lang,
    ),
    '',
    bold(`${HELP.exits[lang]}:`),
    ...exitLines(lang),
    '',
    bold(`${HELP.example[lang]}:`),
    '  op-exco faults connect-refused',
    '',
    HELP.more[lang],
  ];
}

interface Line {
  readonly name: string | undefined;
  /** Everything but the name, options before it included. */
  readonly rest: readonly string[];
  readonly lang: Language | undefined;
  readonly asks: 'help' | 'version' | undefined;
}

/** Finds the command in a line such as `--lang ko codes 4001`; what else stands there is the command's to judge. */
function readLine(args: readonly string[]): Line {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
      version: { type: 'boolean' },
    },
    strict: false,
    tokens: true,
  });
  const name = tokens.find((token) => token.kind === 'positional');
  const lang = values.lang === 'en' || values.lang === 'ko' ? values.lang : undefined;
  const asks = values.help === true ? 'help' : values.version === true ? 'version' : undefined;
  return { name: name?.value, rest: args.filter((_, index) => index !== name?.index), lang, asks };
}

/** Runs one command line; resolves to the exit code. Never rejects. */
export async function program(args: readonly string[], io: Io): Promise<number> {
  const { name, rest, lang = io.lang, asks } = readLine(args);
  if (name !== undefined && isCommandName(name)) {
    const command = await COMMANDS[name]();
    // The language counts for a mistake in the line too, which is found before its options are read.
    return command.run(rest, { ...io, lang });
  }
  if (name === undefined && asks !== undefined) {
    const lines = asks === 'help' ? helpLines({ ...io, lang }) : [manifest().version];
    for (const line of lines) io.out(line);
    return EXIT.ok;
  }
  const mistake =
    name === undefined ? MISTAKES.noCommand() : MISTAKES.unknownCommand(name, nearest(name, COMMAND_NAMES));
  io.err(mistake[lang]);
  io.err(`${HELP.commands[lang]}: ${COMMAND_NAMES.join(', ')}. op-exco --help`);
  return EXIT.usage;
}
