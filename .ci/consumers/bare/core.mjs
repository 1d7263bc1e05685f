// What the front door loads, `import` or `require` as the argument says. Told by the debugger, which hears of both
// kinds of module on every supported version of Node.
import assert from 'node:assert/strict';
import { Session } from 'node:inspector';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = join(import.meta.dirname, 'node_modules') + sep;
const OURS = 'op-exco-connector';
/** Packages behind the front door: those that the core declares for itself, and what axios brings. */
const CORE = ['axios', 'axios-retry', 'iconv-lite', 'p-timeout', 'valibot'];
/** Rooms behind other doors. */
const OTHER_ROOMS = ['cleaning', 'cli', 'fixture', 'gateway', 'report', 'simulator', 'telemetry', 'testing'];
const [how] = process.argv.slice(2);

const files = new Set();
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params: { url } }) => {
  if (url.startsWith('file:')) files.add(fileURLToPath(url));
  else if (url.startsWith(sep)) files.add(url);
});
session.post('Debugger.enable');
files.clear();
if (how === 'require') createRequire(import.meta.url)(OURS);
else await import(OURS);

const owner = (file) => /^(?:@[^/\\]+[/\\])?[^/\\]+/.exec(file)[0].replaceAll(sep, '/');
/** Files inside of node_modules, as paths there. */
const loaded = [...files].map((file) => {
  assert.ok(file.startsWith(MODULES), `loaded from outside of node_modules: ${file}`);
  return file.slice(MODULES.length);
});
const counts = new Map();
for (const file of loaded) counts.set(owner(file), (counts.get(owner(file)) ?? 0) + 1);

/** `name` and all that it brings; every package of the core is installed flat in this project. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const { dependencies = {} } = createRequire(import.meta.url)(join(MODULES, name, 'package.json'));
  for (const dependency of Object.keys(dependencies)) closure(dependency, seen);
  return seen;
}

assert.ok(counts.get(OURS) > 0, `did not see ${OURS} being loaded`);
const allowed = new Set([OURS, ...CORE.flatMap((name) => [...closure(name)])]);
const strangers = [...counts.keys()].filter((name) => !allowed.has(name));
assert.deepEqual(strangers, [], 'loaded by the front door, but behind another');

const room = new RegExp(`^${OURS}[/\\\\]dist[/\\\\](?:esm|cjs)[/\\\\](?:${OTHER_ROOMS.join('|')})[/\\\\]`);
const behindOthers = loaded.filter((file) => room.test(file));
assert.deepEqual(behindOthers, [], 'a room behind another door');
const named = [...counts].sort(([, one], [, other]) => other - one).map(([name, count]) => `${name} ${count}`);
console.log(`${loaded.length} files: ${named.join(', ')}`);
