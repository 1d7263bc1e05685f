import { quietTimer, systemClock, type Timer } from '../runtime/clock.ts';
import type { Connection } from './connection.ts';

/**
 * The connections to one broker that wait for a request, each until its time is over. One timer looks after all of them: a
 * socket's own would start anew with every octet.
 */
export class IdleConnections {
  readonly #waiting: Connection[] = [];
  #timer: Timer | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;

  get count(): number {
    return this.#waiting.length;
  }

  /** Keeps `connection` for at most `idleMs` milliseconds. */
  add(connection: Connection, idleMs: number): void {
    const untilMs = systemClock.nowMs() + idleMs;
    connection.rest(untilMs);
    this.#waiting.push(connection);
    if (untilMs < this.#timerAtMs) this.#wake(untilMs, idleMs);
  }

  /** The one that was used last, of those that are open; none whose time is over, however late the timer is. */
  take(): Connection | undefined {
    for (let last = this.#waiting.pop(); last !== undefined; last = this.#waiting.pop()) {
      if (last.restsUntilMs <= systemClock.nowMs()) last.destroy();
      else if (last.isOpen) return last;
    }
    return undefined;
  }

  /** Forgets one that was closed. */
  remove(connection: Connection): void {
    const at = this.#waiting.indexOf(connection);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  close(): void {
    this.#timer?.cancel();
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    for (const connection of this.#waiting.splice(0)) connection.destroy();
  }

  #wake(atMs: number, delayMs: number): void {
    this.#timer?.cancel();
    this.#timerAtMs = atMs;
    this.#timer = quietTimer(delayMs, () => {
      this.#sweep();
    });
  }

  #sweep(): void {
    const nowMs = systemClock.nowMs();
    const isOver = ({ restsUntilMs }: Connection) => restsUntilMs <= nowMs;
    for (const connection of this.#waiting.filter(isOver)) {
      this.remove(connection);
      connection.destroy();
    }
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    const nextMs = Math.min(...this.#waiting.map(({ restsUntilMs }) => restsUntilMs));
    if (this.#waiting.length > 0) this.#wake(nextMs, nextMs - nowMs);
  }
}
