import type { PaceSettings } from '../model/broker.ts';

/** How much slower than allowed: two requests may come closer to each other on the way. */
const SLACK = 1.05;

/** Turns at one broker: never more in a second than it allows, in the order they are asked for. */
export class Pace {
  readonly #count: number;
  readonly #windowMs: number;
  /** Times of the last turns, given or promised, the oldest first. */
  readonly #turns: number[] = [];

  constructor({ perSecond }: Pick<PaceSettings, 'perSecond'>) {
    this.#count = Math.max(1, Math.floor(perSecond));
    this.#windowMs = (this.#count / perSecond) * 1_000 * SLACK;
  }

  /** Milliseconds until the next turn is. */
  waitMs(nowMs: number): number {
    const [oldest] = this.#turns;
    const isFree = oldest === undefined || this.#turns.length < this.#count;
    return isFree ? 0 : Math.max(0, oldest + this.#windowMs - nowMs);
  }

  /** Takes the next turn. Nobody gives one back. */
  take(nowMs: number): void {
    const atMs = nowMs + this.waitMs(nowMs);
    if (this.#turns.length >= this.#count) this.#turns.shift();
    this.#turns.push(atMs);
  }
}
