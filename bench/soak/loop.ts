import { performance } from 'node:perf_hooks';
import { Processor, type ProcessorTime } from './processor.ts';

/** From one look at the clocks to the next. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly ranMs: number;
  /** How long the process was ready to run in it, and had no processor. */
  readonly waitedMs: number;
  /** How long it had nothing to do. */
  readonly idleMs: number;
  /** Whether it ends with the timer, and not because somebody asked. */
  readonly isBeat: boolean;
}

const BEAT_MS = 5;
/** Twenty seconds of beats that come in time: longer than any call. */
const STRETCHES_KEPT = 4_000;
/** The first beat behind a time comes with every timer that was due by then; they are served before the next beat. */
const BEATS_TO_SERVE = 2;
/** However long others took, what gathers is bounded by the calls under way; more is work that should not be. */
const MOST_GATHERED_MS = 100;

/** What the clocks say at a beat. */
type Reading = ProcessorTime & {
  readonly ms: number;
  /** Time that the loop has spent in waiting for events. */
  readonly polledMs: number;
};

function stretchOf(from: Reading, to: Reading, isBeat: boolean): Stretch {
  const lengthMs = to.ms - from.ms;
  const ranMs = to.ranMs - from.ranMs;
  const isTold = to.waitedMs !== undefined && from.waitedMs !== undefined;
  const waitedMs = isTold ? to.waitedMs - from.waitedMs : Math.max(0, lengthMs - BEAT_MS - ranMs);
  // Who waits for events is woken before it gets a processor; who is blocked elsewhere is not idle.
  const idleMs = Math.max(0, Math.min(to.polledMs - from.polledMs, lengthMs - ranMs - waitedMs));
  return { fromMs: from.ms, toMs: to.ms, ranMs, waitedMs, idleMs, isBeat };
}

/**
 * Tells time that others took from the process apart from time that it took itself. Only the first is an excuse: a loop that
 * is late because the connector keeps it busy, or a timer that is set too long, makes calls late that were given their time.
 */
export class LoopWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #processor = new Processor();
  #at = this.#now();
  #stretches: Stretch[] = [];
  #isUnwatched = false;
  #watchedMs = 0;
  #ranMs = 0;
  #waitedMs = 0;
  /** Longest that a beat was late. */
  worstMs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#look(true), BEAT_MS);
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
   * What others took of the time since `sinceMs`: the waiting itself, and the work that gathers in it and is done behind it:
   * as much as the process does of what time it has. It counts until the loop has served what was due then: what has not
   * ended with that is late on its own account, whatever others take from it later.
   */
  takenSince(sinceMs: number): number {
    let waitedMs = 0;
    let beats = 0;
    for (const { fromMs, toMs, waitedMs: waited, isBeat } of this.#since(sinceMs)) {
      waitedMs += Math.min(waited, toMs - Math.max(fromMs, sinceMs));
      if (isBeat) beats += 1;
      if (beats === BEATS_TO_SERVE) break;
    }
    const hadMs = Math.max(this.#watchedMs - this.#waitedMs, this.#ranMs, BEAT_MS);
    return waitedMs + Math.min(waitedMs * (this.#ranMs / hadMs), MOST_GATHERED_MS);
  }

  /** How long the process has waited for a processor since `sinceMs`. */
  waitedSince(sinceMs: number): number {
    return this.#since(sinceMs).reduce((sum, { waitedMs }) => sum + waitedMs, 0);
  }

  /** How long the process has had nothing to do since `sinceMs`. */
  idleSince(sinceMs: number): number {
    return this.#since(sinceMs).reduce((sum, { idleMs }) => sum + idleMs, 0);
  }

  /**
   * Does something that keeps the loop busy, and is our own doing. What was before it is forgotten: the heap is looked at in
   * it, and the beats of a watch that has not yet been full would be taken for what calls leave behind.
   */
  async without<T>(work: () => Promise<T>): Promise<T> {
    this.#isUnwatched = true;
    this.#stretches = [];
    const result = await work();
    this.#look(false);
    this.#isUnwatched = false;
    return result;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#processor.close();
  }

  #now(): Reading {
    const { idle } = performance.eventLoopUtilization();
    return { ms: performance.now(), polledMs: idle, ...this.#processor.read() };
  }

  /** The stretches since then, oldest first. */
  #since(sinceMs: number): Stretch[] {
    this.#look(false);
    const first = this.#stretches.findLastIndex(({ toMs }) => toMs <= sinceMs);
    return this.#stretches.slice(first + 1);
  }

  #look(isBeat: boolean): void {
    const from = this.#at;
    this.#at = this.#now();
    if (this.#isUnwatched) return;
    const stretch = stretchOf(from, this.#at, isBeat);
    this.worstMs = Math.max(this.worstMs, stretch.toMs - stretch.fromMs - BEAT_MS);
    this.#watchedMs += stretch.toMs - stretch.fromMs;
    this.#ranMs += stretch.ranMs;
    this.#waitedMs += stretch.waitedMs;
    this.#stretches.push(stretch);
    if (this.#stretches.length >= 2 * STRETCHES_KEPT) this.#stretches = this.#stretches.slice(-STRETCHES_KEPT);
  }
}
