/** How often the event loop is looked at, in milliseconds. */
const TICK_MS = 5;

/** Allowance for the machine where a call has to end by its deadline, in milliseconds (the published promise). */
export const GRACE_MS = 50;

/** Measures how long something took, and how long the event loop itself was held up meanwhile. */
export class Stopwatch {
  readonly #startMs = performance.now();
  readonly #timer: NodeJS.Timeout;
  #lastMs = this.#startMs;
  #lateMs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#look(), TICK_MS);
    // A test that fails before it stops the watch must not hold the run up.
    this.#timer.unref();
  }

  /** Ends it. `lateMs` is the longest time for which no timer could have fired. */
  stop(): { elapsedMs: number; lateMs: number } {
    this.#look();
    clearInterval(this.#timer);
    return { elapsedMs: performance.now() - this.#startMs, lateMs: this.#lateMs };
  }

  #look(): void {
    const nowMs = performance.now();
    this.#lateMs = Math.max(this.#lateMs, nowMs - this.#lastMs - 2 * TICK_MS);
    this.#lastMs = nowMs;
  }
}
