// Runs the examples as their reader would: copied out of the checkout, beside the tarball and what their package.json name, all in
// one installation to save time, each by its own `npm test`. Then the guides, block by block. With --write a guide is set right.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, TEMP, check, node, npm, pack, report, run } from '../checks.mjs';
import { runGuide } from './guide.mjs';

const EXAMPLES = join(ROOT, 'examples');
/** Folders that stand alone; the others are parts of the checkout. */
const FOLDERS = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'package.json')));
/** Guides, with the ports of the servers that they start, in order. */
const GUIDES = { 'getting-started': [8081, 8443] };
const OURS = 'op-exco-connector';
const IS_WRITING = process.argv.includes('--write');

/** Everything that the examples need, as one project. */
function manifest() {
  const all = FOLDERS.map((name) => JSON.parse(readFileSync(join(EXAMPLES, name, 'package.json'), 'utf8')));
  const wanted = Object.assign(
    {},
    ...all.flatMap(({ dependencies, devDependencies }) => [dependencies, devDependencies]),
  );
  delete wanted[OURS];
  return { name: 'examples', private: true, dependencies: wanted };
}

/** An own folder that finds the shared installation, with whatever stands in `from`. */
function place(name, from) {
  const dir = join(TEMP, name);
  mkdirSync(dir);
  if (from !== undefined) cpSync(from, dir, { recursive: true });
  symlinkSync(join(TEMP, 'node_modules'), join(dir, 'node_modules'), 'dir');
  return dir;
}

async function checkGuide(name, ports) {
  const file = join(ROOT, 'docs', `${name}.md`);
  const shown = readFileSync(file, 'utf8').split('\n');
  const right = await runGuide(file, place(name), ports);
  if (IS_WRITING) writeFileSync(file, right);
  const lines = right.split('\n');
  const at = shown.findIndex((line, index) => line !== lines[index]);
  if (at !== -1) throw new Error(`line ${at + 1} shows "${shown[at]}", and it is "${lines[at]}"`);
}

/** The reference that goes into the package is made without a warning, and has every name that is there at run time. */
async function checkApi() {
  const out = join(TEMP, 'api');
  await run(node('node_modules/typedoc/bin/typedoc', '--options', '.ci/typedoc.json', '--out', out), ROOT);
  const pages = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
  const headings = new Set(
    pages
      .join('\n')
      .replaceAll('\\_', '_')
      .match(/^### .*$/gm),
  );
  for (const door of ['index', 'testing/index', 'gateway/index', 'telemetry/index']) {
    const names = Object.keys(await import(join(ROOT, 'dist/esm', `${door}.js`)));
    const missing = names.filter((name) => !headings.has(`### ${name}`) && !headings.has(`### ${name}()`));
    if (missing.length > 0) throw new Error(`no heading for ${missing.join(', ')}`);
  }
}

const tarball = await pack();
writeFileSync(join(TEMP, 'package.json'), JSON.stringify(manifest()));
// An install waits for a network, so the reference is made meanwhile.
const [isInstalled] = await Promise.all([
  tarball !== undefined && check('install', () => npm(TEMP, 'install', tarball)),
  tarball !== undefined && check('API reference', checkApi),
]);
if (isInstalled) {
  const examples = FOLDERS.map((name) => [
    `examples/${name}`,
    () => run(['npm', 'test'], place(name, join(EXAMPLES, name))),
  ]);
  const guides = Object.entries(GUIDES).map(([name, ports]) => [`docs/${name}.md`, () => checkGuide(name, ports)]);
  // Two rows side by side, as a small machine has two cores.
  const inTurn = async (row) => {
    for (const [what, action] of row) await check(what, action);
  };
  await Promise.all([inTurn(examples), inTurn(guides)]);
}
report();
