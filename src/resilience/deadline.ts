import pTimeout from 'p-timeout';
import { LONGEST_DELAY_MS } from '../runtime/clock.ts';

/** Work that can be ended from outside at any moment. */
export interface Stoppable<T> {
  /** Fulfilled when the work is over; rejects with what it was aborted or prevented by. */
  readonly over: Promise<void>;
  /** What the work came to; asked for only when it is over. */
  result(): T;
  /** Ends the work at its deadline. */
  expire(): void;
  /** Ends the work because nobody waits for it any more; `over` rejects with `reason`. */
  abort(reason: unknown): void;
}

/**
 * A place for work under a deadline, used for one work after the other. p-timeout gives its promise a method of its own,
 * and the engine puts such a function where only a full collection finds it, with everything that it can reach. It is
 * therefore told of the seat, and never of the work, which has left by then.
 */
class Seat {
  #work: Pick<Stoppable<unknown>, 'expire' | 'abort'> | undefined;

  take(work: Pick<Stoppable<unknown>, 'expire' | 'abort'>): void {
    this.#work = work;
  }

  leave(): void {
    this.#work = undefined;
  }

  readonly expire = (): void => {
    this.#work?.expire();
  };

  /** Given to others only when p-timeout is done with it: a late abort must not meet somebody else's work. */
  readonly done = (): void => {
    free.push(this);
  };

  readonly aborted = (reason: unknown): void => {
    this.#work?.abort(reason);
    this.done();
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

/** Watches the seat until the function returned is called. */
function watch(seat: Seat, budgetMs: number, signal: AbortSignal | undefined): () => void {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  timed(over, seat.expire, budgetMs, signal).then(seat.done, seat.aborted);
  return end;
}

/**
 * The result of `work`, or what it came to at its deadline. The work is stopped there, not only no longer waited for.
 *
 * @throws the caller's own `signal.reason`, or what the work was prevented by.
 */
export async function withDeadline<T>(
  work: Stoppable<T>,
  budgetMs: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  const seat = free.pop() ?? new Seat();
  seat.take(work);
  const end = watch(seat, budgetMs, signal);
  try {
    await work.over;
    return work.result();
  } finally {
    seat.leave();
    end();
  }
}
