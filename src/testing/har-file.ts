import { readFileSync } from 'node:fs';
import { FixtureError } from '../brokers/config-error.ts';
import { entriesOf } from '../fixture/har.ts';
import { readJsonFile, readingOf } from './load.ts';

/** Files of other tools that are no JSON at all, by how they begin. */
const OTHER_TOOLS: readonly (readonly [start: RegExp, what: string])[] = [
  [/^\s*<\?xml[^>]*\?>\s*<!DOCTYPE items|^\s*<items/, 'XML, as Burp saves requests'],
  [/^\s*</, 'XML or HTML'],
  [/^PK/, 'a ZIP archive, as Fiddler saves a session (.saz)'],
  [/^\d+:/, "mitmproxy's own file of flows"],
  [/^(?:\u00d4\u00c3\u00b2\u00a1|\u00a1\u00b2\u00c3\u00d4|\n\r\r\n)/, 'a capture of packets (pcap)'],
];

const WANTED = 'expected a HAR 1.2 (an object with log.version 1.2 and log.entries)';

/** Octets at the front of a file that say what it is. */
const START_OCTETS = 512;

/**
 * The entries of a HAR 1.2 file.
 *
 * @throws FixtureError for a file that cannot be read, or that is of another kind: it names which, and what was expected.
 */
export function readHar(file: string): readonly unknown[] {
  const start = readingOf(file, 'a HAR file', () => readFileSync(file))
    .subarray(0, START_OCTETS)
    .toString('latin1');
  const other = OTHER_TOOLS.find(([pattern]) => pattern.test(start))?.[1];
  if (other !== undefined) throw new FixtureError([{ path: file, expected: `${WANTED}, and this is ${other}` }]);
  const entries = entriesOf(readJsonFile(file));
  if ('instead' in entries) {
    throw new FixtureError([{ path: file, expected: `${WANTED}, and this is ${entries.instead}` }]);
  }
  return entries;
}
