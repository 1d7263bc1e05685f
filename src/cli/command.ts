import type { Language, Words } from '../catalog/advice.ts';
import { isConfigError } from '../brokers/config-error.ts';
import { languageAsked, readArguments, type Given, type Options } from './arguments.ts';
import type { Io } from './io.ts';
import { EXIT, Refusal } from './refusal.ts';
import { columns } from './table.ts';
import { EXIT_WORDS, HELP, MISTAKES } from './words.ts';

/** Version of the objects printed with `--json`. */
export const JSON_SCHEMA = 1;

/** A command as a value: it takes its arguments and its surroundings, and returns an exit code. */
export interface Command {
  readonly name: string;
  readonly summary: Words;
  readonly usage: Words;
  /** Names behind the command, as `Definition` has them. */
  readonly takes: readonly string[];
  /** Its own options, and behind them those that every command has. */
  readonly options: Options;
  run(args: readonly string[], io: Io): Promise<number>;
}

export interface Definition {
  readonly name: string;
  readonly summary: Words;
  /** Names behind the command: `CODE` is needed, `[CODE]` may be left out, of `FILE...` and `[FILE...]` there may be several. */
  readonly takes: readonly string[];
  readonly options: Options;
  readonly examples: readonly string[];
  execute(given: Given, io: Io): number | Promise<number>;
}

/** Options that every command has. */
export const COMMON_OPTIONS: Options = {
  config: { value: 'FILE', words: HELP.config },
  json: { words: HELP.json },
  lang: { value: 'en|ko', words: HELP.lang },
  help: { words: HELP.help },
};

function synopsisOf({ name, takes, options }: Definition): string {
  const own = Object.entries(options).map(
    ([option, { value }]) => `[--${option}${value === undefined ? '' : ` ${value}`}]`,
  );
  return [name, ...takes, ...own].join(' ');
}

/** Options with what they mean, as lines of a help page. */
export function optionLines(options: Options, lang: Language): string[] {
  return columns(
    Object.entries(options).map(([name, { value, short, words }]) => [
      `  ${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
      words[lang],
    ]),
  );
}

/** The table of exit codes, as lines of a help page. */
export function exitLines(lang: Language): string[] {
  const words = new Map<string, Words>(Object.entries(EXIT_WORDS));
  return columns(Object.entries(EXIT).map(([name, exit]) => [`  ${exit}`, words.get(name)?.[lang] ?? '']));
}

function usageOf(definition: Definition, lang: Language): string {
  const { summary, options, examples } = definition;
  return [
    `${HELP.usage[lang]}: op-exco ${synopsisOf(definition)}`,
    '',
    `  ${summary[lang]}`,
    '',
    `${HELP.options[lang]}:`,
    ...optionLines({ ...options, ...COMMON_OPTIONS }, lang),
    '',
    `${HELP.example[lang]}:`,
    ...examples.map((example) => `  ${example}`),
  ].join('\n');
}

function checkCount({ names }: Given, definition: Definition): void {
  const needed = definition.takes.filter((name) => !name.startsWith('['));
  const most = /\.\.\.\]?$/.test(definition.takes.at(-1) ?? '') ? Infinity : definition.takes.length;
  if (names.length < needed.length || names.length > most) {
    throw new Refusal(EXIT.usage, MISTAKES.wrongCount(synopsisOf(definition)));
  }
}

/** How the package words a wrong argument: where it stands and what was expected there, never what stood there. */
const WRONG_ARGUMENT = /^[\w.]+: expected /;

/** What the paths of mistakes in a configuration begin with. */
const CONFIG_ROOT = 'config';

/** Says what ended a command. Of an error that is not ours only its name is shown: its text may quote a file. */
function report(error: unknown, { name, config }: { name: string; config: string | undefined }, io: Io): number {
  if (error instanceof Refusal) {
    for (const line of error.lines) io.err(line[io.lang]);
    if (error.exit === EXIT.usage) io.err(MISTAKES.tryHelp(name)[io.lang]);
    return error.exit;
  }
  if (isConfigError(error)) {
    for (const { path, expected } of error.issues) {
      const file = config !== undefined && path.startsWith(CONFIG_ROOT) ? `${config}: ` : '';
      io.err(`${file}${path}: ${expected}`);
    }
    return EXIT.config;
  }
  if (error instanceof TypeError && WRONG_ARGUMENT.test(error.message)) {
    io.err(error.message);
    return EXIT.usage;
  }
  io.err(MISTAKES.internal(error instanceof Error ? error.name : typeof error)[io.lang]);
  return EXIT.internal;
}

/** A command with its help page, its common options and the reading of its arguments. */
export function defineCommand(definition: Definition): Command {
  const { name, summary, takes } = definition;
  const options = { ...definition.options, ...COMMON_OPTIONS };
  const usage = { en: usageOf(definition, 'en'), ko: usageOf(definition, 'ko') };
  return {
    name,
    summary,
    usage,
    takes,
    options,
    async run(args, io) {
      let spoken = io;
      let config: string | undefined;
      try {
        const read = readArguments(args, options);
        config = read.text('config');
        spoken = { ...io, lang: languageAsked(read, io.lang) };
        if (read.isSet('help')) {
          spoken.out(usage[spoken.lang]);
          return EXIT.ok;
        }
        checkCount(read, definition);
        return await definition.execute(read, spoken);
      } catch (error) {
        return report(error, { name, config }, spoken);
      }
    },
  };
}
