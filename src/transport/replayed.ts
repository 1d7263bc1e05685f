import type { Outcome } from '../model/wire.ts';

/** Under this key an error of a replay carries what was seen when it was recorded; the same in every copy of the package. */
const REPLAYED = Symbol.for('op-exco-connector.replayed');

/** An error that stands for a recorded outcome, for a replay to end a request with. */
export class ReplayedError extends Error {
  readonly [REPLAYED]: Outcome;

  constructor(outcome: Outcome) {
    super('A recorded fault is played.');
    this[REPLAYED] = outcome;
  }
}

/** The outcome that an error of a replay stands for; `undefined` for every other error. */
export function replayedOutcome(error: unknown): Outcome | undefined {
  return error instanceof Error && REPLAYED in error ? (error as ReplayedError)[REPLAYED] : undefined;
}
