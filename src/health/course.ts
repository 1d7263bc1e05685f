import type { CallEnd, HealthState } from '../model/health.ts';
import type { Part } from './part.ts';
import { Slices, type Counts } from './slices.ts';
import { Standing, type Turn } from './standing.ts';

/**
 * The state of a broker or an operation, from the ends of its calls and nothing else: the one rule that live calls and
 * records read back later are judged by. It reads no clock; times are in milliseconds since 1970, in about their order.
 */
export class Course {
  readonly #slices = new Slices();
  readonly #standing: Standing;

  /** `turned` is told of every change of the state, whether a call brings it or the passing of time. */
  constructor(turned?: (turn: Turn) => void) {
    this.#standing = new Standing(this.#slices, turned);
  }

  get state(): HealthState {
    return this.#standing.state;
  }

  /** When it came into its state; `undefined` before the first call. */
  get sinceMs(): number | undefined {
    return this.#standing.sinceMs;
  }

  /** When the failures in a row began that are not over; `undefined` where there are none. */
  get failingSinceMs(): number | undefined {
    return this.#standing.failingSinceMs;
  }

  /** Takes the end of a call in; `part` is what it is for the broker's health, and not `nothing`. */
  record({ kind, fault, atMs }: Pick<CallEnd, 'kind' | 'fault' | 'atMs'>, part: Part): void {
    this.#standing.passTo(atMs);
    if (part === 'success' || part === 'business') {
      this.#slices.answered(kind, part === 'business', atMs);
      this.#standing.answered(atMs);
    } else if (fault === undefined) {
      return;
    } else if (part === 'refused') {
      this.#slices.refused(fault, atMs);
      this.#standing.refused(fault, atMs);
    } else {
      this.#slices.failed(kind, fault, atMs);
      this.#standing.failed(fault, atMs);
    }
  }

  /** Announced maintenance is on; nobody was refused for it yet. */
  announced(nowMs: number): void {
    this.#standing.passTo(nowMs);
    this.#standing.refused('maintenance-window', nowMs);
  }

  /** Lets time pass; what is too long ago is forgotten. */
  passTo(nowMs: number): void {
    this.#standing.passTo(nowMs);
  }

  /** All counts of the window. */
  counts(nowMs: number): Counts {
    return this.#slices.counts(nowMs);
  }
}
