import type { Asked } from '../fixture/match.ts';

const BRAND = Symbol.for('op-exco-connector.FixtureMissError');

/** Most reasons that a message names. */
const MOST_REASONS = 5;

/** The fixture that came closest to a call, and why it does not answer to it: names of places, never values. */
export interface NearestFixture {
  readonly fixture: string;
  readonly why: readonly string[];
}

function wordsOf({ broker, operation }: Asked, attempt: number, nearest: NearestFixture | undefined): string {
  const what = attempt === 1 ? `${broker} ${operation}` : `attempt ${String(attempt)} of ${broker} ${operation}`;
  if (nearest === undefined) return `No fixture for ${what}: none is being replayed.`;
  const { fixture, why } = nearest;
  const more = why.length > MOST_REASONS ? ` and ${String(why.length - MOST_REASONS)} more` : '';
  return `No fixture for ${what}. The nearest is ${fixture}: ${why.slice(0, MOST_REASONS).join('; ')}${more}.`;
}

/**
 * A call under replay that no fixture answers to. The call rejects with it as it is: it is no `ExcoError`, is not
 * classified, not repeated, and counts against no broker.
 *
 * @example
 * const replay = replayFixtures([]);
 * await exco.call('samsung', 'account.balance', message).catch((reason: unknown) => {
 *   if (isFixtureMissError(reason)) console.error(reason.broker, reason.nearest?.why);
 * });
 * replay.stop();
 */
export class FixtureMissError extends Error {
  override readonly name = 'FixtureMissError';
  readonly [BRAND] = true;
  readonly broker: string;
  readonly operation: string;
  /** Attempt that found nothing to play; first is 1. */
  readonly attempt: number;
  readonly nearest?: NearestFixture;

  constructor(asked: Asked, attempt: number, nearest: NearestFixture | undefined) {
    super(wordsOf(asked, attempt, nearest));
    this.broker = asked.broker;
    this.operation = asked.operation;
    this.attempt = attempt;
    if (nearest !== undefined) this.nearest = nearest;
  }
}

/**
 * Whether `value` is a `FixtureMissError`, of this copy of the package or another.
 *
 * @example isFixtureMissError(error); // false
 */
export function isFixtureMissError(value: unknown): value is FixtureMissError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
