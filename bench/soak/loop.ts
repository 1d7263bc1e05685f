import { performance } from 'node:perf_hooks';
import { Processor, type ProcessorTime } from './processor.ts';

/** From one beat to the next. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** How long the process was ready to run in it, and had no processor. */
  readonly waitedMs: number;
}

const BEAT_MS = 5;
/** Twenty seconds of beats that come in time: longer than any call. */
const STRETCHES_KEPT = 4_000;

/**
 * Tells time that others took from the process apart from time that it took itself. Only the first is an excuse: a loop that
 * is late because the connector keeps it busy, or a timer that is set too long, makes calls late that were given their time.
 */
export class LoopWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #processor = new Processor();
  #at: ProcessorTime & { readonly ms: number } = { ms: performance.now(), ...this.#processor.read() };
  #stretches: Stretch[] = [];
  #isUnwatched = false;
  #watchedMs = 0;
  #ranMs = 0;
  #waitedMs = 0;
  /** Longest that a beat was late. */
  worstMs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  /** Share of the time in which the process ran. */
  get busyShare(): number {
    return this.#ranMs / Math.max(this.#watchedMs, BEAT_MS);
  }

  /** Share of the time in which it waited for a processor. */
  get waitedShare(): number {
    return this.#waitedMs / Math.max(this.#watchedMs, BEAT_MS);
  }

  /**
   * What others took of the time since `sinceMs`: the waiting itself, and the work that gathers in it and is done behind it,
   * which the process would otherwise have done meanwhile.
   */
  takenSince(sinceMs: number): number {
    this.#beat();
    let waitedMs = 0;
    for (const stretch of this.#stretches.toReversed()) {
      if (stretch.toMs <= sinceMs) break;
      waitedMs += Math.min(stretch.waitedMs, stretch.toMs - Math.max(stretch.fromMs, sinceMs));
    }
    return waitedMs * (1 + this.busyShare);
  }

  /** Does something that keeps the loop busy, and is our own doing. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    this.#isUnwatched = true;
    const result = await work();
    this.#beat();
    this.#isUnwatched = false;
    return result;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#processor.close();
  }

  #beat(): void {
    const from = this.#at;
    this.#at = { ms: performance.now(), ...this.#processor.read() };
    if (this.#isUnwatched) return;
    const { ms, ranMs, waitedMs } = this.#at;
    const lateMs = Math.max(0, ms - from.ms - BEAT_MS);
    const ran = ranMs - from.ranMs;
    const waited =
      waitedMs === undefined || from.waitedMs === undefined ? Math.max(0, lateMs - ran) : waitedMs - from.waitedMs;
    this.worstMs = Math.max(this.worstMs, lateMs);
    this.#watchedMs += ms - from.ms;
    this.#ranMs += ran;
    this.#waitedMs += waited;
    this.#stretches.push({ fromMs: from.ms, toMs: ms, waitedMs: waited });
    if (this.#stretches.length >= 2 * STRETCHES_KEPT) this.#stretches = this.#stretches.slice(-STRETCHES_KEPT);
  }
}
