import type { CallEnd } from '../model/health.ts';

/** Calls kept of each broker: those of the last minutes of a quiet one, of the last seconds of a busy one. */
const MOST = 400;

interface Ring {
  readonly calls: CallEnd[];
  /** Where the next one goes. */
  next: number;
}

/** The last calls of every broker, one by one, for whoever has to name them. */
export class RecentCalls {
  readonly #rings = new Map<string, Ring>();

  record(end: CallEnd): void {
    const ring = this.#ringOf(end.broker);
    ring.calls[ring.next] = end;
    ring.next = (ring.next + 1) % MOST;
  }

  /** Those of a broker, the oldest first. */
  of(broker: string): readonly CallEnd[] {
    const { calls, next } = this.#rings.get(broker) ?? { calls: [], next: 0 };
    return calls.length < MOST ? calls : [...calls.slice(next), ...calls.slice(0, next)];
  }

  #ringOf(broker: string): Ring {
    const known = this.#rings.get(broker);
    if (known !== undefined) return known;
    const ring = { calls: [], next: 0 };
    this.#rings.set(broker, ring);
    return ring;
  }
}
