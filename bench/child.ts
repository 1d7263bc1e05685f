import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

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
    const path = fileURLToPath(new URL(file, import.meta.url));
    const child = new Child(fork(path, args, { execArgv: [...flags, '--import', 'tsx'] }));
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
