import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { LatencyMs } from '../model/health.ts';
import { DEFAULTS } from './defaults.ts';

/** Time that one histogram is filled before the other one takes over. */
const TURN_MS = DEFAULTS.windowMs / 2;

/** The histograms count tenths of a millisecond, as records do. */
const UNITS_PER_MS = 10;

/** Longest time told apart, in units: ten minutes. */
const LONGEST = 600_000 * UNITS_PER_MS;

/** Two significant figures: what is told is less than one in a hundred too high. */
function emptyHistogram(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: LONGEST, figures: 2 });
}

/**
 * How long calls took, over the last two and a half to five minutes. Two of Node's own histograms take turns: they are
 * exact enough, need no package, take 40 ns a call, and one of them for each slice would take forty times the memory.
 */
export class Latency {
  #current: RecordableHistogram | undefined;
  #previous: RecordableHistogram | undefined;
  /** Number of the turn of `#current`; turns are numbered from 1970 on. */
  #turn = -1;

  record(elapsedMs: number, atMs: number): void {
    this.#turnTo(Math.floor(atMs / TURN_MS));
    this.#current ??= emptyHistogram();
    this.#current.record(Math.min(Math.max(Math.round(elapsedMs * UNITS_PER_MS), 1), LONGEST));
  }

  /** What was recorded lately. */
  recent(nowMs: number): RecordableHistogram[] {
    const age = Math.floor(nowMs / TURN_MS) - this.#turn;
    const recent = [age <= 1 ? this.#current : undefined, age <= 0 ? this.#previous : undefined];
    return recent.filter((histogram) => histogram !== undefined).filter(({ count }) => count > 0);
  }

  /** An end that comes a little late counts in the turn that is on; a clock that was set back a lot starts anew. */
  #turnTo(turn: number): void {
    if (turn === this.#turn || turn === this.#turn - 1) return;
    const isNext = turn === this.#turn + 1;
    const free = this.#previous;
    this.#previous = isNext ? this.#current : undefined;
    this.#current = isNext ? free : (this.#current ?? free);
    this.#current?.reset();
    this.#turn = turn;
  }
}

/** Where histograms are added up; made once, since making one takes longer than all that is asked of it. */
let scratch: RecordableHistogram | undefined;

function joined(histograms: readonly RecordableHistogram[]): RecordableHistogram {
  scratch ??= emptyHistogram();
  scratch.reset();
  for (const histogram of histograms) scratch.add(histogram);
  return scratch;
}

/** How long the calls of all `latencies` took; `undefined` where nothing was recorded lately. */
export function percentilesOf(latencies: readonly Latency[], nowMs: number): LatencyMs | undefined {
  const histograms = latencies.flatMap((latency) => latency.recent(nowMs));
  const [first, ...others] = histograms;
  if (first === undefined) return undefined;
  const all = others.length === 0 ? first : joined(histograms);
  const at = (percentile: number): number => all.percentile(percentile) / UNITS_PER_MS;
  return { p50: at(50), p95: at(95), p99: at(99) };
}
