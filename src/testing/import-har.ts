import type { BrokerOptions } from '../brokers/options.ts';
import { cleanFixture } from '../cleaning/clean.ts';
import { StandIns } from '../cleaning/stand-in.ts';
import { importEntries, type ImportedFixtures } from './captured.ts';
import { readHar } from './har-file.ts';
import { Shelf } from './shelf.ts';

/** What is known of the brokers in a capture. */
export interface ImportOptions {
  /**
   * The brokers whose addresses stand in the capture, as they are configured. Without them a call is known by the path of
   * its operation, and its broker by the part of the path before that.
   */
  readonly brokers?: readonly BrokerOptions[] | undefined;
}

/**
 * Fixtures of the calls in a HAR 1.2 file, as a browser or a proxy saves it: cleaned as a recording is, and stating what the
 * connector makes of them. Nothing is written; `file` says where each would stand below a folder. `skipped` and `refused`
 * name the other entries, and why.
 *
 * @throws FixtureError for a file that cannot be read or is of another kind; ConfigError for brokers that are none.
 * @example for (const { file, ...fixture } of importHar('capture.har')) console.log(file, fixture.expect);
 */
export function importHar(file: string, { brokers = [] }: ImportOptions = {}): ImportedFixtures {
  const standIns = new StandIns();
  return importEntries(readHar(file), brokers, (fixture) => cleanFixture(fixture, standIns));
}

/** What became of the calls of a capture. */
export interface SavedImport extends Pick<ImportedFixtures, 'skipped' | 'refused'> {
  /** Files that were written. */
  readonly written: readonly string[];
  /** Calls of which the folder has a fixture already. */
  readonly known: number;
}

/**
 * Writes the fixtures of a HAR below `dir`, but for those that the folder has one like: no file is written over.
 *
 * @throws FixtureError as `importHar`, and for a folder that cannot be written or holds a bad fixture.
 */
export function saveHar(dir: string, file: string, { brokers = [] }: ImportOptions = {}): SavedImport {
  const entries = readHar(file);
  const shelf = new Shelf(dir);
  const standIns = new StandIns(shelf.standIns());
  const imported = importEntries(entries, brokers, (fixture) => cleanFixture(fixture, standIns));
  const written = imported.flatMap((fixture) => (shelf.has(fixture) ? [] : [shelf.put(fixture)]));
  const { skipped, refused } = imported;
  return { written, known: imported.length - written.length, skipped, refused };
}
