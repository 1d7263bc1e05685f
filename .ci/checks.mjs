// What the checks of the packed package share: a folder that goes with the process, commands that end in time, one line a check.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearTimeout, setTimeout } from 'node:timers';
import { PACKED_BYTES, UNPACKED_BYTES } from './limits.mjs';

export const ROOT = dirname(import.meta.dirname);
/** Longest time of one command. Only an install waits for a network, and may begin with an empty cache. */
const LIMIT_MS = 90_000;
const INSTALL_LIMIT_MS = 180_000;
/** Gone when the process ends. */
export const TEMP = mkdtempSync(join(tmpdir(), 'op-exco-'));
/** Commands under way. */
const underWay = new Set();
process.on('exit', () => {
  underWay.forEach(kill);
  rmSync(TEMP, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

export const node = (...args) => [process.execPath, ...args];
/** Ends a command with all that it has started. */
function kill({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;

/** What the command printed on stdout. Rejects with everything it printed when it fails or does not end in time. */
export async function run([command, ...args], cwd, limitMs = LIMIT_MS) {
  // A group of its own: what hangs is often not the command, but a process that it waits for.
  const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      printed[name] += text;
    });
  }
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill(child);
    child.stdout.destroy();
    child.stderr.destroy();
  }, limitMs);
  underWay.add(child);
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0 && !isLate) return printed.stdout;
    const all = `${printed.stdout}\n${printed.stderr}`.trim();
    if (isLate) throw new Error(`still running after ${seconds(limitMs)}, so it was ended. It had printed: ${all}`);
    throw new Error(all || `ended with ${signal ?? code}`);
  } finally {
    clearTimeout(timer);
    underWay.delete(child);
  }
}

export const npm = (cwd, ...args) =>
  run(['npm', ...args, '--no-audit', '--no-fund', '--prefer-offline'], cwd, INSTALL_LIMIT_MS);
const tally = { passed: 0, failed: 0 };

/** Most characters of what was printed that a line repeats: those it begins with, and those it ends with. */
const SHOWN = { first: 1_600, last: 800 };

/** What was printed, on one line and without the frames that node puts around it. */
function reason(printed) {
  const lines = printed.split('\n').map((line) => line.trim());
  const frame = /^(?:at |\^|node:internal|triggerUncaughtException|Node\.js v|$)/;
  const line = lines.filter((text) => !frame.test(text)).join(' | ');
  const isLong = line.length > SHOWN.first + SHOWN.last;
  return isLong ? `${line.slice(0, SHOWN.first)} ... ${line.slice(-SHOWN.last)}` : line;
}

/** Runs one check, prints its line with what the action has found to show, and says whether it passed. Never rejects. */
export async function check(what, action) {
  const from = performance.now();
  const taken = () => `(${seconds(performance.now() - from)})`;
  try {
    const shown = await action();
    tally.passed += 1;
    console.log(`ok   ${what} ${taken()}${shown === undefined ? '' : `: ${shown}`}`);
    return true;
  } catch (error) {
    tally.failed += 1;
    process.exitCode = 1;
    console.log(`FAIL ${what} ${taken()}: ${reason(error.message)}`);
    return false;
  }
}

/** Packs the package, built first unless the command line says `--built`: the tarball, or nothing where a line says why not. */
export async function pack() {
  let tarball;
  await check('build and pack', async () => {
    if (!process.argv.includes('--built')) await run(node('.ci/build.mjs'), ROOT);
    const printed = await npm(ROOT, 'pack', '--ignore-scripts', '--json', '--pack-destination', TEMP);
    const [{ filename, size, unpackedSize, entryCount }] = Object.values(JSON.parse(printed));
    const figures = `${size} bytes packed, ${unpackedSize} unpacked, ${entryCount} files`;
    if (size > PACKED_BYTES || unpackedSize > UNPACKED_BYTES) throw new Error(`above limits.mjs: ${figures}`);
    tarball = join(TEMP, filename);
    return figures;
  });
  return tarball;
}

/** The last line: how many checks there were, and how long they took. */
export function report() {
  console.log(`${tally.passed} passed, ${tally.failed} failed in ${seconds(performance.now())}`);
}
