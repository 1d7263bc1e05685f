import type { CallRecord, StateRecord } from '../model/record.ts';
import { lineOf } from './line.ts';
import { Lines } from './lines.ts';

/** A record that is to become a line. */
interface Entry {
  readonly event: 'call' | 'state';
  readonly record: CallRecord | StateRecord;
}

/** Records that are put into words together: between two calls that code is cold, and one costs five times as much. */
const TOGETHER = 64;

/** Records that wait for the disk as lines, at most `maxBytes` of them; what does not fit is counted, never kept. */
export class LineBuffer {
  readonly #maxBytes: number;
  #entries: Entry[] = [];
  #lines: Lines;
  #lost = 0;
  #toldLost = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#lines = new Lines(maxBytes);
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0 && this.#lines.count === 0 && this.#lost === this.#toldLost;
  }

  /** How many records there was no room for. */
  get lost(): number {
    this.#spell();
    return this.#lost;
  }

  add(event: Entry['event'], record: Entry['record']): void {
    this.#entries.push({ event, record });
    if (this.#entries.length >= TOGETHER) this.#spell();
  }

  /** The lines that wait, in order; none waits then. */
  takeLines(): Lines {
    this.#spell();
    const lines = this.#lines;
    this.#lines = new Lines(this.#maxBytes);
    return lines;
  }

  /** How many were lost since this was last asked. */
  takeLost(): number {
    const lost = this.lost - this.#toldLost;
    this.#toldLost += lost;
    return lost;
  }

  /** Gives a count back that could not be told. */
  returnLost(lost: number): void {
    this.#toldLost -= lost;
  }

  #spell(): void {
    for (const { event, record } of this.#entries) if (!this.#lines.add(lineOf(event, record))) this.#lost += 1;
    this.#entries = [];
  }
}
