import { parseArgs } from 'node:util';
import type { Language, Words } from '../catalog/advice.ts';
import { nearest } from '../model/nearest.ts';
import { EXIT, Refusal } from './refusal.ts';
import { MISTAKES } from './words.ts';

/** One option of a command. */
export interface Option {
  /** Name of the value it takes; absent for a switch. */
  readonly value?: string;
  /** One letter that stands for its name. */
  readonly short?: string;
  readonly words: Words;
}

/** What was typed behind the command's name. */
export interface Given {
  readonly names: readonly string[];
  /** The value of an option; `undefined` where it was not given. */
  readonly text: (option: string) => string | undefined;
  /** Whether a switch was given. */
  readonly isSet: (option: string) => boolean;
}

export type Options = Readonly<Record<string, Option>>;

function typeOf({ value, short }: Option) {
  return {
    type: value === undefined ? ('boolean' as const) : ('string' as const),
    ...(short !== undefined && { short }),
  };
}

function typesOf(options: Options) {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, typeOf(option)] as const));
}

/** Whether the strict reading would miss this option's value: there is none, or another option stands in its place. */
function lacksValue({
  value,
  inlineValue,
}: {
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}): boolean {
  return value === undefined || (inlineValue !== true && value.length > 1 && value.startsWith('-'));
}

/** The mistake in arguments that the strict reading refused. */
function mistakeIn(args: readonly string[], options: Options): Words {
  const { tokens } = parseArgs({ args: [...args], options: typesOf(options), strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    const near = () => nearest(name, Object.keys(options)).map((known) => `--${known}`);
    if (option === undefined) return MISTAKES.unknownOption(rawName, near());
    if (option.value === undefined && token.value !== undefined) return MISTAKES.valueTooMuch(rawName);
    if (option.value !== undefined && lacksValue(token)) return MISTAKES.valueMissing(rawName);
  }
  return MISTAKES.unknownOption(args.find((arg) => arg.startsWith('-')) ?? '', []);
}

/**
 * Reads what was typed behind a command's name.
 *
 * @throws Refusal naming the option that is wrong.
 */
export function readArguments(args: readonly string[], options: Options): Given {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: typesOf(options), allowPositionals: true });
    const text = (option: string) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    };
    return { names: positionals, text, isSet: (option) => values[option] === true };
  } catch {
    throw new Refusal(EXIT.usage, mistakeIn(args, options));
  }
}

/** The language asked for with `--lang`, else that of the surroundings. */
export function languageAsked(args: Given, fallback: Language): Language {
  const asked = args.text('lang');
  if (asked === undefined) return fallback;
  if (asked === 'en' || asked === 'ko') return asked;
  throw new Refusal(EXIT.usage, MISTAKES.wrongLanguage());
}
