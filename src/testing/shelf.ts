import { profileOf } from '../brokers/profile.ts';
import { isListed, leavesOf, pathOf } from '../fixture/leaves.ts';
import { isVolatile } from '../fixture/match.ts';
import type { Fixture } from '../fixture/format.ts';
import { hasPageKey, isLaterPage } from '../fixture/page.ts';
import { brokerOf } from '../fixture/settings.ts';
import { FileNames, outcomeName, outcomesOf } from './file-names.ts';
import { loadFixtures } from './load.ts';
import { makeFolder, saveFixture } from './save.ts';

/** Whether it asks for a page behind the first one, whose key is a stand-in and says nothing of which one. */
function isPage(fixture: Fixture): boolean {
  const { paging } = profileOf(brokerOf(fixture, 'http://fixture.invalid'), 'fixture.settings');
  return paging === undefined ? hasPageKey(fixture) : isLaterPage(fixture, paging);
}

/** What two recordings of the same have in common: broker, operation, what is asked apart from the person, and its course. */
function kindOf(fixture: Fixture): string {
  const { broker, operation, request } = fixture;
  const replaced = new Set(fixture.replaced);
  const asked = leavesOf(request)
    .filter(({ keys }) => !isVolatile(keys) && !isListed(`request.${pathOf(keys)}`, replaced))
    .map(({ keys, value }) => [pathOf(keys), value]);
  return JSON.stringify([broker, operation, outcomesOf(fixture), asked, isPage(fixture)]);
}

/** What two recordings of the same page of a list have in common, as long as stand-ins stay the same. */
function pageKindOf(fixture: Fixture): string {
  return JSON.stringify([kindOf(fixture), fixture.request, fixture.page]);
}

/** A folder of fixtures that is added to. */
export class Shelf {
  readonly #dir: string;
  readonly #found: readonly Fixture[];
  readonly #names: FileNames;
  /** Files of each kind that this run has not written, oldest first. */
  readonly #older = new Map<string, string[]>();
  readonly #kinds = new Set<string>();
  /** Of pages behind the first one that this run has written: every one counts, unless the folder had some before. */
  readonly #pages = new Set<string>();

  /** @throws FixtureError for a folder that cannot be made, or that holds a bad fixture. */
  constructor(dir: string) {
    makeFolder(dir);
    const found = loadFixtures(dir);
    const files = found.map(({ file }) => file.slice(dir.replace(/[/\\]+$/, '').length + 1));
    this.#dir = dir.replace(/(?<=[^/\\])[/\\]+$/, '');
    this.#found = found;
    this.#names = new FileNames(files);
    for (const [index, fixture] of found.entries()) {
      const kind = kindOf(fixture);
      this.#kinds.add(kind);
      this.#older.set(kind, [...(this.#older.get(kind) ?? []), files[index] ?? '']);
    }
  }

  /** The stand-ins that the fixtures found hold. */
  standIns(): string[] {
    return this.#found.flatMap(({ request, page, attempts, replaced }) => {
      const listed = new Set(replaced);
      return leavesOf({ request, page, attempts })
        .filter(({ keys }) => isListed(pathOf(keys), listed))
        .map(({ value }) => String(value));
    });
  }

  /** Whether there is a fixture of the same kind. */
  has(fixture: Fixture): boolean {
    return this.#kinds.has(kindOf(fixture)) || this.#pages.has(pageKindOf(fixture));
  }

  /**
   * Writes a fixture: over an older one of the same kind where there is one, else to a file of its own.
   *
   * @returns the file.
   * @throws FixtureError where it cannot be written; it then counts as not there.
   */
  put(fixture: Fixture): string {
    const kind = kindOf(fixture);
    const [older] = this.#older.get(kind) ?? [];
    const path = `${this.#dir}/${older ?? this.#save(fixture)}`;
    if (older !== undefined) {
      saveFixture(path, fixture);
      this.#older.get(kind)?.shift();
    }
    if (isPage(fixture)) this.#pages.add(pageKindOf(fixture));
    else this.#kinds.add(kind);
    return path;
  }

  #save(fixture: Fixture): string {
    const file = this.#names.take(fixture, outcomeName(fixture));
    try {
      saveFixture(`${this.#dir}/${file}`, fixture);
    } catch (error) {
      this.#names.release(file);
      throw error;
    }
    return file;
  }
}
