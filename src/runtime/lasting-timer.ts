import { performance } from 'node:perf_hooks';

/** Node's timer; a browser's, which a test environment may put in its place, is a number. */
type Handle = Partial<Pick<NodeJS.Timeout, 'ref' | 'unref'>>;

/** A timer that somebody else sets, out of sight, and that may run on when nobody waits for it any more. */
export class LastingTimer {
  readonly #setBy = setTimeout;
  readonly #firesAtMs: number;
  #handle: Handle | undefined;

  /** To be set by, once. */
  readonly timers = {
    setTimeout: Object.assign((run: () => void, delayMs?: number) => this.#set(run, delayMs), {
      __promisify__: setTimeout.__promisify__,
    }),
    clearTimeout,
  };

  /** It is to fire in `delayMs` milliseconds from now. */
  constructor(delayMs: number) {
    this.#firesAtMs = performance.now() + delayMs;
  }

  /** Milliseconds until it fires; never, where a test has put timers of its own in place since, or has taken them away. */
  get leftMs(): number {
    return this.#setBy === setTimeout ? this.#firesAtMs - performance.now() : Number.POSITIVE_INFINITY;
  }

  /** Somebody waits for it: it keeps the process alive. */
  hold(): void {
    this.#handle?.ref?.();
  }

  /** Nobody waits for it. */
  release(): void {
    this.#handle?.unref?.();
  }

  #set(run: () => void, delayMs: number | undefined): NodeJS.Timeout {
    const handle = setTimeout(run, delayMs);
    this.#handle = handle;
    return handle;
  }
}
