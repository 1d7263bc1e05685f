import { setImmediate } from 'node:timers';

/** Node's own, whatever a test puts in its place later on. */
const later = setImmediate;

/** Calls `run` at the end of this turn of the loop, behind everything that was read in it. */
export function atEndOfTurn(run: () => void): void {
  later(run);
}

/** Until the end of this turn. */
export function turnEnd(): Promise<void> {
  return new Promise(atEndOfTurn);
}
