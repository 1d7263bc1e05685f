import type { Limit } from '../model/wire.ts';
import type { Clock, Timer } from '../runtime/clock.ts';

/** By how much a timer is late that tells of a loop held up by something else, in milliseconds. */
const HELD_UP_MS = 20;

/** The limits of one exchange, one after the other, on a single timer: next to none of them is ever reached. */
export class LimitWatch {
  readonly #clock: Clock;
  readonly #reached: (limit: Limit) => void;
  #timer: Timer | undefined;
  #limit: Limit = 'connect';
  #limitAtMs = 0;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #wasHeldUp = false;

  constructor(clock: Clock, reached: (limit: Limit) => void) {
    this.#clock = clock;
    this.#reached = reached;
  }

  /** From now on `limit` holds. A timer that runs already is left alone unless it would fire too late. */
  arm(delayMs: number, limit: Limit): void {
    this.#limit = limit;
    this.#limitAtMs = this.#clock.nowMs() + delayMs;
    if (this.#limitAtMs < this.#timerAtMs) this.#wake(delayMs);
  }

  cancel(): void {
    this.#timer?.cancel();
  }

  #wake(delayMs: number): void {
    this.#timer?.cancel();
    this.#timerAtMs = this.#limitAtMs;
    this.#timer = this.#clock.after(delayMs, () => {
      this.#onDue(this.#limitAtMs - this.#clock.nowMs());
    });
  }

  /** A loop that was held up runs its timers before it reads what came meanwhile: the broker may have answered in time. */
  #onDue(leftMs: number): void {
    if (leftMs >= 1) this.#wake(leftMs);
    else if (leftMs > -HELD_UP_MS || this.#wasHeldUp) this.#reached(this.#limit);
    else {
      this.#wasHeldUp = true;
      this.#wake(0);
    }
  }
}
