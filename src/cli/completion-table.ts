import { COMPANIES } from '../brokers/companies.ts';
import type { Language } from '../catalog/advice.ts';
import { FAULT_NAMES } from '../catalog/faults.ts';
import { ERROR_CATALOG } from '../catalog/tables.ts';
import { PRESET_NAMES } from '../dialects/preset-names.ts';
import { OPERATIONS } from '../model/operations.ts';
import type { Option } from './arguments.ts';
import type { Command } from './command.ts';

/** What may stand in one place of a command line. */
export interface Wanted {
  readonly words: readonly string[];
  /** Paths: of files and folders, or of folders only. */
  readonly paths?: 'files' | 'folders';
  /** Names of brokers: those of the configuration, else the listed companies. */
  readonly isBroker: boolean;
}

export interface OptionRow {
  /** With its hyphens: `--body`. */
  readonly name: string;
  /** `-o`; absent where there is none. */
  readonly short?: string;
  readonly words: string;
  /** What its value may be; absent for a switch. */
  readonly wanted?: Wanted;
}

export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionRow[];
  /** What may stand behind the command, place by place. */
  readonly places: readonly Wanted[];
  /** Whether the last place may be taken again and again. */
  readonly isOpen: boolean;
}

/** The listed companies, for a line that names no configuration. */
export const BROKER_NAMES: readonly string[] = COMPANIES.map(({ alias }) => alias);

/** What the names of values and places in the help pages stand for; what is not here cannot be completed. */
const MEANINGS: Readonly<Record<string, Partial<Wanted>>> = {
  FILE: { paths: 'files' },
  'FILE.har': { paths: 'files' },
  DIR: { paths: 'folders' },
  BROKER: { isBroker: true },
  OPERATION: { words: Object.keys(OPERATIONS) },
  FAULT: { words: FAULT_NAMES },
  CODE: { words: [...new Set(ERROR_CATALOG.map(({ code }) => String(code)))] },
  NAME: { words: PRESET_NAMES },
};

/** What a name such as `[BROKER...]`, `FILE|NAME` or `en|ko` stands for. */
export function wantedOf(name: string): Wanted {
  const parts = name.replace(/^\[|(?:\.\.\.)?\]?$/g, '').split('|');
  const meanings = parts.map((part) => MEANINGS[part] ?? (/^[a-z]/.test(part) ? { words: [part] } : {}));
  const paths = meanings.map((meaning) => meaning.paths).find((each) => each !== undefined);
  return {
    words: meanings.flatMap(({ words = [] }) => words),
    isBroker: meanings.some(({ isBroker }) => isBroker),
    ...(paths !== undefined && { paths }),
  };
}

function optionRow([name, { value, short, words }]: [string, Option], lang: Language): OptionRow {
  return {
    name: `--${name}`,
    words: words[lang],
    ...(short !== undefined && { short: `-${short}` }),
    ...(value !== undefined && { wanted: wantedOf(value) }),
  };
}

/** The commands as a completion script needs them, in one language. Pure. */
export function completionTable(commands: readonly Command[], lang: Language): CommandRow[] {
  return commands.map(({ name, summary, takes, options }) => ({
    name,
    summary: summary[lang],
    options: Object.entries(options).map((entry) => optionRow(entry, lang)),
    places: takes.map(wantedOf),
    isOpen: /\.\.\.\]?$/.test(takes.at(-1) ?? ''),
  }));
}
