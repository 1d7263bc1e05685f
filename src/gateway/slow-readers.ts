import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../runtime/clock.ts';

/** How often answers are looked at, in milliseconds: a limit is kept to within two of these. */
const LOOK_EVERY_MS = 500;

/** Whether an answer is whole on our side and waits for nothing but its caller; not one whose turn is still to come. */
function isWaiting({ writableEnded, writableFinished, socket }: ServerResponse): boolean {
  return writableEnded && !writableFinished && socket !== null;
}

/**
 * Breaks off callers who do not take their answer in time: each of them holds its answer in memory and its call among
 * those under way. One look at all of them, since a timer for each answer would cost the many who take theirs at once.
 */
export class SlowReaders {
  readonly #clock: Clock;
  readonly #limitMs: () => number;
  readonly #open = new Set<ServerResponse>();
  readonly #waitingSinceMs = new Map<ServerResponse, number>();
  readonly #brokenOff = new WeakSet<ServerResponse>();
  #timer: Timer | undefined;

  /** `limitMs` is asked at every look, so that another configuration counts at once. */
  constructor(clock: Clock, limitMs: () => number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  /** A response begins. */
  note(response: ServerResponse): void {
    this.#open.add(response);
    this.#timer ??= this.#next();
  }

  /** A response is over; whether it was broken off here. Node calls one finished whose connection was destroyed. */
  over(response: ServerResponse): boolean {
    this.#open.delete(response);
    this.#waitingSinceMs.delete(response);
    return this.#brokenOff.has(response);
  }

  /** Looks no more. */
  close(): void {
    this.#timer?.cancel();
    this.#open.clear();
  }

  #next(): Timer {
    return this.#clock.after(Math.min(LOOK_EVERY_MS, this.#limitMs()), () => {
      this.#look(this.#clock.nowMs(), this.#limitMs());
      this.#timer = this.#open.size === 0 ? undefined : this.#next();
    });
  }

  #look(nowMs: number, limitMs: number): void {
    for (const response of this.#open) {
      if (!isWaiting(response)) continue;
      const sinceMs = this.#waitingSinceMs.get(response);
      if (sinceMs === undefined) this.#waitingSinceMs.set(response, nowMs);
      else if (nowMs - sinceMs >= limitMs) this.#breakOff(response);
    }
  }

  #breakOff(response: ServerResponse): void {
    this.#brokenOff.add(response);
    response.destroy();
  }
}
