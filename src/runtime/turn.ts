import { setImmediate } from 'node:timers';

/**
 * Calls `run` at the end of this turn of the loop, behind everything that was read in it. A test that puts timers of its own
 * in place does not hold it up.
 */
export function atEndOfTurn(run: () => void): void {
  setImmediate(run);
}

/** Until the end of this turn. */
export function turnEnd(): Promise<void> {
  return new Promise(atEndOfTurn);
}
