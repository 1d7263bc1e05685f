import { readdirSync, readFileSync } from 'node:fs';
import { FixtureError, type ConfigIssue } from '../brokers/config-error.ts';
import { parseJson } from '../flow/parse-json.ts';
import { parseFixture, type Fixture } from '../fixture/format.ts';
import { jsonErrorAt } from '../fixture/json-position.ts';
import { brokerOf } from '../fixture/settings.ts';

/** A fixture and the file it stands in: the folder as it was given, then `<broker>/<operation>/<name>.json`. */
export type LoadedFixture = Fixture & { readonly file: string };

/** Holds the bad files that show the rules; left out at the top of a folder of fixtures. */
const LEFT_OUT = 'invalid';

/** Stands for the address of a broker whose settings are only checked. */
const NOWHERE = 'http://fixture.invalid';

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'and there is none',
  ENOTDIR: 'and a file stands there',
  EISDIR: 'and a folder stands there',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'and it is not',
  EACCES: 'and reading it is not allowed',
};

/** One mistake as the only one of its place. */
function mistakeAt(path: string, expected: string): FixtureError {
  return new FixtureError([{ path, expected }]);
}

/** What `read` gives; a system error becomes a mistake of `path`, which was expected to be `what`. */
export function readingOf<T>(path: string, what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // No `instanceof`: under jest, the errors of Node's own modules are of another realm.
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
    throw mistakeAt(path, `expected ${what}, ${UNREADABLE[code] ?? `and it cannot be read (${code})`}`);
  }
}

/** Names of the entries of a folder that may be folders (`isFile` false) or files, sorted; hidden ones are left out. */
function entriesOf(folder: string, isFile: boolean): string[] {
  const entries = readingOf(folder, 'a folder of fixtures', () => readdirSync(folder, { withFileTypes: true }));
  return entries
    .filter((entry) => !entry.name.startsWith('.'))
    .filter((entry) => entry.isSymbolicLink() || (isFile ? entry.isFile() : entry.isDirectory()))
    .map(({ name }) => name)
    .sort();
}

/**
 * Every `<dir>/<broker>/<operation>/<name>.json`, sorted; what stands on another level, and the folder `invalid` at the
 * top, is left out.
 *
 * @throws FixtureError for a folder that is missing, is none or cannot be read.
 */
export function fixtureFiles(dir: string): string[] {
  const root = dir.replace(/(?<=[^/\\])[/\\]+$/, '');
  return entriesOf(root, false)
    .filter((broker) => broker !== LEFT_OUT)
    .flatMap((broker) => entriesOf(`${root}/${broker}`, false).map((operation) => `${root}/${broker}/${operation}`))
    .flatMap((folder) => entriesOf(folder, true).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith('.json'));
}

/**
 * What stands in a JSON file. Numbers beyond 2^53 keep their digits, as text.
 *
 * @throws FixtureError for a file that cannot be read, or that is no UTF-8 or no JSON, with line and column.
 */
export function readJsonFile(file: string): unknown {
  const octets = readingOf(file, 'a file', () => readFileSync(file));
  const text = readingOf(file, 'UTF-8', () => new TextDecoder('utf-8', { fatal: true }).decode(octets));
  const parsed = parseJson(text);
  if (parsed.kind !== 'invalid') return parsed.value;
  const place = jsonErrorAt(text);
  if (place === undefined) throw mistakeAt(file, 'expected JSON of at most 100 levels');
  const { line, column } = place;
  throw mistakeAt(`${file}: line ${String(line)}, column ${String(column)}`, 'expected JSON, which ends here');
}

/**
 * The fixture in a file.
 *
 * @throws FixtureError with every mistake in it as `file: path: expected …`.
 */
export function readFixture(file: string): LoadedFixture {
  const value = readJsonFile(file);
  try {
    const fixture = parseFixture(value);
    brokerOf(fixture, NOWHERE);
    return { ...fixture, file };
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error;
    throw new FixtureError(error.issues.map(({ path, expected }) => ({ path: `${file}: ${path}`, expected })));
  }
}

/**
 * Every fixture below `dir`, at `<dir>/<broker>/<operation>/<name>.json`, sorted by path.
 *
 * @throws FixtureError with every mistake of every file: `fixtures/a/account.balance/x.json: fixture.broker: expected a text`.
 * @example for (const { file, note } of loadFixtures('fixtures')) console.log(file, note);
 */
export function loadFixtures(dir: string): LoadedFixture[] {
  const issues: ConfigIssue[] = [];
  const fixtures = fixtureFiles(dir).flatMap((file) => {
    try {
      return [readFixture(file)];
    } catch (error) {
      if (!(error instanceof FixtureError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  if (issues.length > 0) throw new FixtureError(issues);
  return fixtures;
}
