import type { Clock, Timer } from '../../src/runtime/clock.ts';

interface Pending {
  readonly run: () => void;
  readonly atMs: number;
}

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  #nowMs = 1_000;
  readonly #pending = new Set<Pending>();

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#nowMs;
  }

  random(): number {
    return 0;
  }

  after(delayMs: number, run: () => void): Timer {
    const pending: Pending = { run, atMs: this.#nowMs + delayMs };
    this.#pending.add(pending);
    return { cancel: () => void this.#pending.delete(pending) };
  }

  /** Timers that are still to fire. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Lets so much time pass; what falls due runs in its order, each at its own time. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (let next = this.#dueBy(untilMs); next !== undefined; next = this.#dueBy(untilMs)) {
      this.#pending.delete(next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }

  #dueBy(untilMs: number): Pending | undefined {
    const due = [...this.#pending].filter(({ atMs }) => atMs <= untilMs);
    return due.sort((one, other) => one.atMs - other.atMs)[0];
  }
}
