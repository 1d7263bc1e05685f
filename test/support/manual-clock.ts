import type { Clock, Timer } from '../../src/runtime/clock.ts';

interface Pending {
  readonly delayMs: number;
  readonly run: () => void;
  atMs: number;
}

/** A clock that stands still until it is told to go on. */
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
    const pending: Pending = { delayMs, run, atMs: this.#nowMs + delayMs };
    this.#pending.add(pending);
    return {
      cancel: () => void this.#pending.delete(pending),
      restart: () => {
        pending.atMs = this.#nowMs + delayMs;
      },
    };
  }

  /** Lets so much time pass at once; what falls due runs in its order. */
  advance(ms: number): void {
    this.#nowMs += ms;
    const due = [...this.#pending].filter(({ atMs }) => atMs <= this.#nowMs).sort((a, b) => a.atMs - b.atMs);
    for (const each of due) {
      this.#pending.delete(each);
      each.run();
    }
  }
}
