import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Within the tree of packages, so that a compiled file finds them as its source does. */
const COMPILED = 'node_modules/.cache/op-exco-bench';

/**
 * Compiles `file`, with what it takes from beside it, for a process without a loader. A loader such as tsx rewrites every
 * module that a process loads, those of the built package too: it gives each function its name anew, whenever it is made.
 */
async function compile(file: string): Promise<string> {
  const outfile = join(COMPILED, basename(file, '.ts') + '.mjs');
  const source = fileURLToPath(new URL(file, import.meta.url));
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  });
  return outfile;
}

/** A process of the benchmark's own, told what to do by messages; it ends when it is disconnected. */
export class Child {
  readonly #process: ChildProcess;

  private constructor(started: ChildProcess) {
    this.#process = started;
  }

  /** Starts `file` under `flags` of Node's and hears its first message, which says that it is ready. */
  static async start(
    file: string,
    args: readonly string[] = [],
    flags: readonly string[] = [],
  ): Promise<{ child: Child; ready: unknown }> {
    const child = new Child(fork(await compile(file), args, { execArgv: [...flags] }));
    return { child, ready: await child.#told<unknown>() };
  }

  /** What the child answers to `message`. */
  async ask<Answer>(message: object): Promise<Answer> {
    const answer = this.#told<Answer>();
    this.#process.send(message);
    return answer;
  }

  end(): void {
    this.#process.disconnect();
  }

  async #told<T>(): Promise<T> {
    const ended = new AbortController();
    const exited = once(this.#process, 'exit', { signal: ended.signal }).then(() => {
      throw new Error(`expected an answer, but the process ended with ${this.#process.exitCode ?? 'a signal'}`);
    });
    try {
      const [message] = (await Promise.race([once(this.#process, 'message', { signal: ended.signal }), exited])) as [T];
      return message;
    } finally {
      exited.catch(() => undefined);
      ended.abort();
    }
  }
}
