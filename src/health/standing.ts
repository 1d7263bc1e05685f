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
  readonly recent: () => Tally;
  readonly total: () => Tally;
  /** Whether nobody has called for as long as the window is. */
  readonly isSilent: boolean;
}

function isFailing({ recent, badRun, badRunMs }: Signs): boolean {
  if (badRun >= DEFAULTS.downRun && badRunMs >= DEFAULTS.downRunMs) return true;
  const { calls, failed } = recent();
  return failed >= DEFAULTS.downFailures && failed >= DEFAULTS.downShare * calls;
}

function isFlawed({ recent }: Signs): boolean {
  const { calls, failed } = recent();
  return failed >= DEFAULTS.degradedFailures && failed >= DEFAULTS.degradedShare * calls;
}

/** The state that follows from one that is no certain trouble yet, or is left. */
function judgeAnew(state: HealthState, signs: Signs): HealthState {
  if (signs.maintenanceRun >= DEFAULTS.maintenanceRun) return 'maintenance';
  if (isFailing(signs)) return 'down';
  if (state === 'degraded') {
    if (signs.goodRun >= DEFAULTS.settleRun) return 'up';
    if (signs.total().failed > 0) return 'degraded';
  } else if (isFlawed(signs)) {
    return 'degraded';
  }
  const enough = state === 'unknown' ? DEFAULTS.minCalls : DEFAULTS.keepCalls;
  return signs.total().calls >= enough ? 'up' : 'unknown';
}

/** The state that follows from `state`: trouble is entered on a share and a count, and left on successes in a row. */
export function judge(state: HealthState, signs: Signs): HealthState {
  switch (state) {
    case 'maintenance':
      if (signs.otherRun >= DEFAULTS.maintenanceRun && isFailing(signs)) return 'down';
      if (signs.goodRun >= DEFAULTS.recoverRun) return 'up';
      return signs.isSilent ? 'unknown' : 'maintenance';
    case 'down':
      if (signs.maintenanceRun >= DEFAULTS.maintenanceRun) return 'maintenance';
      if (signs.goodRun >= DEFAULTS.recoverRun) return 'degraded';
      return signs.isSilent ? 'unknown' : 'down';
    default:
      return judgeAnew(state, signs);
  }
}

/** Whether `to` was reached by successes, so that the failures before them are no longer held against it. */
function isRecovery(from: HealthState, to: HealthState): boolean {
  return from === 'maintenance'
    ? to === 'up'
    : (from === 'down' && to === 'degraded') || (from === 'degraded' && to === 'up');
}

/** Fewest successes in a row that can end a state. */
const LEAVING_RUN: Readonly<Record<HealthState, number>> = {
  unknown: 1,
  up: Infinity,
  degraded: DEFAULTS.settleRun,
  down: DEFAULTS.recoverRun,
  maintenance: DEFAULTS.recoverRun,
};

/** Runs of calls that ended alike, up to now. */
class Runs {
  goodRun = 0;
  badRun = 0;
  badSinceMs = 0;
  maintenanceRun = 0;
  otherRun = 0;

  answered(): void {
    this.goodRun += 1;
    this.badRun = 0;
    this.maintenanceRun = 0;
    this.otherRun = 0;
  }

  failed(isMaintenance: boolean, nowMs: number): void {
    this.goodRun = 0;
    if (this.badRun === 0) this.badSinceMs = nowMs;
    this.badRun += 1;
    this.maintenanceRun = isMaintenance ? this.maintenanceRun + 1 : 0;
    this.otherRun = isMaintenance ? 0 : this.otherRun + 1;
  }

  /** Announced maintenance needs no second call to be believed. */
  announced(): void {
    this.goodRun = 0;
    this.otherRun = 0;
    this.maintenanceRun = DEFAULTS.maintenanceRun;
  }
}

/** The state of a broker or an operation as call after call ends. */
export class Standing {
  readonly #slices: Slices;
  #state: HealthState = 'unknown';
  #sinceMs: number | undefined;
  #runs = new Runs();
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
    this.#runs.answered();
    // Most calls end here: what a success cannot change needs no count.
    if (this.#runs.goodRun >= LEAVING_RUN[this.#state]) this.#judge(nowMs);
  }

  /** A call failed; counted in the slices already. */
  failed(fault: Fault, nowMs: number): void {
    this.#seen(nowMs);
    this.#runs.failed(isOfMaintenance(fault), nowMs);
    this.#judge(nowMs);
  }

  /** A call was refused by ourselves. Only that maintenance was announced says something of the broker. */
  refused(fault: Fault, nowMs: number): void {
    this.#seen(nowMs);
    if (!isOfMaintenance(fault)) return;
    this.#runs.announced();
    this.#judge(nowMs);
  }

  /** Lets time pass: a state is forgotten when its calls are too long ago. */
  passTo(nowMs: number): void {
    if (this.#sinceMs === undefined) return;
    this.#judge(nowMs);
    if (this.#isSilent(nowMs)) this.#runs = new Runs();
  }

  #isSilent(nowMs: number): boolean {
    return nowMs - this.#lastMs >= DEFAULTS.windowMs;
  }

  #seen(nowMs: number): void {
    this.#lastMs = nowMs;
    this.#sinceMs ??= nowMs;
  }

  #judge(nowMs: number): void {
    const { goodRun, badRun, badSinceMs, maintenanceRun, otherRun } = this.#runs;
    const slices = this.#slices;
    const from = this.#state;
    const to = judge(from, {
      goodRun,
      badRun,
      badRunMs: nowMs - badSinceMs,
      maintenanceRun,
      otherRun,
      isSilent: this.#isSilent(nowMs),
      // Counted only where the state hangs on it.
      recent: () => slices.recent(nowMs),
      total: () => slices.total(nowMs),
    });
    if (to === from) return;
    this.#state = to;
    // An outage began with the first of its failures, not with the one that proved it.
    this.#sinceMs = badRun > 0 && (to === 'down' || to === 'maintenance') ? badSinceMs : nowMs;
    if (isRecovery(from, to)) slices.forgetRecent(nowMs);
  }
}
