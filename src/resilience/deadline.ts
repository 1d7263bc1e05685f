import pTimeout from 'p-timeout';
import { LONGEST_DELAY_MS, systemClock } from '../runtime/clock.ts';

/** Work that can be ended from outside at any moment. */
export interface Stoppable {
  /** Ends the work at its deadline. */
  expire(): void;
  /** Ends the work because nobody waits for it any more, for `reason`. */
  abort(reason: unknown): void;
}

/** Work under a deadline; to be left once, when it is over. */
export interface UnderDeadline {
  leave(): void;
}

/** The timer that p-timeout set last. */
let lastSet: NodeJS.Timeout | undefined;

const SETTING = Object.assign((run: () => void, delayMs?: number) => (lastSet = setTimeout(run, delayMs)), {
  __promisify__: setTimeout.__promisify__,
});

/** Node's timer; a browser's, which a test environment may put in its place, is a number. */
type Timer = Partial<Pick<NodeJS.Timeout, 'ref' | 'unref'>>;

/** What the engine makes errors without any stack for: a limit that is no number. */
const NO_STACKS = { stackTraceLimit: undefined };

/** p-timeout makes an error each time, which here nobody ever sees: without its stack it costs a fraction. */
function timed(over: Promise<void>, fallback: () => void, milliseconds: number): Promise<void> {
  const { stackTraceLimit } = Error;
  Object.assign(Error, NO_STACKS);
  try {
    return pTimeout(over, { milliseconds, fallback, customTimers: { setTimeout: SETTING, clearTimeout } });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * A place for one work after the other. Its timer is left running when work is over in time, for the work that comes next:
 * nearly none ever sees its deadline, and p-timeout's promises, error and timer would cost each a twentieth of a call.
 *
 * p-timeout gives its promise a method of its own, and the engine puts such a function where only a full collection finds
 * it, with everything that it can reach. It is therefore told of the seat, and never of the work, which has left by then.
 */
class Seat implements UnderDeadline {
  #work: Stoppable | undefined;
  #signal: AbortSignal | undefined;
  #deadlineAtMs = 0;
  #timer: Timer | undefined;
  /** When the timer fires; never, where none is running. */
  #firesAtMs = Number.POSITIVE_INFINITY;
  /** Whether it was set for the present work: then it has the last word, whatever a clock says. */
  #isOwn = false;
  /** What set it: a test may put timers of its own in place, and those of a test that is over never fire. */
  #setBy: unknown;
  #endTimer: () => void = () => undefined;

  take(work: Stoppable, budgetMs: number, signal: AbortSignal | undefined): void {
    const delayMs = Math.min(Math.max(budgetMs, 1), LONGEST_DELAY_MS);
    this.#work = work;
    this.#signal = signal;
    this.#deadlineAtMs = systemClock.nowMs() + delayMs;
    this.#isOwn = false;
    if (this.#deadlineAtMs < this.#firesAtMs || this.#setBy !== setTimeout) this.#wake(delayMs);
    else this.#timer?.ref?.();
    if (signal?.aborted === true) queueMicrotask(this.#aborted);
    else signal?.addEventListener('abort', this.#aborted);
  }

  leave(): void {
    this.#work = undefined;
    this.#signal?.removeEventListener('abort', this.#aborted);
    this.#signal = undefined;
    // Left running it must not keep a process alive.
    this.#timer?.unref?.();
    free.push(this);
  }

  readonly #aborted = (): void => {
    if (this.#signal?.aborted === true) this.#work?.abort(this.#signal.reason);
  };

  readonly #fired = (): void => {
    this.#firesAtMs = Number.POSITIVE_INFINITY;
    if (this.#work === undefined) return;
    const leftMs = this.#deadlineAtMs - systemClock.nowMs();
    if (this.#isOwn || leftMs < 1) this.#work.expire();
    else this.#wake(leftMs);
  };

  #wake(delayMs: number): void {
    this.#endTimer();
    const over = new Promise<void>((resolve) => {
      this.#endTimer = resolve;
    });
    timed(over, this.#fired, delayMs).catch((reason: unknown) => this.#work?.abort(reason));
    this.#timer = lastSet;
    this.#setBy = setTimeout;
    this.#isOwn = true;
    this.#firesAtMs = systemClock.nowMs() + delayMs;
  }
}

const free: Seat[] = [];

/**
 * Puts `work` under a deadline of `budgetMs` milliseconds, at which it is stopped and not only no longer waited for. It is
 * aborted for the caller's own `signal.reason`.
 */
export function underDeadline(work: Stoppable, budgetMs: number, signal: AbortSignal | undefined): UnderDeadline {
  const seat = free.pop() ?? new Seat();
  seat.take(work, budgetMs, signal);
  return seat;
}
