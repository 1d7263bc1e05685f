import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../runtime/clock.ts';
import { NOWHERE, Roster, type Member } from '../runtime/roster.ts';

/** How often answers are looked at, in milliseconds: a limit is kept to within two of these. */
const LOOK_EVERY_MS = 500;

/** Whoever an answer is for. */
export class Reader implements Member {
  readonly response: ServerResponse;
  place = NOWHERE;
  /** Since when nothing but the reader is waited for. */
  waitingSinceMs: number | undefined;
  isBrokenOff = false;

  constructor(response: ServerResponse) {
    this.response = response;
  }
}

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
  readonly #open = new Roster<Reader>();
  #timer: Timer | undefined;

  /** `limitMs` is asked at every look, so that another configuration counts at once. */
  constructor(clock: Clock, limitMs: () => number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  /** A response begins. */
  note(response: ServerResponse): Reader {
    const reader = new Reader(response);
    this.#open.add(reader);
    this.#timer ??= this.#next();
    return reader;
  }

  /** A response is over; whether it was broken off here. Node calls one finished whose connection was destroyed. */
  over(reader: Reader): boolean {
    this.#open.remove(reader);
    return reader.isBrokenOff;
  }

  /** Looks no more. */
  close(): void {
    this.#timer?.cancel();
  }

  #next(): Timer {
    return this.#clock.after(Math.min(LOOK_EVERY_MS, this.#limitMs()), () => {
      this.#look(this.#clock.nowMs(), this.#limitMs());
      this.#timer = this.#open.size === 0 ? undefined : this.#next();
    });
  }

  #look(nowMs: number, limitMs: number): void {
    for (const reader of this.#open.members) {
      if (!isWaiting(reader.response)) continue;
      reader.waitingSinceMs ??= nowMs;
      if (nowMs - reader.waitingSinceMs < limitMs) continue;
      reader.isBrokenOff = true;
      reader.response.destroy();
    }
  }
}
