import type { Fixture } from '../fixture/format.ts';
import { judgeFixture } from '../fixture/judge.ts';
import type { Settled } from '../model/reply.ts';

function resultName(settled: Settled): string {
  return settled.ok ? 'answered' : settled.error.fault;
}

/** What each attempt of a fixture comes to by itself: `['http-unavailable', 'answered']`. */
export function outcomesOf(fixture: Fixture): string[] {
  if (fixture.refused !== undefined) return [fixture.refused.fault];
  return fixture.attempts.map((attempt) => resultName(judgeFixture({ ...fixture, attempts: [attempt] })));
}

/** What a fixture is called by: what it came to, and what came before where that was something else. */
export function outcomeName(fixture: Fixture): string {
  return outcomesOf(fixture)
    .filter((name, index, names) => name !== names[index - 1])
    .join('-then-');
}

/** Gives each fixture a file of its own: `samsung/account.balance/answered.json`, then `answered-2.json`. */
export class FileNames {
  readonly #taken: Set<string>;

  /** @param taken files that are there already. */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  take({ broker, operation }: Fixture, name: string): string {
    const stem = `${broker}/${operation}/${name}`;
    let file = `${stem}.json`;
    for (let count = 2; this.#taken.has(file); count += 1) file = `${stem}-${String(count)}.json`;
    this.#taken.add(file);
    return file;
  }

  /** Gives a file back that was not written after all. */
  release(file: string): void {
    this.#taken.delete(file);
  }
}
