import { faultRow, type Fault } from '../catalog/faults.ts';

/** Time within which a fault at several brokers counts as one, in milliseconds. */
const WINDOW_MS = 30_000;

/** Fewest brokers that make a fault a common one. */
const FEWEST = 3;

interface Seen {
  readonly fault: Fault | undefined;
  readonly atMs: number;
}

/**
 * Tells a fault between us and the brokers from one of a broker: the same fault on the way to three brokers or more, and to
 * half of those that were called, within half a minute is not theirs.
 */
export class CommonFaults {
  readonly #last = new Map<string, Seen>();

  /** Takes note of how a call ended: its fault, or that the broker was reached. */
  saw(broker: string, fault: Fault | undefined, nowMs: number): void {
    this.#last.set(broker, { fault, atMs: nowMs });
  }

  /** Whether `fault` is met on the way to several brokers now; of the broker itself is only what its own row blames on it. */
  isCommon(fault: Fault, nowMs: number): boolean {
    if (faultRow(fault).blame !== 'path') return false;
    let called = 0;
    let same = 0;
    for (const seen of this.#last.values()) {
      if (nowMs - seen.atMs > WINDOW_MS) continue;
      called += 1;
      if (seen.fault === fault) same += 1;
    }
    return same >= FEWEST && same * 2 >= called;
  }
}
