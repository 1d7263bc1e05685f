import type { HealthState } from '../model/health.ts';
import { DEFAULTS } from './defaults.ts';
import type { Tally } from './slices.ts';

/** Whether calls fail because the broker does not serve. */
export function isUnserved(state: HealthState): boolean {
  return state === 'down' || state === 'maintenance';
}

const TROUBLED: ReadonlySet<HealthState> = new Set<HealthState>(['degraded', 'down', 'maintenance']);

/** Whether something is wrong since a known moment. */
export function isTroubled(state: HealthState): boolean {
  return TROUBLED.has(state);
}

/** What a state is told from. */
export interface Signs {
  /** Successes in a row, up to now. */
  readonly goodRun: number;
  /** Failures in a row, up to now, and how long after the first of them the last one was. */
  readonly badRun: number;
  readonly badRunMs: number;
  /** How many of these, up to now, speak of maintenance, or do not. */
  readonly maintenanceRun: number;
  readonly otherRun: number;
  readonly recent: () => Tally;
  readonly total: () => Tally;
  /** Whether the last call has left the window. */
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
export function isRecovery(from: HealthState, to: HealthState): boolean {
  return from === 'maintenance'
    ? to === 'up'
    : (from === 'down' && to === 'degraded') || (from === 'degraded' && to === 'up');
}

/** Fewest successes in a row that can end a state. */
export const LEAVING_RUN: Readonly<Record<HealthState, number>> = {
  unknown: 1,
  up: Infinity,
  degraded: DEFAULTS.settleRun,
  down: DEFAULTS.recoverRun,
  maintenance: DEFAULTS.recoverRun,
};
