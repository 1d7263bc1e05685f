import { faultRow } from '../catalog/faults.ts';
import { isExcoError, type ExcoError } from './error.ts';

/** Codes that say "not reachable now" to whoever gets the error (table B). */
const OUTAGE_CODES: ReadonlySet<number> = new Set([3004, 3005, 3600]);

/**
 * Whether the broker itself refused: one of its own codes, its category.
 *
 * @example if (isBrokerError(error)) console.log(error.category, error.code, error.description);
 */
export function isBrokerError(value: unknown): value is ExcoError {
  return (
    isExcoError(value) &&
    value.category !== 'op-exco' &&
    (value.fault === 'broker-error' || value.fault === 'item-failed')
  );
}

/**
 * Whether the broker could not be reached or could not serve, so that asking later may help.
 *
 * @example isOutage(error); // true
 */
export function isOutage(value: unknown): value is ExcoError {
  if (!isExcoError(value) || value.fault === 'standard') return false;
  return OUTAGE_CODES.has(value.code) || faultRow(value.fault).evidence === 'down';
}

/**
 * Whether a write may have happened: never repeat it, ask the broker what became of it.
 *
 * @example if (isOutcomeUnknown(error)) console.warn(`ask ${error.broker} about request ${error.requestId}`);
 */
export function isOutcomeUnknown(value: unknown): value is ExcoError {
  return isExcoError(value) && value.outcome === 'unknown';
}
