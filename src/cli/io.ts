import type { Language } from '../catalog/advice.ts';

/** What a command has of the world; a test gives its own. */
export interface Io {
  /** Prints one line of data, or several with line ends between them. */
  out(line: string): void;
  /** Prints one line for people. */
  err(line: string): void;
  /** Shows how far a long work has come, over what it showed before; absent where no person looks on. */
  readonly progress?: ((line: string) => void) | undefined;
  /** Whether a person reads `out`. */
  readonly isTerminal: boolean;
  /** Columns of the terminal that `out` goes to, where it is one. */
  readonly width?: number;
  /** Rows of that terminal. */
  readonly rows?: number;
  readonly lang: Language;
  /** The text of a file, or of the standard input for `-`. Rejects with an error that has a `code`. */
  readText(path: string): Promise<string>;
  /** Writes a file anew. Rejects with an error that has a `code`. */
  writeText(path: string, text: string): Promise<void>;
  /** Writes a file that is not there yet, and the folders above it. Rejects with an error that has a `code`, EEXIST for one that is there. */
  createText(path: string, text: string): Promise<void>;
  /** Permission bits of a file; `undefined` on a system that has none. Rejects with an error that has a `code`. */
  readMode(path: string): Promise<number | undefined>;
  /** Version of Node, such as 20.19.0. */
  readonly nodeVersion: string;
  /** Resolves when the person or the system asks the program to end (SIGINT, SIGTERM). */
  untilStopped(): Promise<void>;
  /** Has `run` called whenever the program is told to read its files anew (SIGHUP). */
  onReload(run: () => void): void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Variables that name the language, the first that is set decides (POSIX, section 8.2). */
const LOCALE_VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** Korean for a Korean locale, else English. */
export function languageOf(env: Io['env']): Language {
  const locale = LOCALE_VARIABLES.map((name) => env[name] ?? '').find((value) => value !== '');
  return /^ko(?:$|[_.@-])/i.test(locale ?? '') ? 'ko' : 'en';
}

/** The code of a system error, such as ENOENT; nothing else of an error is safe to show. */
export function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'unknown reason';
}

/** Whether a file is there; one that cannot be read is. */
export async function exists(path: string, io: Io): Promise<boolean> {
  try {
    await io.readMode(path);
    return true;
  } catch (error) {
    return !['ENOENT', 'ENOTDIR'].includes(reasonOf(error));
  }
}
