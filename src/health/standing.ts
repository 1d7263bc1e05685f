import type { Fault } from '../catalog/faults.ts';
import type { HealthState } from '../model/health.ts';
import { DEFAULTS } from './defaults.ts';
import { isOfMaintenance } from './part.ts';
import type { Slices, Tally } from './slices.ts';

/** What a state is told from. */
export interface Signs {
  /** Successes in a row, up to now. */
  readonly goodRun: number;
  /** Failures in a row, up to now, and how long ago the first of them was. */
  readonly badRun: number;
  readonly badRunMs: number;
  /** How many of these, up to now, speak of maintenance, or do not. */
  readonly maintenanceRun: number;
  readonly otherRun: number;
  readonly recent: Tally;
  readonly total: Tally;
  /** Whether nobody has called for as long as the window is. */
  readonly isSilent: boolean;
}

function isFailing({ recent, badRun, badRunMs }: Signs): boolean {
  const isByShare =
    recent.failed >= DEFAULTS.downFailures && recent.failed >= DEFAULTS.downShare * Math.max(recent.calls, 1);
  return isByShare || (badRun >= DEFAULTS.downRun && badRunMs >= DEFAULTS.downRunMs);
}

function isFlawed({ recent }: Signs): boolean {
  return recent.failed >= DEFAULTS.degradedFailures && recent.failed >= DEFAULTS.degradedShare * recent.calls;
}

/** The state that follows from `state`: trouble is entered on a share and a count, and left on successes in a row. */
export function judge(state: HealthState, signs: Signs): HealthState {
  const { goodRun, total } = signs;
  switch (state) {
    case 'maintenance':
      if (signs.otherRun >= DEFAULTS.maintenanceRun && isFailing(signs)) return 'down';
      if (goodRun >= DEFAULTS.recoverRun) return 'up';
      return signs.isSilent ? 'unknown' : 'maintenance';
    case 'down':
      if (signs.maintenanceRun >= DEFAULTS.maintenanceRun) return 'maintenance';
      if (goodRun >= DEFAULTS.recoverRun) return 'degraded';
      return signs.isSilent ? 'unknown' : 'down';
    default:
      if (signs.maintenanceRun >= DEFAULTS.maintenanceRun) return 'maintenance';
      if (isFailing(signs)) return 'down';
  }
  if (state === 'degraded') {
    if (goodRun >= DEFAULTS.settleRun) return 'up';
    if (total.failed > 0) return 'degraded';
  } else if (isFlawed(signs)) {
    return 'degraded';
  }
  return total.calls >= (state === 'unknown' ? DEFAULTS.minCalls : DEFAULTS.keepCalls) ? 'up' : 'unknown';
}

/** Whether `to` was reached by successes, so that the failures before them are no longer held against it. */
function isRecovery(from: HealthState, to: HealthState): boolean {
  return from === 'maintenance'
    ? to === 'up'
    : (from === 'down' && to === 'degraded') || (from === 'degraded' && to === 'up');
}

/** The state of a broker or an operation as call after call ends. */
export class Standing {
  readonly #slices: Slices;
  #state: HealthState = 'unknown';
  #sinceMs: number | undefined;
  #goodRun = 0;
  #badRun = 0;
  #badSinceMs = 0;
  #maintenanceRun = 0;
  #otherRun = 0;
  #lastMs = 0;

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  get state(): HealthState {
    return this.#state;
  }

  /** `undefined` before the first call. */
  get sinceMs(): number | undefined {
    return this.#sinceMs;
  }

  /** A call was answered; counted in the slices already. */
  answered(nowMs: number): void {
    this.#seen(nowMs);
    this.#goodRun += 1;
    this.#badRun = 0;
    this.#maintenanceRun = 0;
    this.#otherRun = 0;
    // Most calls end here: a success makes nothing worse, and nothing is better than up.
    if (this.#state !== 'up') this.#judge(nowMs);
  }

  /** A call failed; counted in the slices already. */
  failed(fault: Fault, nowMs: number): void {
    this.#seen(nowMs);
    this.#goodRun = 0;
    if (this.#badRun === 0) this.#badSinceMs = nowMs;
    this.#badRun += 1;
    const isMaintenance = isOfMaintenance(fault);
    this.#maintenanceRun = isMaintenance ? this.#maintenanceRun + 1 : 0;
    this.#otherRun = isMaintenance ? 0 : this.#otherRun + 1;
    this.#judge(nowMs);
  }

  /** A call was refused by ourselves. Announced maintenance needs no second call to be believed. */
  refused(fault: Fault, nowMs: number): void {
    this.#seen(nowMs);
    if (isOfMaintenance(fault)) {
      this.#goodRun = 0;
      this.#otherRun = 0;
      this.#maintenanceRun = DEFAULTS.maintenanceRun;
    }
    this.#judge(nowMs);
  }

  /** Lets time pass: a state is forgotten when its calls are too long ago. */
  passTo(nowMs: number): void {
    if (this.#sinceMs !== undefined) this.#judge(nowMs);
  }

  #seen(nowMs: number): void {
    this.#lastMs = nowMs;
    this.#sinceMs ??= nowMs;
  }

  #judge(nowMs: number): void {
    const from = this.#state;
    const to = judge(from, {
      goodRun: this.#goodRun,
      badRun: this.#badRun,
      badRunMs: nowMs - this.#badSinceMs,
      maintenanceRun: this.#maintenanceRun,
      otherRun: this.#otherRun,
      recent: this.#slices.recent(nowMs),
      total: this.#slices.total(nowMs),
      isSilent: nowMs - this.#lastMs >= DEFAULTS.windowMs,
    });
    if (to === from) return;
    this.#state = to;
    this.#sinceMs = nowMs;
    if (isRecovery(from, to)) this.#slices.forgetRecent(nowMs);
  }
}
