// What must hold before the package is published. Run by npm before `npm publish`; names everything that does not hold.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

process.chdir(dirname(import.meta.dirname));
const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

const missing = [
  [git('status', '--porcelain') === '', 'a checkout without changes'],
  [git('tag', '--points-at', 'HEAD').split('\n').includes(`v${version}`), `the tag v${version} on what is checked out`],
  [readFileSync('CHANGELOG.md', 'utf8').includes(`\n## ${version}\n`), `a section ${version} in CHANGELOG.md`],
  // A statement of provenance is refused unless the package names the repository that it is built from.
  [repository?.url !== undefined, '"repository" in package.json'],
].flatMap(([holds, what]) => (holds ? [] : [what]));

if (missing.length > 0) {
  console.error(`release: expected ${missing.join('; ')}`);
  process.exit(1);
}
