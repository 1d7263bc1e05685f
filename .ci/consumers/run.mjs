// Packs the package and uses it as strangers would: each folder beside this file is copied out of the checkout, gets the
// tarball and what its package.json names from the registry, and runs its checks. One line a check, exit 1 on a failure.
// `--built` takes dist/ as it is.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PACKAGES } from '../limits.mjs';
import { ROOT, TEMP, check, node, npm, pack, report, run } from '../checks.mjs';

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
    ['ESM import where intrinsics are frozen', node('--frozen-intrinsics', 'import.mjs')],
    ['CommonJS require where intrinsics are frozen', node('--frozen-intrinsics', 'require.cjs')],
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

const tarball = await pack();
if (tarball !== undefined) {
  const projects = Object.keys(PROJECTS).map((name) => checkProject(name, tarball));
  await Promise.all([checkCommands(tarballChecks(tarball), ROOT), ...projects]);
}
report();
