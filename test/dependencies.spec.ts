import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const PAGE = readFileSync('docs/dependencies.md', 'utf8');

describe('docs/dependencies.md', () => {
  it('says what package.json and the lock file say (npm run docs)', () => {
    expect(execFileSync(process.execPath, ['.ci/dependencies.mjs'], { encoding: 'utf8' })).toBe(PAGE);
  });

  it.each([/\d+ direct dependencies, \d+ packages in all/, /at most \d+ kB, unpacked [\d.]+ MB/])(
    'has the figure that the README has: %s',
    (figure) => {
      const [stated] = figure.exec(PAGE) ?? ['no such figure'];
      expect(readFileSync('README.md', 'utf8').replaceAll('\n', ' ')).toContain(stated);
    },
  );
});
