import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import { build } from 'esbuild';
import { atEnd } from './release.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside of the checkout, since a script finds the packages it imports from where it lies. */
const CACHE = join(ROOT, 'node_modules', '.cache');
const bundles = new Map<string, Promise<string>>();
let folder: string | undefined;

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** File that holds `script` with all sources it imports: read faster in many processes than each source in each of them. */
async function bundle(script: string): Promise<string> {
  if (folder === undefined) {
    mkdirSync(CACHE, { recursive: true });
    folder = mkdtempSync(join(CACHE, 'children-'));
  }
  const outfile = join(folder, script.replace(/\.ts$/, '.mjs'));
  const entry = join(ROOT, 'test', 'support', 'children', script);
  await build({
    ...{ entryPoints: [entry], outfile, bundle: true, packages: 'external' },
    ...{ format: 'esm', platform: 'node', target: 'node20', logLevel: 'error', sourcemap: 'inline' },
  });
  return outfile;
}

function bundled(script: string): Promise<string> {
  const made = bundles.get(script) ?? bundle(script);
  bundles.set(script, made);
  return made;
}

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
export async function runChild(
  script: string,
  { args = [], env = {}, descriptors }: ChildOptions = {},
): Promise<Printed> {
  const node = [process.execPath, '--enable-source-maps', await bundled(script), ...args];
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
