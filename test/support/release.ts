import { afterEach } from '@jest/globals';

const releases: (() => unknown)[] = [];

afterEach(async () => {
  const failures: unknown[] = [];
  for (let release = releases.pop(); release !== undefined; release = releases.pop()) {
    try {
      await release();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'What a test had opened could not be closed.');
});

/** Has `release` run behind the test under way, passed or failed; what was opened last is closed first. */
export function atEnd(release: () => unknown): void {
  releases.push(release);
}
