import { systemClock, type Clock, type Timer } from '../../src/runtime/clock.ts';

/** The system's clock, put forward by hand: minutes pass at once for whoever reads it, timers and sockets keep their pace. */
export class MovedClock implements Clock {
  #aheadMs = 0;

  /** Lets this many milliseconds pass. */
  forward(byMs: number): void {
    this.#aheadMs += byMs;
  }

  nowMs(): number {
    return systemClock.nowMs() + this.#aheadMs;
  }

  wallMs(): number {
    return systemClock.wallMs() + this.#aheadMs;
  }

  after(delayMs: number, run: () => void): Timer {
    return systemClock.after(delayMs, run);
  }

  random(): number {
    return systemClock.random();
  }
}
