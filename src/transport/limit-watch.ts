import type { Limit } from '../model/wire.ts';
import type { Clock, Timer } from '../runtime/clock.ts';
import { NOWHERE, Roster, type Member } from '../runtime/roster.ts';

/** By how much a timer is late that tells of a loop held up by something else, in milliseconds. */
const HELD_UP_MS = 20;

/** Whoever has limits. */
export interface Limited {
  /** `limit` is reached; none holds any more. */
  expire(limit: Limit): void;
}

/** What a watch asks of those that look after all of them. */
interface Keeper {
  keep(watch: LimitWatch, delayMs: number): void;
  leave(watch: LimitWatch): void;
  nowMs(): number;
}

/** The limits of one exchange, one after the other. */
export class LimitWatch implements Member {
  place = NOWHERE;
  readonly #keeper: Keeper;
  readonly #limited: Limited;
  #limit: Limit = 'connect';
  #atMs = Number.POSITIVE_INFINITY;
  #wasHeldUp = false;

  constructor(keeper: Keeper, limited: Limited) {
    this.#keeper = keeper;
    this.#limited = limited;
  }

  /** When its limit is reached, on the clock that never jumps. */
  get atMs(): number {
    return this.#atMs;
  }

  /** From now on `limit` holds. */
  arm(delayMs: number, limit: Limit): void {
    this.#limit = limit;
    this.#atMs = this.#keeper.nowMs() + delayMs;
    this.#keeper.keep(this, delayMs);
  }

  /** From now on none holds. */
  cancel(): void {
    this.#keeper.leave(this);
  }

  /** A loop that was held up runs its timers before it reads what came meanwhile: the broker may have answered in time. */
  isReached(nowMs: number): boolean {
    const leftMs = this.#atMs - nowMs;
    if (leftMs >= 1) return false;
    if (leftMs > -HELD_UP_MS || this.#wasHeldUp) return true;
    this.#wasHeldUp = true;
    return false;
  }

  tell(): void {
    this.cancel();
    this.#limited.expire(this.#limit);
  }
}

/** The limits of all exchanges, on one timer: next to none of them is ever reached. */
export class LimitWatches implements Keeper {
  readonly #clock: Clock;
  readonly #kept = new Roster<LimitWatch>();
  #timer: Timer | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  /** Looks after `watch` from now on. A timer that runs already is left alone unless it would fire too late. */
  keep(watch: LimitWatch, delayMs: number): void {
    this.#kept.add(watch);
    if (watch.atMs < this.#timerAtMs) this.#wake(watch.atMs, delayMs);
  }

  leave(watch: LimitWatch): void {
    this.#kept.remove(watch);
    if (this.#kept.size === 0) this.#sleep();
  }

  #wake(atMs: number, delayMs: number): void {
    this.#sleep();
    this.#timerAtMs = atMs;
    this.#timer = this.#clock.after(delayMs, () => {
      this.#onDue();
    });
  }

  #sleep(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#timerAtMs = Number.POSITIVE_INFINITY;
  }

  #onDue(): void {
    this.#sleep();
    const nowMs = this.#clock.nowMs();
    let nextAtMs = Number.POSITIVE_INFINITY;
    for (const watch of this.#kept.members) {
      if (!this.#kept.has(watch)) continue;
      if (watch.isReached(nowMs)) watch.tell();
      else nextAtMs = Math.min(nextAtMs, watch.atMs);
    }
    if (nextAtMs < this.#timerAtMs && this.#kept.size > 0) this.#wake(nextAtMs, Math.max(0, nextAtMs - nowMs));
  }
}
