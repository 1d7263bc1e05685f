// Prints docs/dependencies.md, from package.json and the lock file. Fails where a limit of limits.mjs is passed.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DIRECT_DEPENDENCIES, INSTALLED_PACKAGES, LICENCES, PACKED_BYTES, UNPACKED_BYTES } from './limits.mjs';

process.chdir(dirname(import.meta.dirname));
const { dependencies, peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** What each direct dependency is for, and which door loads it. A new one needs a line here. */
const PURPOSES = {
  axios: ['`.`', 'the pipeline of a request'],
  'axios-retry': ['`.`', 'repeats, where the fault table allows one'],
  'p-timeout': ['`.`', 'the deadline of a call'],
  valibot: ['`.`', 'the form of a configuration, a fixture, a message'],
  'iconv-lite': ['`.`', 'CP949, which Node itself reads wrongly'],
  fastify: ['`./gateway`', 'the HTTP server'],
  'prom-client': ['`./gateway`', 'figures for Prometheus'],
  'string-width': ['`op-exco`', 'columns of Hangul on a terminal'],
};

const nameOf = (place) => place.replace(/^.*node_modules\//, '');
const locked = Object.entries(packages).filter(([place]) => place.startsWith('node_modules/'));

/** One entry a name and version: a package that is nested in several places is one package. */
function distinct(entries) {
  const found = new Map(entries.map(([place, entry]) => [`${nameOf(place)} ${entry.version}`, entry]));
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

const isDev = (entry) => entry.dev === true || entry.devOptional === true;
const production = distinct(locked.filter(([, entry]) => !isDev(entry)));
const development = distinct(locked.filter(([, entry]) => isDev(entry)));

/** Place in the lock file of what `from` gets when it asks for `name`: its own copy, else that of a folder above. */
function resolve(name, from) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const candidate = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (place === '') return undefined;
  }
}

/** Places of `place` and of all that it brings. */
function closure(place, seen = new Set()) {
  if (place === undefined || seen.has(place)) return seen;
  seen.add(place);
  for (const name of Object.keys(packages[place].dependencies ?? {})) closure(resolve(name, place), seen);
  return seen;
}

/** `[licence, names with version]`, the most common licence first. */
function byLicence(entries) {
  const licences = [...new Set(entries.map(([, { license }]) => license))];
  const groups = licences.map((licence) => [
    licence,
    entries.filter(([, { license }]) => license === licence).map(([name]) => name),
  ]);
  return groups.sort(([one, its], [other, others]) => others.length - its.length || (one < other ? -1 : 1));
}

/** @throws Error naming every limit that is passed. */
function assertLimits() {
  const refused = production.filter(([, { license }]) => !LICENCES.includes(license));
  const direct = Object.keys(dependencies);
  const wrong = [
    ...refused.map(([name, { license }]) => `${name} has the licence ${license}`),
    ...direct.filter((name) => !(name in PURPOSES)).map((name) => `${name} has no line in PURPOSES`),
    ...(direct.length > DIRECT_DEPENDENCIES ? [`${direct.length} direct dependencies`] : []),
    ...(production.length > INSTALLED_PACKAGES ? [`${production.length} packages in production`] : []),
  ];
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}

function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

function directRow([name, range]) {
  const place = `node_modules/${name}`;
  const [door, purpose] = PURPOSES[name];
  return [name, range, packages[place].license, door, purpose, String(closure(place).size - 1)];
}

assertLimits();
const weight = (name) => closure(`node_modules/${name}`).size;
const direct = Object.entries(dependencies).sort(([one], [other]) => weight(one) - weight(other));
const peers = Object.entries(peerDependencies).map(([name, range]) => `${name} ${range}`);
console.log(`# Dependencies

Made by \`npm run docs\` from package.json and the lock file; a test holds that it is current.

\`npm install op-exco-connector\` brings **${direct.length} direct dependencies, ${production.length} packages in all** (at most ${INSTALLED_PACKAGES}).
The tarball has at most ${PACKED_BYTES / 1_000} kB, unpacked ${UNPACKED_BYTES / 1_000_000} MB. \`npm run test:package\` prints what it is, and fails above that.

${table(['package', 'range', 'licence', 'loaded by', 'for', 'brings'], direct.map(directRow))}

What a door does not need it does not load: \`import 'op-exco-connector'\` reads no file of fastify, prom-client, string-width or a
peer, which \`npm run test:package\` proves for both builds. Peers are optional: ${peers.join(', ')}.
The CommonJS build has a copy of p-timeout in it, with its licence in \`dist/cjs/LICENSES\`.

## Licences in production

No other licence is let in than ${LICENCES.join(', ')}.

${byLicence(production)
  .map(([licence, names]) => `- **${licence}** (${names.length}): ${names.join(', ')}`)
  .join('\n')}

## Licences of the tools

${Object.keys(devDependencies).length} development dependencies, ${development.length} packages in all; none is part of the package.

${byLicence(development)
  .map(([licence, names]) => `- **${licence}** (${names.length})`)
  .join('\n')}

## Known weaknesses

\`npm run audit\` asks the registry for advisories about the packages in production, and fails on any. A mirror may refuse that
question; then it fails as well, and must be asked where it is answered. Nothing is published without it.`);
