/** Lines that wait for the disk, at most `maxBytes` of them; what does not fit is counted, never kept. */
export class LineBuffer {
  readonly #maxBytes: number;
  #lines: string[] = [];
  #bytes = 0;
  #lost = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0 && this.#lost === 0;
  }

  /** Whether there was room for the line. */
  add(line: string): boolean {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > this.#maxBytes) {
      this.#lost += 1;
      return false;
    }
    this.#lines.push(line);
    this.#bytes += bytes;
    return true;
  }

  /** The lines that wait, in order; none waits then. */
  takeLines(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#bytes = 0;
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
