import pTimeout from 'p-timeout';
import { LONGEST_DELAY_MS } from '../runtime/clock.ts';

/** Work that can be ended from outside at any moment. */
export interface Stoppable<T> {
  /** Rejects only with what the work was prevented by from outside. */
  readonly result: Promise<T>;
  /** Ends the work at its deadline and says at once what it came to. */
  expire(): T;
  /** Ends the work because nobody waits for it any more. */
  abort(): void;
}

/** p-timeout makes an error for every call, which here nobody ever sees: without its stack a call costs a tenth less. */
function withoutStack<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
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
  try {
    return await withoutStack(() =>
      pTimeout(work.result, {
        milliseconds: Math.min(Math.max(budgetMs, 1), LONGEST_DELAY_MS),
        fallback: () => work.expire(),
        ...(signal !== undefined && { signal }),
      }),
    );
  } catch (error) {
    work.abort();
    throw error;
  }
}
