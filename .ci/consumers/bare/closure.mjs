// Nothing but the package and what it declares is installed, and nothing else is loaded.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire, isBuiltin, register } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = join(import.meta.dirname, 'node_modules') + sep;
const PACKAGE = join(MODULES, 'op-exco-connector');
const LOADED = join(import.meta.dirname, 'loaded.txt');

/** Names of `name` and of all that it declares, as far as they are installed. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const { dependencies = {} } = JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) {
    assert.ok(existsSync(join(MODULES, dependency)), `${name} declares ${dependency}, which is not installed`);
    closure(dependency, seen);
  }
  return seen;
}

function installed() {
  const names = readdirSync(MODULES).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(MODULES, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

/** Name of the package that a loaded file belongs to. */
function owner(file) {
  assert.ok(file.startsWith(MODULES), `loaded from outside of node_modules: ${file}`);
  return /^(?:@[^/\\]+[/\\])?[^/\\]+/.exec(file.slice(MODULES.length))[0].replaceAll(sep, '/');
}

/** Packages that the published code names, also where nothing has loaded it yet. */
function named() {
  const dist = join(PACKAGE, 'dist');
  const files = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.js'));
  const specifier = /(?:^(?:import|export)\s[^'";=(]*?\bfrom\s*|^import\s*|\b(?:import|require)\()["']([^"'\n]+)["']/gm;
  const found = files.flatMap((file) =>
    [...readFileSync(join(dist, file), 'utf8').matchAll(specifier)].map((hit) => hit[1]),
  );
  const packages = found.filter((name) => !name.startsWith('.') && !isBuiltin(name));
  return [...new Set(packages.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)[0]))];
}

const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
const undeclared = named().filter((name) => !(name in declared));
assert.deepEqual(undeclared, [], 'imported, but not among the dependencies');

const allowed = closure('op-exco-connector');
const extra = installed().filter((name) => !allowed.has(name));
assert.deepEqual(extra, [], 'installed, but declared by nobody');

// The hook runs in a thread of its own, so a file is what both sides can see.
appendFileSync(LOADED, '');
const hook = `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(${JSON.stringify(LOADED)}, url + '\\n');
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const doors = Object.keys(manifest.exports).filter((door) => manifest.exports[door].import !== undefined);
const require = createRequire(import.meta.url);
// The gateway's figures bring OpenTelemetry's API with them, so that its door opens here too.
for (const door of doors.map((key) => key.replace('.', 'op-exco-connector'))) {
  await import(door);
  require(door);
}

const imported = readFileSync(LOADED, 'utf8').trim().split('\n');
const loaded = [...imported.map((url) => fileURLToPath(url)), ...Object.keys(require.cache)];
for (const build of ['esm', 'cjs']) {
  const index = join(PACKAGE, 'dist', build, 'index.js');
  assert.ok(loaded.includes(index), `did not see ${index} being loaded`);
}
const strangers = loaded.map(owner).filter((name) => !allowed.has(name));
assert.deepEqual(strangers, [], 'loaded, but declared by nobody');
