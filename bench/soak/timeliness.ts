import { performance } from 'node:perf_hooks';
import type { LoopWatch } from './loop.ts';

/** How late a call may end. */
export const GRACE_MS = 50;

/** A start that takes less is not looked into. */
const NOTED_MS = 5;

/** Violations that are kept with their words; the rest are counted. */
const MOST_KEPT = 20;

/** How late something was at worst. */
interface Worst {
  onTheClockMs: number;
  /** Without what others took of the time: see `LoopWatch.takenSince`. */
  ofOwnTimeMs: number;
}

function never(): Worst {
  return { onTheClockMs: Number.NEGATIVE_INFINITY, ofOwnTimeMs: Number.NEGATIVE_INFINITY };
}

/** How late calls ended: past their deadline, or after their caller had given them up. */
export class Timeliness {
  readonly #loop: LoopWatch;
  readonly worst = never();
  readonly worstAfterAbort = never();
  readonly late: string[] = [];
  lateCount = 0;
  /** Too late on the clock only. */
  excused = 0;

  constructor(loop: LoopWatch) {
    this.#loop = loop;
  }

  /**
   * How much later than `startMs` the time of a call begins that was started then: what others took while it was being made,
   * before it could set a timer.
   */
  startedLate(startMs: number): number {
    const tookMs = performance.now() - startMs;
    return tookMs < NOTED_MS ? 0 : Math.min(tookMs, this.#loop.waitedSince(startMs));
  }

  /** A call ended that had to end by `dueMs`. */
  ended(dueMs: number, name: string): void {
    this.#judge(dueMs, name, this.worst);
  }

  /** A unit ended that was given up at `abortedMs`. */
  aborted(abortedMs: number, name: string): void {
    this.#judge(abortedMs, `${name}, given up`, this.worstAfterAbort);
  }

  #judge(dueMs: number, name: string, worst: Worst): void {
    const overMs = performance.now() - dueMs;
    worst.onTheClockMs = Math.max(worst.onTheClockMs, overMs);
    if (overMs <= Math.min(GRACE_MS, worst.ofOwnTimeMs)) return;
    const takenMs = this.#loop.takenSince(dueMs);
    worst.ofOwnTimeMs = Math.max(worst.ofOwnTimeMs, overMs - takenMs);
    if (overMs <= GRACE_MS) return;
    if (overMs - takenMs <= GRACE_MS) {
      this.excused += 1;
      return;
    }
    this.lateCount += 1;
    if (this.late.length >= MOST_KEPT) return;
    this.late.push(`${name}: ${overMs.toFixed(1)} ms past its time, of which others took ${takenMs.toFixed(1)} ms`);
  }
}
