import type { Socket } from 'node:net';
import type { Clock, Timer } from '../runtime/clock.ts';

const FLOOD = Buffer.alloc(64 * 1024, ' ');

/** One connection as an answer is written to it; everything that is still to come ends with it. */
export class Line {
  readonly socket: Socket;
  readonly #raw: Socket;
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();
  #isSilent = false;

  /** `raw` is the TCP connection below `socket`; the same where there is no TLS. */
  constructor(socket: Socket, raw: Socket, clock: Clock) {
    this.socket = socket;
    this.#raw = raw;
    this.#clock = clock;
    raw.once('close', () => {
      for (const timer of this.#timers) timer.cancel();
      this.#timers.clear();
    });
  }

  /** Whether nothing that comes is answered any more. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Calls `run` after `delayMs` milliseconds, at once for 0; not at all where the connection is gone by then. */
  after(delayMs: number, run: () => void): void {
    if (delayMs <= 0) {
      run();
      return;
    }
    if (this.#raw.destroyed) return;
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
  }

  write(octets: Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(octets);
  }

  /** Closes in order (FIN) behind what was written. */
  end(): void {
    this.#isSilent = true;
    this.socket.end();
  }

  /** Breaks the connection (RST). */
  reset(): void {
    this.#isSilent = true;
    this.#raw.resetAndDestroy();
  }

  /** Says nothing more, and keeps the connection. */
  stall(): void {
    this.#isSilent = true;
    this.socket.resume();
  }

  /** Writes a blank every `everyMs` milliseconds for as long as the connection lasts. */
  drip(everyMs: number): void {
    this.stall();
    this.after(everyMs, () => {
      this.write(Buffer.from(' '));
      this.drip(everyMs);
    });
  }

  /** Writes blanks as fast as they are taken, for as long as the connection lasts. */
  flood(): void {
    this.stall();
    const more = () => {
      while (!this.socket.destroyed && this.socket.write(FLOOD));
    };
    this.socket.on('drain', more);
    more();
  }
}
