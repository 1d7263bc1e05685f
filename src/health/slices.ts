import { FAULT_NAMES, type Fault } from '../catalog/faults.ts';
import type { OperationKind } from '../model/operation.ts';
import { DEFAULTS } from './defaults.ts';

const { windowMs, sliceMs, recentMs } = DEFAULTS;

/** Slices of the window, the one that is being filled included. */
export const SLICES = windowMs / sliceMs;
const RECENT_SLICES = recentMs / sliceMs;

/** Number of the slice of a moment; slices are numbered from 1970 on. */
export function sliceOf(atMs: number): number {
  return Math.floor(atMs / sliceMs);
}

const COLUMN = { readGood: 0, readBad: 1, writeGood: 2, writeBad: 3, business: 4, faults: 5 } as const;
const WIDTH = COLUMN.faults + FAULT_NAMES.length;

const FAULT_COLUMN: ReadonlyMap<Fault, number> = new Map(
  FAULT_NAMES.map((fault, index) => [fault, COLUMN.faults + index]),
);

/** Calls, and how many of them failed. */
export interface Tally {
  readonly calls: number;
  readonly failed: number;
}

const NO_CALLS: Tally = { calls: 0, failed: 0 };

/** The counts of a window. */
export interface Counts {
  readonly reads: Tally;
  readonly writes: Tally;
  readonly business: number;
  /** Refusals included; only those that occurred, in the fault table's order. */
  readonly faults: ReadonlyMap<Fault, number>;
}

/** Counts in a ring of slices of fixed size: no memory is taken after it is made, and the oldest slice makes room. */
export class Slices {
  readonly #cells = new Uint32Array(SLICES * WIDTH);
  /** Number of the slice that each place of the ring holds. */
  readonly #held = new Float64Array(SLICES).fill(-1);
  /** Recent calls before this are left out: how many of which slice. */
  #forgotten = { slice: -1, ...NO_CALLS };

  /** A call that was answered, with an error of the broker's business or not. */
  answered(kind: OperationKind, isBusinessError: boolean, atMs: number): void {
    const start = this.#startOf(atMs);
    this.#add(start + (kind === 'read' ? COLUMN.readGood : COLUMN.writeGood));
    if (isBusinessError) this.#add(start + COLUMN.business);
  }

  /** A call that failed on the way to an answer. */
  failed(kind: OperationKind, fault: Fault, atMs: number): void {
    const start = this.#startOf(atMs);
    this.#add(start + (kind === 'read' ? COLUMN.readBad : COLUMN.writeBad));
    this.#add(start + (FAULT_COLUMN.get(fault) ?? 0));
  }

  /** A call that was refused before any dial. */
  refused(fault: Fault, atMs: number): void {
    this.#add(this.#startOf(atMs) + (FAULT_COLUMN.get(fault) ?? 0));
  }

  /** Recent calls, those before `forgetRecent` left out. */
  recent(nowMs: number): Tally {
    const { slice, calls, failed } = this.#forgotten;
    const last = sliceOf(nowMs);
    const first = Math.max(last - RECENT_SLICES + 1, slice);
    const { calls: all, failed: allFailed } = this.#tally(first, last);
    return first === slice ? { calls: all - calls, failed: allFailed - failed } : { calls: all, failed: allFailed };
  }

  /** From here on `recent` counts anew. */
  forgetRecent(nowMs: number): void {
    const slice = sliceOf(nowMs);
    this.#forgotten = { slice, ...this.#tally(slice, slice) };
  }

  /** Calls of the whole window, and how many of them failed. */
  total(nowMs: number): Tally {
    const last = sliceOf(nowMs);
    return this.#tally(last - SLICES + 1, last);
  }

  /** All counts of the window. */
  counts(nowMs: number): Counts {
    const last = sliceOf(nowMs);
    const sums = new Float64Array(WIDTH);
    for (let slice = last - SLICES + 1; slice <= last; slice += 1) {
      const place = slice % SLICES;
      if (this.#held[place] !== slice) continue;
      for (let column = 0; column < WIDTH; column += 1) sums[column] = this.#sum(sums, column, place);
    }
    const of = (column: number): number => sums[column] ?? 0;
    return {
      reads: { calls: of(COLUMN.readGood) + of(COLUMN.readBad), failed: of(COLUMN.readBad) },
      writes: { calls: of(COLUMN.writeGood) + of(COLUMN.writeBad), failed: of(COLUMN.writeBad) },
      business: of(COLUMN.business),
      faults: new Map([...FAULT_COLUMN].map(([f, column]) => [f, of(column)] as const).filter(([, n]) => n > 0)),
    };
  }

  #sum(sums: Float64Array, column: number, place: number): number {
    return (sums[column] ?? 0) + this.#at(place * WIDTH + column);
  }

  #tally(first: number, last: number): Tally {
    let good = 0;
    let failed = 0;
    for (let slice = first; slice <= last; slice += 1) {
      const place = slice % SLICES;
      if (this.#held[place] !== slice) continue;
      const start = place * WIDTH;
      good += this.#at(start + COLUMN.readGood) + this.#at(start + COLUMN.writeGood);
      failed += this.#at(start + COLUMN.readBad) + this.#at(start + COLUMN.writeBad);
    }
    return { calls: good + failed, failed };
  }

  /** Where the cells of the slice of `atMs` begin; the place is cleared where it held another slice. */
  #startOf(atMs: number): number {
    const slice = sliceOf(atMs);
    const place = slice % SLICES;
    const start = place * WIDTH;
    if (this.#held[place] !== slice) {
      this.#held[place] = slice;
      this.#cells.fill(0, start, start + WIDTH);
    }
    return start;
  }

  #add(cell: number): void {
    this.#cells[cell] = this.#at(cell) + 1;
  }

  #at(cell: number): number {
    return this.#cells[cell] ?? 0;
  }
}
