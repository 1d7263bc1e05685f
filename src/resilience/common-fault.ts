import { faultRow, type Fault } from '../catalog/faults.ts';

/** Time within which a fault at several brokers counts as one, in milliseconds. */
const WINDOW_MS = 30_000;

/** Fewest brokers that make a fault a common one. */
const FEWEST = 3;

/**
 * Faults of dialling whose rows blame the broker, since that is right for one broker alone. At several at once a filter,
 * a clock or a TLS library of ours is the likelier cause: companies do not all refuse in the same half a minute.
 */
const LOCAL_AT_SEVERAL: ReadonlySet<Fault> = new Set(['connect-refused', 'tls-certificate', 'tls-handshake']);

/** How calls to one broker ended lately. */
export class Sighting {
  #fault: Fault | undefined;
  #sinceMs = Number.NEGATIVE_INFINITY;
  #atMs = Number.NEGATIVE_INFINITY;

  /** The fault of the last call; `undefined` where it reached the broker. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** When it was first what was seen of the broker. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Takes note of how a call ended: its fault, or that the broker was reached. */
  saw(fault: Fault | undefined, nowMs: number): void {
    if (this.#fault !== fault || !this.isRecent(nowMs)) this.#sinceMs = nowMs;
    this.#fault = fault;
    this.#atMs = nowMs;
  }

  /** Takes note that an open circuit kept a call from the broker: what opened it has not been seen to end. */
  withheld(nowMs: number): void {
    if (this.isRecent(nowMs)) this.#atMs = nowMs;
  }

  /** Whether the last of them is so recent that it counts. */
  isRecent(nowMs: number): boolean {
    return nowMs - this.#atMs <= WINDOW_MS;
  }
}

/** A fault that several brokers show at once. */
export interface CommonFault {
  readonly fault: Fault;
  /** Since when there are several of them. */
  readonly sinceMs: number;
  readonly brokers: readonly string[];
  /** Brokers that were called lately, those included. */
  readonly called: number;
}

/** Whether a fault can be ours, or of our way out, when several brokers show it. */
function isLocal(fault: Fault): boolean {
  const { blame, evidence } = faultRow(fault);
  return blame === 'path' || evidence === 'self' || LOCAL_AT_SEVERAL.has(fault);
}

/**
 * Tells a fault between us and the brokers from one of a broker: the same fault on the way to three brokers or more, and to
 * half of those that were called, within half a minute is not theirs.
 */
export class CommonFaults {
  readonly #sightings = new Map<string, Sighting>();

  /** What is seen of `broker`: to be told how its calls end. */
  of(broker: string): Sighting {
    const known = this.#sightings.get(broker);
    if (known !== undefined) return known;
    const sighting = new Sighting();
    this.#sightings.set(broker, sighting);
    return sighting;
  }

  /** Whether `fault` is met on the way to several brokers now; of the broker itself is only what its own row blames on it. */
  isCommon(fault: Fault, nowMs: number): boolean {
    return faultRow(fault).blame === 'path' && this.#isShared(fault, nowMs);
  }

  /** The local fault that several brokers show now, and half of those called: it is us, or our way out. */
  suspected(nowMs: number): CommonFault | undefined {
    const faults = [...this.#sightings.values()].map(({ fault }) => fault).filter((fault) => fault !== undefined);
    const shared = faults.find((fault) => isLocal(fault) && this.#isShared(fault, nowMs));
    return shared && this.#commonFault(shared, nowMs);
  }

  /** The rule itself. Counted without lists: it is asked for every failure while everything fails. */
  #isShared(fault: Fault, nowMs: number): boolean {
    let called = 0;
    let same = 0;
    for (const sighting of this.#sightings.values()) {
      if (!sighting.isRecent(nowMs)) continue;
      called += 1;
      if (sighting.fault === fault) same += 1;
    }
    return same >= FEWEST && same * 2 >= called;
  }

  #commonFault(fault: Fault, nowMs: number): CommonFault {
    const called = [...this.#sightings].filter(([, sighting]) => sighting.isRecent(nowMs));
    const same = called.filter(([, sighting]) => sighting.fault === fault);
    const since = same.map(([, { sinceMs }]) => sinceMs).sort((a, b) => a - b);
    return {
      fault,
      sinceMs: since[FEWEST - 1] ?? nowMs,
      brokers: same.map(([broker]) => broker),
      called: called.length,
    };
  }
}
