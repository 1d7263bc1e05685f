import { performance } from 'node:perf_hooks';

/** A timer of ours came late: so would have any other. */
interface Lateness {
  readonly dueMs: number;
  readonly lateMs: number;
}

const BEAT_MS = 5;
/** Less than this is what timers are always late by. */
const NOTED_MS = 10;
const MOST_KEPT = 2_000;

/** Measures how late the event loop is, so that a loop that was busy is not taken for a deadline that was missed. */
export class LoopWatch {
  readonly #timer: NodeJS.Timeout;
  #dueMs = performance.now() + BEAT_MS;
  #late: Lateness[] = [];
  #isExcused = false;
  worstMs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  /** Longest that the loop was late for something that was due at a time or up to `marginMs` around it. */
  lateAt(dueMs: number, marginMs: number): number {
    const near = this.#late.filter(
      (each) => each.dueMs < dueMs + marginMs && each.dueMs + each.lateMs > dueMs - marginMs,
    );
    return Math.max(0, performance.now() - this.#dueMs, ...near.map(({ lateMs }) => lateMs));
  }

  /** Does something that keeps the loop busy, and is our own doing. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    this.#isExcused = true;
    const result = await work();
    this.#isExcused = false;
    this.#dueMs = performance.now() + BEAT_MS;
    return result;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    if (this.#isExcused) return;
    const nowMs = performance.now();
    const lateMs = nowMs - this.#dueMs;
    this.worstMs = Math.max(this.worstMs, lateMs);
    if (lateMs > NOTED_MS) {
      this.#late.push({ dueMs: this.#dueMs, lateMs });
      if (this.#late.length >= 2 * MOST_KEPT) this.#late = this.#late.slice(-MOST_KEPT);
    }
    this.#dueMs = nowMs + BEAT_MS;
  }
}
