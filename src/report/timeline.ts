import type { HealthState } from '../model/health.ts';
import { LATENCY_BINS } from './latency.ts';

/** States in the order of how bad it is to have one hidden by another. */
export const BROKER_STATES = [
  'unknown',
  'up',
  'degraded',
  'maintenance',
  'down',
] as const satisfies readonly HealthState[];

/** What a call came to, and whose it was. `caller`: a broker's business answer, or a mistake in the call. */
export const CALL_CLASSES = ['ok', 'caller', 'broker', 'path', 'platform', 'aborted'] as const;

export type CallClass = (typeof CALL_CLASSES)[number];

/** Classes of calls that were lost to a fault. */
export const LOST_CLASSES = ['broker', 'path', 'platform'] as const satisfies readonly CallClass[];

const SECOND_MS = 1_000;

/** Widths of a column of time, in milliseconds, each a multiple of the one before. Beyond: doubled. */
const WIDTHS_MS = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400].map((seconds) => seconds * SECOND_MS);

/** Most columns; bounds the memory of a report, whatever it is of. */
export const MOST_COLUMNS = 720;

/** What happened to one broker within one column of time. */
export interface Cell {
  /** Calls by class, in the order of `CALL_CLASSES`. */
  readonly calls: Uint32Array;
  /** Calls that were answered, by time. */
  readonly latency: Uint32Array;
  /** Milliseconds in each state, in the order of `BROKER_STATES`. */
  readonly stateMs: Float64Array;
}

export function emptyCell(): Cell {
  return {
    calls: new Uint32Array(CALL_CLASSES.length),
    latency: new Uint32Array(LATENCY_BINS),
    stateMs: new Float64Array(BROKER_STATES.length),
  };
}

/** By index: iterators took a twentieth of a report's time. */
function addEach(into: Uint32Array | Float64Array, from: Uint32Array | Float64Array): void {
  for (let index = 0; index < from.length; index += 1) into[index] = (into[index] ?? 0) + (from[index] ?? 0);
}

/** Adds a cell to another. */
export function addCell(into: Cell, from: Cell): void {
  addEach(into.calls, from.calls);
  addEach(into.latency, from.latency);
  addEach(into.stateMs, from.stateMs);
}

export type Cells = ReadonlyMap<number, Cell>;

/** A width above `widthMs` that is a multiple of it. */
function wider(widthMs: number): number {
  return WIDTHS_MS.find((width) => width > widthMs) ?? widthMs * 2;
}

/** Columns of time, as many as fit; they widen as the range grows, for every series at once. */
export class Timeline {
  #widthMs = WIDTHS_MS[0] ?? SECOND_MS;
  #fromMs = Number.POSITIVE_INFINITY;
  #toMs = Number.NEGATIVE_INFINITY;
  readonly #series = new Map<string, Map<number, Cell>>();

  get widthMs(): number {
    return this.#widthMs;
  }

  get fromMs(): number {
    return this.#fromMs;
  }

  get toMs(): number {
    return this.#toMs;
  }

  /** Cells of one series by the number of their column; column 0 begins in 1970. */
  cellsOf(name: string): Cells {
    return this.#series.get(name) ?? new Map<number, Cell>();
  }

  /** The cell of a series at a moment, made where there is none. */
  cell(name: string, atMs: number): Cell {
    this.#reach(atMs);
    let cells = this.#series.get(name);
    if (cells === undefined) this.#series.set(name, (cells = new Map<number, Cell>()));
    const column = Math.floor(atMs / this.#widthMs);
    let cell = cells.get(column);
    if (cell === undefined) cells.set(column, (cell = emptyCell()));
    return cell;
  }

  /** Notes that a broker was in `state` from one moment up to another. */
  paint(name: string, state: HealthState, fromMs: number, toMs: number): void {
    if (toMs <= fromMs) return;
    this.#reach(fromMs);
    this.#reach(toMs);
    const index = BROKER_STATES.indexOf(state);
    for (let startMs = fromMs; startMs < toMs;) {
      const endMs = Math.min(toMs, (Math.floor(startMs / this.#widthMs) + 1) * this.#widthMs);
      const { stateMs } = this.cell(name, startMs);
      stateMs[index] = (stateMs[index] ?? 0) + endMs - startMs;
      startMs = endMs;
    }
  }

  #reach(atMs: number): void {
    this.#fromMs = Math.min(this.#fromMs, atMs);
    this.#toMs = Math.max(this.#toMs, atMs);
    while (Math.floor(this.#toMs / this.#widthMs) - Math.floor(this.#fromMs / this.#widthMs) >= MOST_COLUMNS) {
      this.#widen();
    }
  }

  #widen(): void {
    const widthMs = wider(this.#widthMs);
    const factor = widthMs / this.#widthMs;
    for (const [name, cells] of this.#series) {
      const merged = new Map<number, Cell>();
      for (const [column, cell] of cells) {
        const target = Math.floor(column / factor);
        const known = merged.get(target);
        if (known === undefined) merged.set(target, cell);
        else addCell(known, cell);
      }
      this.#series.set(name, merged);
    }
    this.#widthMs = widthMs;
  }
}
