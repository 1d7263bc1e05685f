import type { Clock } from '../runtime/clock.ts';

/** How long a line waits for others, in milliseconds. */
const WAIT_MS = 5;
/** Lines that wait at once. */
const MOST_LINES = 1_000;

/** Prints lines together, since a write of each would cost a busy process a tenth of its time. */
export class LineBatch {
  readonly #out: (lines: string) => void;
  readonly #clock: Pick<Clock, 'after'>;
  #lines: string[] = [];
  #isDue = false;

  /** `out` prints a text, and the end of its last line. */
  constructor(out: (lines: string) => void, clock: Pick<Clock, 'after'>) {
    this.#out = out;
    this.#clock = clock;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length >= MOST_LINES) this.flush();
    else this.#wait();
  }

  /** Prints now what waits. */
  flush(): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines.join('\n');
    this.#lines = [];
    this.#out(lines);
  }

  #wait(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#clock.after(WAIT_MS, () => {
      this.#isDue = false;
      this.flush();
    });
  }
}
