// Packs the package and uses it as strangers would: each folder beside this file is copied out of the checkout, gets the
// tarball and what its package.json names from the registry, and runs its checks. One line a check, exit 1 on a failure.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = dirname(dirname(import.meta.dirname));
/** Time of one command: an install from a cold cache is the longest. */
const LIMIT_MS = 180_000;
const TEMP = mkdtempSync(join(tmpdir(), 'op-exco-'));
process.on('exit', () => rmSync(TEMP, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const node = (...args) => [process.execPath, ...args];
const jest = (config) => ['node_modules/jest/bin/jest.js', '--config', config];
const bin = (...args) => ['npx', '--no', '--', 'op-exco', ...args];

/** Kinds of TypeScript program, and the tsconfig that makes them. */
const PROGRAMS = [
  ['node16 CommonJS', 'tsconfig.cts.json'],
  ['node16 ESM', 'tsconfig.mts.json'],
  ['bundler', 'tsconfig.bundler.json'],
];
const COMPILERS = ['5.9', '6', '7'];

/** `[what, command, what it must print?]` of each project. */
const PROJECTS = {
  bare: [
    ['every entry of exports leads to a file', node('doors.mjs')],
    ['ESM import', node('import.mjs')],
    ['CommonJS require', node('require.cjs')],
    ['CommonJS require without require(esm)', node('--no-experimental-require-module', 'require.cjs')],
    ['an error of either copy is known to the other', node('both-copies.mjs')],
    ['nothing is installed or loaded but what is declared', node('closure.mjs')],
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
  types: COMPILERS.flatMap((version) =>
    PROGRAMS.map(([what, tsconfig]) => [
      `types for ${what}, TypeScript ${version}`,
      node(`node_modules/typescript-${version}/bin/tsc`, '-p', tsconfig),
    ]),
  ),
};

const execute = promisify(execFile);

/** What the command printed on stdout. Rejects with everything it printed when it fails. */
async function run([command, ...args], cwd) {
  const running = execute(command, args, { cwd, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 });
  running.child.stdin.end();
  try {
    return (await running).stdout;
  } catch (error) {
    const printed = `${error.stdout ?? ''}\n${error.stderr ?? ''}`.trim();
    throw new Error(error.killed ? `still running after ${LIMIT_MS} ms` : printed || error.message, { cause: error });
  }
}

const npm = (cwd, ...args) => run(['npm', ...args, '--no-audit', '--no-fund', '--prefer-offline'], cwd);
const tally = { passed: 0, failed: 0 };

/** What was printed, on one line and without the frames that node puts around it. */
function reason(printed) {
  const lines = printed.split('\n').map((line) => line.trim());
  const frame = /^(?:at |\^|node:internal|triggerUncaughtException|Node\.js v|$)/;
  return lines
    .filter((line) => !frame.test(line))
    .join(' | ')
    .slice(0, 2_000);
}

/** Runs one check and prints its line. Never rejects. */
async function check(what, action) {
  try {
    await action();
    tally.passed += 1;
    console.log(`ok   ${what}`);
    return true;
  } catch (error) {
    tally.failed += 1;
    process.exitCode = 1;
    console.log(`FAIL ${what}: ${reason(error.message)}`);
    return false;
  }
}

async function checkProject(name, tarball) {
  const dir = join(TEMP, name);
  cpSync(join(import.meta.dirname, name), dir, { recursive: true });
  if (name === 'jest' || name === 'runners') cpSync(join(ROOT, 'fixtures'), join(dir, 'fixtures'), { recursive: true });
  if (name === 'types')
    for (const kind of ['cts', 'mts']) cpSync(join(dir, 'consumer.ts'), join(dir, `consumer.${kind}`));
  if (!(await check(`${name}: install`, () => npm(dir, 'install', '--omit=dev', tarball)))) return;
  for (const [what, command, expected] of PROJECTS[name]) {
    await check(what, async () => {
      const printed = await run(command, dir);
      if (expected !== undefined && !expected.test(printed)) throw new Error(`printed ${JSON.stringify(printed)}`);
    });
  }
}

let tarball;
const packed = await check('build and pack', async () => {
  await run(node('.ci/build.mjs'), ROOT);
  await npm(ROOT, 'pack', '--ignore-scripts', '--pack-destination', TEMP);
  tarball = join(
    TEMP,
    readdirSync(TEMP).find((name) => name.endsWith('.tgz')),
  );
});
if (packed) await Promise.all(Object.keys(PROJECTS).map((name) => checkProject(name, tarball)));
console.log(`${tally.passed} passed, ${tally.failed} failed`);
