#!/usr/bin/env node
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { languageOf } from './io.ts';
import { program } from './program.ts';

/** Refuses what is not UTF-8: a wrong character would otherwise travel on to a broker unseen. */
async function readText(path: string): Promise<string> {
  const bytes = path === '-' ? await buffer(process.stdin) : await readFile(path);
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

async function createText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}

/** Windows answers with bits that say nothing of who may read. */
async function readMode(path: string): Promise<number | undefined> {
  const { mode } = await stat(path);
  return process.platform === 'win32' ? undefined : mode & 0o777;
}

/** The first signal ends in order; a second one ends at once, as it does by default. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
}

// A reader such as `head` that has seen enough closes the pipe; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await program(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  progress: process.stderr.isTTY ? (line) => process.stderr.write(`\r\x1b[2K${line}`) : undefined,
  isTerminal: process.stdout.isTTY,
  ...(process.stdout.isTTY && { width: process.stdout.columns, rows: process.stdout.rows }),
  lang: languageOf(process.env),
  readText,
  writeText: (path, text) => writeFile(path, text),
  createText,
  readMode,
  nodeVersion: process.versions.node,
  untilStopped,
  onReload: (run) => process.on('SIGHUP', run),
  env: process.env,
});
