import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A script in a process of its own, which prints one JSON value a line. */
export interface Child {
  /** What it prints next. Rejects with what it complained of when it ends without. */
  next(): Promise<unknown>;
  /** When it is gone, whatever the reason. */
  readonly gone: Promise<void>;
  /** Ends it now; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a TypeScript script, by way of the command `within`. Its standard input is closed when this process ends. */
export function startChild(script: URL, args: readonly string[], within: readonly string[] = []): Child {
  const [command = '', ...rest] = [...within, process.execPath, '--import', 'tsx', fileURLToPath(script), ...args];
  const child = spawn(command, rest, { env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'pipe' });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  child.once('error', (error) => (complaints += error.message));
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    gone,
    async next() {
      const line = await lines.next();
      if (line.done === true) {
        await gone;
        throw new Error(`${script.pathname} ended before it had printed all: ${complaints}`);
      }
      return JSON.parse(line.value) as unknown;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
