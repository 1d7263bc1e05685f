// Runs the tests on every version of Node that is supported. `npm run test:matrix -- 20.19.0 26 -- test/flow test/cli`:
// versions before the `--`, arguments of jest behind it. The binaries are packages of the registry, kept outside the tree.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const ROOT = dirname(import.meta.dirname);
/** The lowest version that package.json allows, and the newest of every line that is maintained. */
const VERSIONS = ['20.19.0', '20', '22', '24', '26'];
const KEPT_IN = join(tmpdir(), 'op-exco-node');
const PLATFORM = { win32: 'win' }[process.platform] ?? process.platform;
const PACKAGE = `node-${PLATFORM}-${process.arch}`;

/** Exact version of `wanted`: itself, or the newest of its line. The registry lists versions as they were published. */
function exact(wanted) {
  if (/^\d+\.\d+\.\d+$/.test(wanted)) return wanted;
  const listed = JSON.parse(execFileSync('npm', ['view', PACKAGE, 'versions', '--json'], { encoding: 'utf8' }));
  const ofLine = listed.filter((version) => version.startsWith(`${wanted}.`) && /^[\d.]+$/.test(version));
  const newest = ofLine.sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1);
  if (newest === undefined) throw new Error(`${PACKAGE}: expected a version ${wanted}.x, and there is none`);
  return newest;
}

/** Folder of the binary of one version; installed when it is not there yet. */
function install(version) {
  const dir = join(KEPT_IN, version);
  const bin = join(dir, 'node_modules', PACKAGE, 'bin');
  if (existsSync(bin)) return bin;
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', `${PACKAGE}@${version}`], { cwd: dir });
  return bin;
}

/** Runs the tests under the Node in `bin`, also where they start processes of their own. True when all pass. */
function passes(bin, jestArguments) {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--experimental-vm-modules', '--no-warnings', jest, ...jestArguments];
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  return spawnSync(join(bin, 'node'), args, { cwd: ROOT, env, stdio: 'inherit' }).status === 0;
}

const args = process.argv.slice(2);
const border = args.indexOf('--');
const versions = border === -1 ? args : args.slice(0, border);
const jestArguments = border === -1 ? [] : args.slice(border + 1);

const lines = [];
for (const version of (versions.length > 0 ? versions : VERSIONS).map(exact)) {
  console.log(`\n> Node ${version}`);
  const from = performance.now();
  const result = passes(install(version), jestArguments) ? 'passed' : 'FAILED';
  if (result === 'FAILED') process.exitCode = 1;
  lines.push(`Node ${version}: ${result} in ${((performance.now() - from) / 1_000).toFixed(0)} s`);
}
console.log(`\n${lines.join('\n')}`);
