import pTimeout from 'p-timeout';
import { LONGEST_DELAY_MS } from '../runtime/clock.ts';

/** Work that can be ended from outside at any moment. */
export interface Stoppable {
  /** Ends the work at its deadline. */
  expire(): void;
  /** Ends the work because nobody waits for it any more, for `reason`. */
  abort(reason: unknown): void;
}

/**
 * A place for work under a deadline, used for one work after the other. p-timeout gives its promise a method of its own,
 * and the engine puts such a function where only a full collection finds it, with everything that it can reach. It is
 * therefore told of the seat, and never of the work, which has left by then.
 */
class Seat {
  #work: Stoppable | undefined;
  #end: () => void = () => undefined;

  take(work: Stoppable, budgetMs: number, signal: AbortSignal | undefined): void {
    this.#work = work;
    const over = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    timed(over, this.#expire, budgetMs, signal).then(this.#done, this.#aborted);
  }

  leave(): void {
    this.#work = undefined;
    this.#end();
  }

  readonly #expire = (): void => {
    this.#work?.expire();
  };

  /** Given to others only when p-timeout is done with it: a late abort must not meet somebody else's work. */
  readonly #done = (): void => {
    free.push(this);
  };

  readonly #aborted = (reason: unknown): void => {
    this.#work?.abort(reason);
    this.#done();
  };
}

const free: Seat[] = [];

/** What the engine makes errors without any stack for: a limit that is no number. */
const NO_STACKS = { stackTraceLimit: undefined };

/** p-timeout makes an error for every call, which here nobody ever sees: without its stack a call costs a tenth less. */
function timed(
  over: Promise<void>,
  fallback: () => void,
  budgetMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const milliseconds = Math.min(Math.max(budgetMs, 1), LONGEST_DELAY_MS);
  const { stackTraceLimit } = Error;
  Object.assign(Error, NO_STACKS);
  try {
    return pTimeout(over, signal === undefined ? { milliseconds, fallback } : { milliseconds, fallback, signal });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Work under a deadline; to be left once, when it is over. */
export interface UnderDeadline {
  leave(): void;
}

/**
 * Puts `work` under a deadline of `budgetMs` milliseconds, at which it is stopped and not only no longer waited for. It is
 * aborted for the caller's own `signal.reason`.
 */
export function underDeadline(
  work: Stoppable,
  budgetMs: number,
  signal: AbortSignal | undefined,
): UnderDeadline {
  const seat = free.pop() ?? new Seat();
  seat.take(work, budgetMs, signal);
  return seat;
}
