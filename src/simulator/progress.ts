import type { Fixture } from '../fixture/format.ts';

/** Calls that are remembered between two of their attempts; the oldest are forgotten. */
const MOST_CALLS = 10_000;

/** Which attempt of which fixture is next: for each call that sends an `X-Request-Id`, and one for all that do not. */
export class Progress {
  readonly #calls = new Map<string, { fixture: Fixture; next: number }>();
  readonly #shared = new Map<Fixture, number>();

  /** A fixture that a call is in the middle of, of those that `fits`. */
  underWay(call: string | undefined, fits: (fixture: Fixture) => boolean): Fixture | undefined {
    if (call === undefined) return [...this.#shared.keys()].find(fits);
    const fixture = this.#calls.get(call)?.fixture;
    return fixture !== undefined && fits(fixture) ? fixture : undefined;
  }

  /** The number of the attempt that is due, 0 first; behind the last one comes the first. */
  advance(call: string | undefined, fixture: Fixture): number {
    const known = call === undefined ? undefined : this.#calls.get(call);
    const due = call === undefined ? (this.#shared.get(fixture) ?? 0) : known?.fixture === fixture ? known.next : 0;
    const next = due + 1 < fixture.attempts.length ? due + 1 : undefined;
    if (call === undefined) {
      if (next === undefined) this.#shared.delete(fixture);
      else this.#shared.set(fixture, next);
      return due;
    }
    this.#calls.delete(call);
    if (next !== undefined) this.#calls.set(call, { fixture, next });
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > MOST_CALLS && oldest !== undefined) this.#calls.delete(oldest);
    return due;
  }

  clear(): void {
    this.#calls.clear();
    this.#shared.clear();
  }
}
