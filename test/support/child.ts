import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atEnd } from './release.ts';

export interface ChildOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Most files and sockets it may hold open. */
  readonly descriptors?: number;
}

/** What a child printed: one JSON object. */
export type Printed = Readonly<Record<string, unknown>>;

/**
 * Runs one of the scripts under `support/children` in a process of its own, which has to exit by itself.
 * It is given the arguments, and prints one JSON object.
 */
export function runChild(script: string, { args = [], env = {}, descriptors }: ChildOptions = {}): Promise<Printed> {
  const path = fileURLToPath(new URL(`./children/${script}`, import.meta.url));
  const node = [process.execPath, '--import', 'tsx', path, ...args];
  const limit = descriptors === undefined ? '' : `ulimit -n ${descriptors}; `;
  const child = spawn('/bin/sh', ['-c', `${limit}exec "$@"`, 'sh', ...node], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  atEnd(() => child.kill('SIGKILL'));
  let printed = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(JSON.parse(printed) as Printed);
      else reject(new Error(`${script} ended with ${code ?? signal ?? 'nothing'}: ${complaints}`));
    });
  });
}
