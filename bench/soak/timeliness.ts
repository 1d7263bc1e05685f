import { performance } from 'node:perf_hooks';
import type { LoopWatch } from './loop.ts';

/** How late a call may end. */
export const GRACE_MS = 50;

/** How late calls ended: past their deadline, or after their caller had given them up. */
export class Timeliness {
  readonly #loop: LoopWatch;
  /** Worst of all, whatever the cause. */
  worstMs = Number.NEGATIVE_INFINITY;
  worstAbortMs = 0;
  /** Calls that were too late, and the loop was not. */
  late: string[] = [];
  /** Calls that were too late while the loop itself was as late. */
  excused = 0;

  constructor(loop: LoopWatch) {
    this.#loop = loop;
  }

  /** A call ended that had to end by `dueMs`. */
  ended(dueMs: number, name: string): void {
    const overMs = performance.now() - dueMs;
    this.worstMs = Math.max(this.worstMs, overMs);
    this.#judge(overMs, dueMs, name);
  }

  /** A unit ended that was given up at `abortedMs`. */
  aborted(abortedMs: number): void {
    const overMs = performance.now() - abortedMs;
    this.worstAbortMs = Math.max(this.worstAbortMs, overMs);
    this.#judge(overMs, abortedMs, 'given up');
  }

  #judge(overMs: number, dueMs: number, name: string): void {
    if (overMs <= GRACE_MS) return;
    const loopMs = this.#loop.lateAt(dueMs, GRACE_MS);
    if (overMs - loopMs <= GRACE_MS) this.excused += 1;
    else this.late.push(`${name}: ${overMs.toFixed(1)} ms past its time, the loop late by ${loopMs.toFixed(1)} ms`);
  }
}
