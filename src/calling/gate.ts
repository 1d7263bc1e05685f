import type { BrokerProfile } from '../model/broker.ts';
import type { CircuitHealth } from '../model/health.ts';
import type { Operation } from '../model/operation.ts';
import type { Refused } from '../model/wire.ts';
import { countCall, EMPTY_BUDGET, takeRepeat } from '../resilience/budget.ts';
import { Bulkhead, type Place, type Waiter } from '../resilience/bulkhead.ts';
import { maintenanceLeftMs } from '../resilience/maintenance.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Lookup } from '../transport/address.ts';
import { closeIdle, closeLine, openLine, type Line } from '../transport/line.ts';
import { Circuits, type CircuitSurroundings, type Pass } from './circuits.ts';
import { clearanceOf, type Clearance } from './clearance.ts';

/** A call that was let through: its place in the bulkhead, and leave to dial. */
export interface Entered {
  readonly kind: 'entered';
  readonly place: Place;
  readonly pass: Pass;
}

/**
 * How long no kept socket is used after one of them has died under a request, in milliseconds. Its repeat costs no budget,
 * and without this a broker that closes every kept socket would be asked half as often again for ever.
 */
const DISTRUST_MS = 10_000;

/** What gates have of their connector. */
export interface GateSurroundings extends CircuitSurroundings {
  readonly lookup?: Lookup | undefined;
  /** Told when the certificate of a broker ends, in milliseconds since 1970, each time it is shown. */
  readonly certificateSeen: (broker: string, endMs: number) => void;
}

/** Everything that stands between a call and one broker's sockets, with the state it keeps. */
export class BrokerGate {
  readonly profile: BrokerProfile;
  readonly line: Line;
  /** What calls go through before they are sent; absent where they need nothing. */
  readonly clearance: Clearance | undefined;
  readonly #clock: Clock;
  readonly #bulkhead: Bulkhead;
  readonly #circuits: Circuits;
  #budget = EMPTY_BUDGET;
  #trustedFromMs = Number.NEGATIVE_INFINITY;

  constructor(profile: BrokerProfile, { lookup, certificateSeen, ...surroundings }: GateSurroundings) {
    const { clock } = surroundings;
    this.profile = profile;
    this.line = openLine(profile, lookup, (endMs) => {
      certificateSeen(profile.alias, endMs);
    });
    this.clearance = clearanceOf(profile, clock);
    this.#clock = clock;
    this.#bulkhead = new Bulkhead(profile.concurrency);
    this.#circuits = new Circuits(profile, surroundings);
  }

  /**
   * Lets a call through, in this order: announced maintenance (nothing else matters then), breakers (an open circuit
   * must not fill the queue), bulkhead, and the breakers once more, since they may have opened while the call waited.
   * A probe is taken only then, by a call that goes at once. `undefined` where the call has to `wait`.
   */
  tryEnter(operation: Operation): Entered | Refused | undefined {
    const leftMs = this.maintenanceLeftMs();
    if (leftMs !== undefined) return { kind: 'refused', fault: 'maintenance-window', retryAfterMs: leftMs };
    const early = this.#circuits.refusal(operation);
    if (early !== undefined) return early;
    const entry = this.#bulkhead.tryEnter();
    if (entry?.kind === 'full') return { kind: 'refused', fault: 'bulkhead-full' };
    return entry && this.#through(entry, operation);
  }

  /** Waits for the place that `tryEnter` did not find. */
  wait(waiter: Waiter): void {
    this.#bulkhead.wait(waiter);
  }

  /** Waits no more. */
  leave(waiter: Waiter): void {
    this.#bulkhead.leave(waiter);
  }

  /** Lets a call through that has waited for its `place`, or gives that back. */
  enter(place: Place, operation: Operation): Entered | Refused {
    const late = this.#circuits.refusal(operation);
    if (late === undefined) return this.#through(place, operation);
    place.release();
    return late;
  }

  /** Whether one more repeat fits the broker's budget; takes it. */
  takeRepeat(): boolean {
    const { retry } = this.profile;
    const next = retry === false ? undefined : takeRepeat(this.#budget, retry.budget, this.#clock.nowMs());
    if (next !== undefined) this.#budget = next;
    return next !== undefined;
  }

  /** A socket that was kept died under a request: for a while none of them is used, or every call might find another one. */
  distrustKept(): void {
    this.#trustedFromMs = this.#clock.nowMs() + DISTRUST_MS;
  }

  /** Whether sockets that were kept between calls may be used. */
  get trustsKept(): boolean {
    return this.#clock.nowMs() >= this.#trustedFromMs;
  }

  /** Whether the broker's or the operation's circuit is open for `operation`. */
  isOpen(operation: Operation): boolean {
    return this.#circuits.isOpen(operation);
  }

  /** The circuit of the whole broker, or of the operation named, as it stands. */
  circuit(operation?: string): CircuitHealth {
    return this.#circuits.health(operation);
  }

  /** Milliseconds until announced maintenance ends; `undefined` when none is on. */
  maintenanceLeftMs(): number | undefined {
    return maintenanceLeftMs(this.profile.maintenance.windows, this.#clock.wallMs());
  }

  /** Closes idle sockets now, and all of them when `isFinal`. */
  close(isFinal: boolean): void {
    if (isFinal) closeLine(this.line);
    else closeIdle(this.line);
  }

  #through(place: Place, operation: Operation): Entered {
    this.#budget = countCall(this.#budget, this.#clock.nowMs());
    return { kind: 'entered', place, pass: this.#circuits.pass(operation) };
  }
}
