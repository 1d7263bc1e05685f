import type { CallEnd } from '../model/health.ts';

/** Calls kept of each broker: those of the last minutes of a quiet one, of the last seconds of a busy one. */
const MOST = 400;

/** What most calls have in common with the one before them. */
type Manner = Omit<CallEnd, 'requestId' | 'atMs' | 'elapsedMs'>;

function mannerOf({ broker, operation, kind, result, fault, phase }: CallEnd): Manner {
  return { broker, operation, kind, result, fault, phase };
}

function isSame(one: Manner, other: Manner): boolean {
  return (
    one.operation === other.operation &&
    one.kind === other.kind &&
    one.result === other.result &&
    one.fault === other.fault &&
    one.phase === other.phase
  );
}

/**
 * The last calls of one broker. An object for each would grow old with all the others, and be most of what a connector
 * with hundreds of brokers leaves to a full collection: the times stand in one table, and what is alike is kept once.
 */
class Ring {
  /** When each ended, and what it took, in turn. */
  readonly #times = new Float64Array(2 * MOST);
  readonly #requestIds: string[] = [];
  readonly #manners: Manner[] = [];
  #manner: Manner | undefined;
  /** Where the next one goes. */
  #next = 0;

  add(end: CallEnd): void {
    const at = this.#next;
    if (this.#manner === undefined || !isSame(this.#manner, end)) this.#manner = mannerOf(end);
    this.#times[2 * at] = end.atMs;
    this.#times[2 * at + 1] = end.elapsedMs;
    this.#requestIds[at] = end.requestId;
    this.#manners[at] = this.#manner;
    this.#next = (at + 1) % MOST;
  }

  /** The oldest first. */
  calls(): CallEnd[] {
    const calls = this.#manners.map((manner, at) => ({
      ...manner,
      requestId: this.#requestIds[at] ?? '',
      atMs: this.#times[2 * at] ?? 0,
      elapsedMs: this.#times[2 * at + 1] ?? 0,
    }));
    return calls.length < MOST ? calls : [...calls.slice(this.#next), ...calls.slice(0, this.#next)];
  }
}

/** The last calls of every broker, one by one, for whoever has to name them. */
export class RecentCalls {
  readonly #rings = new Map<string, Ring>();

  record(end: CallEnd): void {
    this.#ringOf(end.broker).add(end);
  }

  /** Those of a broker, the oldest first. */
  of(broker: string): readonly CallEnd[] {
    return this.#rings.get(broker)?.calls() ?? [];
  }

  #ringOf(broker: string): Ring {
    const known = this.#rings.get(broker);
    if (known !== undefined) return known;
    const ring = new Ring();
    this.#rings.set(broker, ring);
    return ring;
  }
}
