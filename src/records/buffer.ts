import { Lines } from './lines.ts';

/** Lines that wait for the disk, at most `maxBytes` of them; what does not fit is counted, never kept. */
export class LineBuffer {
  readonly #maxBytes: number;
  #lines: Lines;
  #lost = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#lines = new Lines(maxBytes);
  }

  get isEmpty(): boolean {
    return this.#lines.count === 0 && this.#lost === 0;
  }

  /** Whether there was room for the line. */
  add(line: string): boolean {
    const isKept = this.#lines.add(line);
    if (!isKept) this.#lost += 1;
    return isKept;
  }

  /** The lines that wait, in order; none waits then. */
  takeLines(): Lines {
    const lines = this.#lines;
    this.#lines = new Lines(this.#maxBytes);
    return lines;
  }

  /** How many were lost since this was last asked. */
  takeLost(): number {
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }

  /** Gives a count back that could not be told. */
  returnLost(lost: number): void {
    this.#lost += lost;
  }
}
