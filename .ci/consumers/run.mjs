// Packs the package and uses it as strangers would: each folder beside this file is copied out of the checkout, gets the
// tarball and what its package.json names from the registry, and runs its checks. One line a check, exit 1 on a failure.
// `--built` takes dist/ as it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearTimeout, setTimeout } from 'node:timers';
import { INSTALLED_PACKAGES, PACKED_BYTES, UNPACKED_BYTES } from '../limits.mjs';

const ROOT = dirname(dirname(import.meta.dirname));
/** Longest time of one command. Only an install waits for a network, and may begin with an empty cache. */
const LIMIT_MS = 90_000;
const INSTALL_LIMIT_MS = 180_000;
const TEMP = mkdtempSync(join(tmpdir(), 'op-exco-'));
/** Commands under way. */
const underWay = new Set();
process.on('exit', () => {
  underWay.forEach(kill);
  rmSync(TEMP, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const node = (...args) => [process.execPath, ...args];
// One process for all files, as on a small machine: there a file meets what the one before it has left behind.
const jest = (config) => ['node_modules/jest/bin/jest.js', '--runInBand', '--config', config];
const bin = (...args) => ['npx', '--no', '--', 'op-exco', ...args];

/** Kinds of TypeScript program, and the tsconfig that makes them. */
const PROGRAMS = [
  ['node16 CommonJS', 'tsconfig.cts.json'],
  ['node16 ESM', 'tsconfig.mts.json'],
  ['bundler', 'tsconfig.bundler.json'],
];
const COMPILERS = ['5.9', '6', '7'];

/** Checks of the tarball itself, as of a project's: `[what, command, what it must print?]`. */
const tarballChecks = (tarball) => [
  ['publint', ['npx', '--no', '--', 'publint', 'run', '--strict', tarball], /All good!/],
  ['are the types wrong', ['npx', '--no', '--', 'attw', '--no-color', '--no-emoji', tarball], /No problems found/],
];

/** `[what, command, what it must print?]` of each project; what the pattern has in brackets is shown. */
const PROJECTS = {
  bare: [
    ['every entry of exports leads to a file', node('doors.mjs')],
    ['ESM import', node('import.mjs')],
    ['CommonJS require', node('require.cjs')],
    ['CommonJS require without require(esm)', node('--no-experimental-require-module', 'require.cjs')],
    ['an error of either copy is known to the other', node('both-copies.mjs')],
    ['nothing is installed or loaded but what is declared', node('closure.mjs')],
    ['import loads nothing but the core', node('core.mjs', 'import'), /^(\d+ files: .*)/],
    ['require loads nothing but the core', node('core.mjs', 'require'), /^(\d+ files: .*)/],
    ['op-exco codes 4001', bin('codes', '4001'), /4001.*Account Not Found/],
    ['op-exco --help', bin('--help'), /\bcodes\b/],
  ],
  jest: [
    ['jest with nock, CommonJS mode, ts-jest defaults', node(...jest('jest.cjs.config.json'))],
    ['jest with nock, ESM mode', node('--experimental-vm-modules', ...jest('jest.esm.config.json'))],
  ],
  runners: [
    ['replays in node:test', node('--test', 'replay.test.mjs', 'other.test.mjs')],
    ['replays in vitest', ['npx', '--no', '--', 'vitest', 'run', '--config', 'vitest.config.mjs']],
  ],
  opentelemetry: [
    ['spans and metrics, ESM import', node('import.mjs')],
    ['spans and metrics, CommonJS require', node('--no-experimental-require-module', 'require.cjs')],
  ],
  types: COMPILERS.flatMap((version) =>
    PROGRAMS.map(([what, tsconfig]) => [
      `types for ${what}, TypeScript ${version}`,
      node(`node_modules/typescript-${version}/bin/tsc`, '-p', tsconfig),
    ]),
  ),
};

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
async function run([command, ...args], cwd, limitMs = LIMIT_MS) {
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

const npm = (cwd, ...args) =>
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

/** Runs one check and prints its line, with what the action has found to show. Never rejects. */
async function check(what, action) {
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

async function checkCommands(rows, cwd) {
  for (const [what, command, expected] of rows) {
    await check(what, async () => {
      const printed = await run(command, cwd);
      const found = expected?.exec(printed);
      if (found === null) throw new Error(`printed ${JSON.stringify(printed)}`);
      return found?.[1];
    });
  }
}

async function checkProject(name, tarball) {
  const dir = join(TEMP, name);
  cpSync(join(import.meta.dirname, name), dir, { recursive: true });
  if (name === 'jest' || name === 'runners') cpSync(join(ROOT, 'fixtures'), join(dir, 'fixtures'), { recursive: true });
  if (name === 'types')
    for (const kind of ['cts', 'mts']) cpSync(join(dir, 'consumer.ts'), join(dir, `consumer.${kind}`));
  if (!(await check(`${name}: install`, () => install(name, dir, tarball)))) return;
  await checkCommands(PROJECTS[name], dir);
}

/** What the bare project gets is what the package brings. */
async function install(name, dir, tarball) {
  await npm(dir, 'install', '--omit=dev', tarball);
  if (name !== 'bare') return undefined;
  const { packages } = JSON.parse(readFileSync(join(dir, 'node_modules', '.package-lock.json'), 'utf8'));
  const count = Object.keys(packages).length - 1;
  if (count > INSTALLED_PACKAGES) throw new Error(`brings ${count} packages, more than ${INSTALLED_PACKAGES}`);
  return `brings ${count} packages`;
}

let tarball;
const packed = await check('build and pack', async () => {
  if (!process.argv.includes('--built')) await run(node('.ci/build.mjs'), ROOT);
  const printed = await npm(ROOT, 'pack', '--ignore-scripts', '--json', '--pack-destination', TEMP);
  const [{ filename, size, unpackedSize, entryCount }] = Object.values(JSON.parse(printed));
  tarball = join(TEMP, filename);
  const figures = `${size} bytes packed, ${unpackedSize} unpacked, ${entryCount} files`;
  if (size > PACKED_BYTES || unpackedSize > UNPACKED_BYTES) throw new Error(`above limits.mjs: ${figures}`);
  return figures;
});
if (packed) {
  const projects = Object.keys(PROJECTS).map((name) => checkProject(name, tarball));
  await Promise.all([checkCommands(tarballChecks(tarball), ROOT), ...projects]);
}
console.log(`${tally.passed} passed, ${tally.failed} failed in ${seconds(performance.now())}`);
