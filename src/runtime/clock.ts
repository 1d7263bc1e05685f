import { performance } from 'node:perf_hooks';

/** Ends a pending timer; harmless when it has fired. */
export interface Timer {
  cancel(): void;
}

/** The time and the only source of timers and chance in the package, so that everything else takes them as arguments. */
export interface Clock {
  /** Milliseconds on a clock that never jumps. */
  nowMs(): number;
  /** Milliseconds since 1970, for records and for dates in headers. */
  wallMs(): number;
  /** Calls `run` once after `delayMs` milliseconds. */
  after(delayMs: number, run: () => void): Timer;
  /** A number in [0, 1). */
  random(): number;
}

/** Longest delay Node's timers keep; a longer one would fire at once. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Calls `run` once after `delayMs` milliseconds, where the process lives that long without it. */
export function quietTimer(delayMs: number, run: () => void): Timer {
  const timer = setTimeout(run, delayMs);
  const quiet: Partial<Pick<NodeJS.Timeout, 'unref'>> = timer;
  // A browser's timer, which a test environment may put in its place, is a number.
  quiet.unref?.();
  return {
    cancel() {
      clearTimeout(timer);
    },
  };
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), LONGEST_DELAY_MS));
    return {
      cancel() {
        clearTimeout(timer);
      },
    };
  },
  random: () => Math.random(),
};
