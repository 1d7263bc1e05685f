import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Fixture } from '../fixture/format.ts';
import { readingOf } from './load.ts';

/** A fixture as the text of its file: always the same order of fields, a line each, so that a diff shows what changed. */
export function fixtureText(fixture: Fixture): string {
  const { $schema, format, broker, operation, note, recordedAt, replaced, settings, request } = fixture;
  const { page, match, attempts, refused, expect } = fixture;
  const head = { $schema, format, broker, operation, note, recordedAt, replaced, settings };
  return `${JSON.stringify({ ...head, request, page, match, attempts, refused, expect }, null, 2)}\n`;
}

/**
 * Makes a folder, and those above it, where there is none.
 *
 * @throws FixtureError where it cannot be made.
 */
export function makeFolder(dir: string): void {
  readingOf(dir, 'a folder that can be written to', () => mkdirSync(dir, { recursive: true }));
}

/**
 * Writes a fixture to a file, whole or not at all: nobody ever reads half of one.
 *
 * @throws FixtureError where it cannot be written.
 */
export function saveFixture(file: string, fixture: Fixture): void {
  const folder = file.slice(0, file.lastIndexOf('/'));
  makeFolder(folder);
  readingOf(file, 'a file that can be written', () => {
    const drafts = mkdtempSync(`${folder}/.draft-`);
    try {
      writeFileSync(`${drafts}/fixture.json`, fixtureText(fixture));
      renameSync(`${drafts}/fixture.json`, file);
    } finally {
      rmSync(drafts, { recursive: true, force: true });
    }
  });
}
