import { FAULT_NAMES, faultRow, type Fault } from '../catalog/faults.ts';
import type { CallEnd, HealthBlame } from '../model/health.ts';

/**
 * What the end of a call is for a broker's health: `success`; `business`, a success of the connection; a failure by its
 * blame; `refused` by ourselves; `nothing`, for a mistake of the program that called.
 */
export type Part = 'success' | 'business' | HealthBlame | 'refused' | 'nothing';

const REFUSALS: ReadonlySet<Fault> = new Set([
  'maintenance-window',
  'breaker-open',
  'bulkhead-full',
  'deadline-exceeded',
]);

const OF_MAINTENANCE: ReadonlySet<Fault> = new Set(['maintenance-window', 'maintenance-page', 'broker-unavailable']);

function partOfRow(fault: Fault): Part {
  const { blame, evidence } = faultRow(fault);
  if (REFUSALS.has(fault)) return 'refused';
  if (blame !== 'caller') return blame;
  return evidence === 'up' ? 'business' : 'nothing';
}

const PARTS: ReadonlyMap<Fault, Part> = new Map(FAULT_NAMES.map((fault) => [fault, partOfRow(fault)]));

/** The part of an end with `fault`, or of a success. */
export function partOf(fault: Fault | undefined): Part {
  return fault === undefined ? 'success' : (PARTS.get(fault) ?? 'nothing');
}

/** The part of the end of a call; `nothing` for a caller's abort as well. */
export function partOfEnd({ result, fault }: Pick<CallEnd, 'result' | 'fault'>): Part {
  if (result === 'ok') return 'success';
  return result === 'aborted' || fault === undefined ? 'nothing' : partOf(fault);
}

/** Whether a fault says that the broker is under maintenance. */
export function isOfMaintenance(fault: Fault): boolean {
  return OF_MAINTENANCE.has(fault);
}
