import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FixtureError } from '../../src/brokers/config-error.ts';
import { lintFixtures } from '../../src/testing/lint.ts';
import { loadFixtures, readJsonFile } from '../../src/testing/load.ts';
import { folderWith } from '../support/folder.ts';

const GOOD = {
  format: 1,
  broker: 'samsung',
  operation: 'account.interest',
  request: { note: 'short' },
  attempts: [{ fault: { phase: 'connect', code: 'ECONNREFUSED' } }],
};

/** The lines of the error that `run` throws, with `folder` taken out. */
function linesOf(folder: string, run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof FixtureError) return error.message.replaceAll(folder, 'DIR').split('\n');
    throw error;
  }
  return [];
}

describe('loadFixtures', () => {
  it('reads every file of the third level, sorted, and says where each stood', () => {
    const folder = folderWith({
      'samsung/account.interest/b.json': GOOD,
      'samsung/account.interest/a.json': GOOD,
      'kiwoom/account.interest/z.json': { ...GOOD, broker: 'kiwoom' },
    });
    const loaded = loadFixtures(folder);
    expect(loaded.map(({ file }) => file.slice(folder.length))).toEqual([
      '/kiwoom/account.interest/z.json',
      '/samsung/account.interest/a.json',
      '/samsung/account.interest/b.json',
    ]);
    expect(loaded[1]).toEqual({ ...GOOD, file: `${folder}/samsung/account.interest/a.json` });
    expect(loadFixtures(`${folder}/`)).toEqual(loaded);
  });

  it('leaves out what stands elsewhere: other levels, other names, hidden files, the folder of bad ones', () => {
    const folder = folderWith({
      'config.json': 'no JSON',
      'samsung/notes.json': 'no JSON',
      'samsung/account.interest/a.json': GOOD,
      'samsung/account.interest/a.md': 'no JSON',
      'samsung/account.interest/.a.json': 'no JSON',
      'samsung/account.interest/deep/a.json': 'no JSON',
      'invalid/account.interest/a.json': 'no JSON',
      '.git/account.interest/a.json': 'no JSON',
    });
    expect(loadFixtures(folder)).toHaveLength(1);
  });

  it('finds none in a folder without any', () => {
    expect(loadFixtures(folderWith({ 'README.md': 'empty' }))).toEqual([]);
  });

  it('keeps the digits of a large number', () => {
    const text = JSON.stringify(GOOD).replace('"short"', '12345678901234567890');
    const [fixture] = loadFixtures(folderWith({ 'samsung/account.interest/a.json': text }));
    expect(fixture?.request).toEqual({ note: '12345678901234567890' });
  });

  it('reads past a byte order mark', () => {
    const text = `\uFEFF${JSON.stringify(GOOD)}`;
    expect(loadFixtures(folderWith({ 'samsung/account.interest/a.json': text }))).toHaveLength(1);
  });

  it('lists every mistake of every file in one error', () => {
    const folder = folderWith({
      'a/b/cut.json': '{\n  "format": 1,\n  "broker": "a"',
      'a/b/latin.json': Buffer.from('{"note":"\xe9"}', 'latin1'),
      'a/b/settings.json': { ...GOOD, settings: { retries: 1 } },
      'a/b/shape.json': { ...GOOD, format: 2, attempts: [{ fault: { phase: 'head' } }] },
      'a/b/deep.json': '['.repeat(101) + ']'.repeat(101),
      'a/c/good.json': GOOD,
    });
    expect(linesOf(folder, () => loadFixtures(folder))).toEqual([
      'DIR/a/b/cut.json: line 3, column 16: expected JSON, which ends here',
      'DIR/a/b/deep.json: expected JSON of at most 100 levels',
      'DIR/a/b/latin.json: expected UTF-8, and it is not',
      'DIR/a/b/settings.json: fixture.settings.retries: expected no such option',
      'DIR/a/b/shape.json: fixture.format: expected 1',
      'DIR/a/b/shape.json: fixture.attempts[0].fault: expected either code or limit',
    ]);
  });

  it('names a folder that is missing, and one that is a file', () => {
    const folder = folderWith({ file: '' });
    expect(linesOf(folder, () => loadFixtures(`${folder}/none`))).toEqual([
      'DIR/none: expected a folder of fixtures, and there is none',
    ]);
    expect(linesOf(folder, () => loadFixtures(`${folder}/file`))).toEqual([
      'DIR/file: expected a folder of fixtures, and a file stands there',
    ]);
  });

  it('names a file that leads nowhere', () => {
    const folder = folderWith({ 'a/b/good.json': GOOD });
    symlinkSync(join(folder, 'gone.json'), join(folder, 'a/b/link.json'));
    expect(linesOf(folder, () => loadFixtures(folder))).toEqual([
      'DIR/a/b/link.json: expected a file, and there is none',
    ]);
  });
});

describe('readJsonFile', () => {
  it('names a folder in the place of a file', () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'x.json'));
    expect(linesOf(folder, () => readJsonFile(`${folder}/x.json`))).toEqual([
      'DIR/x.json: expected a file, and a folder stands there',
    ]);
  });
});

describe('lintFixtures', () => {
  it('says of each file what is wrong with it, and goes on', () => {
    const folder = folderWith({
      'kiwoom/account.interest/place.json': { ...GOOD, settings: { retry: false } },
      'samsung/account.interest/cut.json': '{',
      'samsung/account.interest/shape.json': { ...GOOD, format: 2 },
    });
    const { files, issues } = lintFixtures(folder);
    expect(files).toHaveLength(3);
    expect(issues.map(({ file, rule, path }) => [file.split('/').at(-1), rule, path])).toEqual([
      ['place.json', 'folders', 'fixture.broker'],
      ['place.json', 'expect-stated', 'fixture.expect'],
      ['place.json', 'request-complete', 'fixture.request'],
      ['cut.json', 'format', 'line 1, column 2'],
      ['shape.json', 'format', 'fixture.format'],
    ]);
  });

  it('says of settings that name a file that is not there where they stand', () => {
    const settings = { tls: { ca: { file: '/nowhere/ca.pem' } } };
    const folder = folderWith({ 'samsung/account.interest/tls.json': { ...GOOD, settings } });
    expect(lintFixtures(folder).issues).toEqual([
      {
        file: `${folder}/samsung/account.interest/tls.json`,
        rule: 'format',
        path: 'fixture.settings.tls.ca.file',
        expected: 'expected a readable file (ENOENT)',
      },
    ]);
  });
});
