import type { Fault } from '../catalog/faults.ts';
import type { HealthState } from '../model/health.ts';
import { DEFAULTS } from './defaults.ts';
import { isRecovery, isUnserved, judge, LEAVING_RUN } from './judgement.ts';
import { isOfMaintenance } from './part.ts';
import { Runs } from './runs.ts';
import { sliceOf, SLICES, type Slices } from './slices.ts';

/** A state was left for another. Times in milliseconds since 1970. */
export interface Turn {
  readonly from: HealthState;
  readonly to: HealthState;
  /** When it was known. */
  readonly atMs: number;
  /** When it began, as calls show: trouble with its first failure in a row, the end of an outage with its first success. */
  readonly sinceMs: number;
}

/**
 * The state of a broker or an operation as call after call ends. Calls alone make it worse; time alone only forgets, slice
 * by slice, so that it does not matter how often anybody looks.
 */
export class Standing {
  readonly #slices: Slices;
  readonly #turned: ((turn: Turn) => void) | undefined;
  #state: HealthState = 'unknown';
  #sinceMs: number | undefined;
  #runs = new Runs();
  #lastMs = 0;
  /** The slice up to which time has passed. */
  #slice = 0;

  /** `turned` is told of every change of the state. */
  constructor(slices: Slices, turned?: (turn: Turn) => void) {
    this.#slices = slices;
    this.#turned = turned;
  }

  get state(): HealthState {
    return this.#state;
  }

  /** `undefined` before the first call. */
  get sinceMs(): number | undefined {
    return this.#sinceMs;
  }

  /** When the failures in a row began that are not over; `undefined` where there are none. */
  get failingSinceMs(): number | undefined {
    return this.#runs.bad.count > 0 ? this.#runs.bad.sinceMs : undefined;
  }

  /** A call was answered; counted in the slices already. */
  answered(nowMs: number): void {
    this.#seen(nowMs);
    this.#runs.answered(nowMs);
    // Most calls end here: what a success cannot change needs no count.
    if (this.#runs.good.count >= LEAVING_RUN[this.#state]) this.#turnTo(this.#judged(nowMs), nowMs);
  }

  /** A call failed; counted in the slices already. */
  failed(fault: Fault, nowMs: number): void {
    this.#seen(nowMs);
    this.#runs.failed(isOfMaintenance(fault), nowMs);
    this.#turnTo(this.#judged(nowMs), nowMs);
  }

  /** A call was refused by ourselves. Only that maintenance was announced says something of the broker. */
  refused(fault: Fault, nowMs: number): void {
    this.#seen(nowMs);
    if (!isOfMaintenance(fault)) return;
    this.#runs.announced(nowMs);
    this.#turnTo(this.#judged(nowMs), nowMs);
  }

  /** Lets time pass, before a call of that time is counted: what is too long ago is forgotten. */
  passTo(nowMs: number): void {
    const slice = sliceOf(nowMs);
    if (this.#sinceMs === undefined || slice === this.#slice) return;
    const lastSlice = sliceOf(this.#lastMs);
    // With the last call gone there is nothing left to forget.
    for (let next = this.#slice + 1; next <= Math.min(slice, lastSlice + SLICES); next += 1) {
      const startMs = next * DEFAULTS.sliceMs;
      const to = this.#judged(startMs);
      if (to === 'up' || to === 'unknown') this.#turnTo(to, startMs);
    }
    if (slice - lastSlice >= SLICES) this.#runs = new Runs();
    // A little late is taken as now; a clock that was set back a lot is followed.
    if (slice > this.#slice || slice < this.#slice - SLICES) this.#slice = slice;
  }

  #seen(nowMs: number): void {
    this.#lastMs = nowMs;
    if (this.#sinceMs !== undefined) return;
    this.#sinceMs = nowMs;
    this.#slice = sliceOf(nowMs);
  }

  #judged(nowMs: number): HealthState {
    const { good, bad, maintenance, other, lastBadMs } = this.#runs;
    const slices = this.#slices;
    return judge(this.#state, {
      goodRun: good.count,
      badRun: bad.count,
      badRunMs: lastBadMs - bad.sinceMs,
      maintenanceRun: maintenance.count,
      otherRun: other.count,
      isSilent: sliceOf(nowMs) - sliceOf(this.#lastMs) >= SLICES,
      // Counted only where the state hangs on it.
      recent: () => slices.recent(nowMs),
      total: () => slices.total(nowMs),
    });
  }

  #turnTo(to: HealthState, atMs: number): void {
    const from = this.#state;
    if (to === from) return;
    const sinceMs = Math.min(Math.max(this.#beginOf(to, atMs), this.#sinceMs ?? atMs), atMs);
    this.#state = to;
    this.#sinceMs = sinceMs;
    if (isRecovery(from, to)) this.#slices.forgetRecent(atMs);
    this.#turned?.({ from, to, atMs, sinceMs });
  }

  /** Trouble began with the first of its failures in a row, not with the one that proved it; so did what ended an outage. */
  #beginOf(to: HealthState, nowMs: number): number {
    const { good, bad, maintenance, other } = this.#runs;
    if (isUnserved(this.#state)) {
      if (isUnserved(to)) return to === 'maintenance' ? maintenance.sinceMs : other.sinceMs;
      return to === 'unknown' ? this.#lastMs : good.sinceMs;
    }
    return to !== 'up' && to !== 'unknown' && bad.count > 0 ? bad.sinceMs : nowMs;
  }
}
