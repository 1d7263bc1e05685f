import type { Language } from '../../src/catalog/advice.ts';
import type { Command } from '../../src/cli/command.ts';
import type { Io } from '../../src/cli/io.ts';

export interface TerminalOptions {
  /** Contents by path; `-` is the standard input. A path that is not there fails as a missing file does. */
  readonly files?: Readonly<Record<string, string>>;
  /** Permission bits by path; default 0o600. */
  readonly modes?: Readonly<Record<string, number>>;
  readonly nodeVersion?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly lang?: Language;
  readonly isTerminal?: boolean;
  /** Hears of progress, as a terminal on stderr does. */
  readonly progress?: (line: string) => void;
  /** When the program is told to end; default at once. */
  readonly untilStopped?: () => Promise<void>;
  /** Takes what is to be run when the program is told to read its files anew; default nobody tells it. */
  readonly onReload?: (run: () => void) => void;
}

/** An `Io` that keeps what was printed. */
export interface Terminal {
  readonly io: Io;
  /** Everything printed as data, lines joined. */
  readonly out: () => string;
  /** What was written, by path. */
  readonly written: ReadonlyMap<string, string>;
  /** Everything said to people, lines joined. */
  readonly err: () => string;
}

export function terminal({
  files = {},
  modes = {},
  nodeVersion = '20.19.0',
  env = {},
  lang = 'en',
  isTerminal = false,
  progress,
  untilStopped = () => Promise.resolve(),
  onReload = () => undefined,
}: TerminalOptions = {}): Terminal {
  const printed: string[] = [];
  const said: string[] = [];
  const written = new Map<string, string>();
  const io: Io = {
    out: (line) => printed.push(line),
    err: (line) => said.push(line),
    progress,
    isTerminal,
    lang,
    env,
    untilStopped,
    writeText(path, text) {
      if (path.includes('/'))
        return Promise.reject(Object.assign(new Error(`no folder of ${path}`), { code: 'ENOENT' }));
      written.set(path, text);
      return Promise.resolve();
    },
    createText(path, text) {
      if (Object.hasOwn(files, path) || written.has(path))
        return Promise.reject(Object.assign(new Error(`${path} is there`), { code: 'EEXIST' }));
      written.set(path, text);
      return Promise.resolve();
    },
    readMode(path) {
      if (Object.hasOwn(files, path) || Object.hasOwn(modes, path)) return Promise.resolve(modes[path] ?? 0o600);
      return Promise.reject(Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' }));
    },
    nodeVersion,
    onReload,
    readText(path) {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text !== undefined) return Promise.resolve(text);
      return Promise.reject(Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' }));
    },
  };
  return { io, out: () => printed.join('\n'), err: () => said.join('\n'), written };
}

/** What a command printed, and what it ended with. */
export async function runCommand(command: Command, args: readonly string[], options?: TerminalOptions) {
  const { io, out, err, written } = terminal(options);
  const exit = await command.run(args, io);
  return { exit, out: out(), err: err(), written };
}
