import pTimeout from 'p-timeout';
import { LONGEST_DELAY_MS } from '../runtime/clock.ts';
import { LastingTimer } from '../runtime/lasting-timer.ts';
import { reasonOf, type CallSignal } from '../model/signal.ts';

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

/** The engine makes errors without any stack under a limit that is no number. Where intrinsics are frozen, nothing happens. */
function limitStacks(limit: number | undefined): void {
  Reflect.set(Error, 'stackTraceLimit', limit);
}

/** p-timeout makes an error each time, which here nobody ever sees: without its stack it costs a fraction. */
function timed(
  over: Promise<void>,
  fallback: () => void,
  milliseconds: number,
  { timers: customTimers }: LastingTimer,
): Promise<void> {
  const { stackTraceLimit } = Error;
  limitStacks(undefined);
  try {
    return pTimeout(over, { milliseconds, fallback, customTimers });
  } finally {
    limitStacks(stackTraceLimit);
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
  #signal: CallSignal | undefined;
  /** The timer that is running. */
  #timer: LastingTimer | undefined;
  /** Time that is left to the work when the timer fires, in milliseconds: none where it was set for this work. */
  #owedMs = 0;
  #endTimer: () => void = () => undefined;

  take(work: Stoppable, budgetMs: number, signal: CallSignal | undefined): void {
    const delayMs = Math.min(Math.max(budgetMs, 1), LONGEST_DELAY_MS);
    this.#work = work;
    this.#signal = signal;
    const leftMs = this.#timer?.leftMs ?? Number.POSITIVE_INFINITY;
    if (delayMs < leftMs) this.#wake(delayMs);
    else {
      this.#owedMs = delayMs - leftMs;
      this.#timer?.hold();
    }
    if (signal?.aborted === true) void Promise.resolve().then(this.#aborted);
    else signal?.addEventListener('abort', this.#aborted);
  }

  leave(): void {
    this.#work = undefined;
    this.#signal?.removeEventListener('abort', this.#aborted);
    this.#signal = undefined;
    // Left running it must not keep a process alive.
    this.#timer?.release();
    free.push(this);
  }

  readonly #aborted = (): void => {
    if (this.#signal?.aborted === true) this.#work?.abort(reasonOf(this.#signal));
  };

  readonly #fired = (): void => {
    const lateMs = Math.max(0, -(this.#timer?.leftMs ?? 0));
    this.#timer = undefined;
    if (this.#work === undefined) return;
    const owedMs = this.#owedMs - lateMs;
    if (owedMs < 1) this.#work.expire();
    else this.#wake(owedMs);
  };

  #wake(delayMs: number): void {
    this.#endTimer();
    const over = new Promise<void>((resolve) => {
      this.#endTimer = resolve;
    });
    this.#owedMs = 0;
    this.#timer = new LastingTimer(delayMs);
    timed(over, this.#fired, delayMs, this.#timer).catch((reason: unknown) => this.#work?.abort(reason));
  }
}

const free: Seat[] = [];

/**
 * Puts `work` under a deadline of `budgetMs` milliseconds, at which it is stopped and not only no longer waited for. It is
 * aborted for the caller's own `signal.reason`.
 */
export function underDeadline(work: Stoppable, budgetMs: number, signal: CallSignal | undefined): UnderDeadline {
  const seat = free.pop() ?? new Seat();
  seat.take(work, budgetMs, signal);
  return seat;
}
