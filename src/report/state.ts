/** How a broker was, as its calls show it; in the order of how bad it is to have it hidden by another. */
export const BROKER_STATES = ['unknown', 'up', 'degraded', 'maintenance', 'down'] as const;

export type BrokerState = (typeof BROKER_STATES)[number];

/** What the end of one call says: it was served, not served, served badly or refused by ourselves, told of maintenance. */
export type CallEnd = 'good' | 'bad' | 'ill' | 'maintenance';

/** Width of a slot and how many are looked at: the short window, and the long one where calls are few. */
const SLOT_MS = 10_000;
const WINDOWS = [6, 30] as const;
const SHORT_MS = WINDOWS[0] * SLOT_MS;
const SLOTS = WINDOWS[1];

/** Fewest calls in a window that allow a judgement. */
const FEWEST = 3;

/** Shares at which a state begins and, lower, ends: a broker on the edge must not flicker. */
const DOWN = { enter: 0.5, leave: 0.25 } as const;
const DEGRADED = { enter: 0.05, leave: 0.02, fewest: 2 } as const;

/** Good calls in a row after which a small trouble is over. */
const CALM = 5;

/** How long a circuit is thought open when no word of its time came, in milliseconds. */
const CIRCUIT_MS = 300_000;

type Counts = Record<CallEnd, number>;

function noCounts(): Counts {
  return { good: 0, bad: 0, ill: 0, maintenance: 0 };
}

function allOf({ good, bad, ill, maintenance }: Counts): number {
  return good + bad + ill + maintenance;
}

/** Calls that say whether the broker serves; our own refusals while it does not must not hide that. */
function decidedOf({ good, bad, maintenance }: Counts): number {
  return good + bad + maintenance;
}

/** Whether calls fail because the broker does not serve. */
export function isTrouble(state: BrokerState): boolean {
  return state === 'down' || state === 'maintenance';
}

/** A state and when it began; that may lie before the call that showed it. */
export interface StateSince {
  readonly state: BrokerState;
  readonly sinceMs: number;
}

/**
 * The state of one broker while its calls pass by in the order of their times. Half of the calls of a minute make it down,
 * and it is down since the first of them. Everything is decided here, so that another rule can take its place.
 */
export class StateWindow {
  #state: BrokerState = 'unknown';
  #sinceMs: number;
  #slots: Counts[] = Array.from({ length: SLOTS }, noCounts);
  #slot: number;
  /** Sums of both windows, kept while calls are added: there are a million of those, and few slots. */
  #short = noCounts();
  #long = noCounts();
  #judgedMs = Number.NEGATIVE_INFINITY;
  #troubleMs: number | undefined;
  #recoveredMs: number | undefined;
  /** Good calls in a row, and failed ones. */
  #calm = 0;
  #failed = 0;
  #openUntilMs = Number.NEGATIVE_INFINITY;

  constructor(startMs: number) {
    this.#sinceMs = startMs;
    this.#slot = Math.floor(startMs / SLOT_MS);
  }

  get now(): StateSince {
    return { state: this.#state, sinceMs: this.#sinceMs };
  }

  /** When the trouble began that is not over yet. */
  get troubleMs(): number | undefined {
    return this.#troubleMs;
  }

  /** A call ended. Times before the last one count as that one. */
  note(end: CallEnd, atMs: number): void {
    this.pass(atMs);
    const counts = this.#slots[this.#slot % SLOTS];
    if (counts !== undefined) counts[end] += 1;
    this.#short[end] += 1;
    this.#long[end] += 1;
    this.#judgedMs = Math.max(this.#judgedMs, atMs);
    if (end === 'good') {
      this.#recoveredMs ??= atMs;
      this.#calm += 1;
      this.#failed = 0;
      if (this.#calm >= CALM && (this.#state === 'up' || this.#state === 'unknown')) this.#troubleMs = undefined;
    } else {
      this.#calm = 0;
      if (end !== 'ill') this.#failed += 1;
      this.#troubleMs ??= atMs;
      this.#recoveredMs = undefined;
    }
    this.#decide(atMs);
  }

  /** The broker's circuit opened for about `forMs`, or closed. */
  circuit(isOpen: boolean, atMs: number, forMs = CIRCUIT_MS): void {
    this.pass(atMs);
    // Behind its time the circuit waits for a call; without one for a minute nothing is known any more.
    this.#openUntilMs = isOpen ? atMs + forMs + SHORT_MS : Number.NEGATIVE_INFINITY;
    if (isOpen) this.#troubleMs ??= atMs;
    this.#decide(atMs);
  }

  /** Time passed, whatever happened. */
  pass(atMs: number): void {
    const slot = Math.floor(atMs / SLOT_MS);
    if (slot <= this.#slot) return;
    const stale = Math.min(slot - this.#slot, SLOTS);
    for (let step = 1; step <= stale; step += 1) this.#slots[(this.#slot + step) % SLOTS] = noCounts();
    if (slot - this.#slot > SLOTS) this.#slots = Array.from({ length: SLOTS }, noCounts);
    this.#slot = slot;
    this.#addUp();
    this.#decide(atMs);
  }

  #addUp(): void {
    this.#short = this.#sum(WINDOWS[0]);
    this.#long = this.#sum(WINDOWS[1]);
  }

  /** Calls of the last slots. */
  #sum(slots: number): Counts {
    const sum = noCounts();
    for (let back = 0; back < slots; back += 1) {
      const counts = this.#slots[(this.#slot - back + SLOTS * 2) % SLOTS];
      if (counts === undefined) continue;
      sum.good += counts.good;
      sum.bad += counts.bad;
      sum.ill += counts.ill;
      sum.maintenance += counts.maintenance;
    }
    return sum;
  }

  #judged(nowMs: number): BrokerState {
    if (nowMs < this.#openUntilMs) return 'down';
    const isThin = decidedOf(this.#short) < FEWEST;
    const counts = isThin ? this.#long : this.#short;
    const isDown = isTrouble(this.#state) ? !this.#isOver(counts, isThin) : this.#begins(counts, isThin);
    if (isDown && allOf(counts) > 0) return counts.maintenance > counts.bad ? 'maintenance' : 'down';
    if (allOf(counts) < FEWEST) return 'unknown';
    const off = allOf(counts) - counts.good;
    const share = this.#state === 'degraded' ? DEGRADED.leave : DEGRADED.enter;
    return off >= DEGRADED.fewest && off / allOf(counts) >= share ? 'degraded' : 'up';
  }

  /** Where calls are few, three in a row count instead of a share of them. */
  #begins(counts: Counts, isThin: boolean): boolean {
    if (isThin) return this.#failed >= FEWEST;
    const lost = counts.bad + counts.maintenance;
    return lost >= FEWEST && lost / decidedOf(counts) >= DOWN.enter;
  }

  #isOver(counts: Counts, isThin: boolean): boolean {
    return isThin ? this.#calm >= FEWEST : (counts.bad + counts.maintenance) / decidedOf(counts) < DOWN.leave;
  }

  #decide(nowMs: number): void {
    const state = this.#judged(nowMs);
    if (state === this.#state) return;
    const sinceMs = this.#beginOf(state, nowMs);
    if (isTrouble(this.#state) && !isTrouble(state)) this.#troubleMs = undefined;
    this.#sinceMs = Math.min(Math.max(sinceMs, this.#sinceMs), nowMs);
    this.#state = state;
  }

  #beginOf(state: BrokerState, nowMs: number): number {
    if (state === 'unknown') return this.#judgedMs + SHORT_MS;
    if (state === 'up') return this.#state === 'unknown' ? nowMs : (this.#recoveredMs ?? nowMs);
    if (state === 'degraded' && isTrouble(this.#state)) return this.#recoveredMs ?? nowMs;
    return this.#troubleMs ?? nowMs;
  }
}
