import { faultRow, type Evidence, type Fault } from '../catalog/faults.ts';
import type { BreakerSettings, BrokerProfile } from '../model/broker.ts';
import type { CircuitHealth } from '../model/health.ts';
import type { Operation, OperationKind } from '../model/operation.ts';
import type { StateRecord } from '../model/record.ts';
import type { Refused } from '../model/wire.ts';
import {
  admit,
  brokerEnding,
  CLOSED,
  operationEnding,
  settle,
  type BreakerState,
  type Ending,
} from '../resilience/breaker.ts';
import { countCall, EMPTY_BUDGET, takeRepeat } from '../resilience/budget.ts';
import { Bulkhead, type Release } from '../resilience/bulkhead.ts';
import type { CommonFaults } from '../resilience/common-fault.ts';
import { maintenanceLeftMs } from '../resilience/maintenance.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Lookup } from '../transport/address.ts';
import { closeIdle, closeLine, openLine, type Line } from '../transport/line.ts';
import { clearanceOf, type Clearance } from './clearance.ts';

/** How a call that was let through ended; `aborted` says nothing of the broker. */
export type CallEnding = Fault | 'answered' | 'aborted';

/** Leave to dial; `settle` tells the breakers how it went. */
export interface Pass {
  readonly kind: 'pass';
  settle(ending: CallEnding): void;
}

/** The breaker of the whole broker has no operation's name. */
const WHOLE_BROKER = '';

/**
 * How long no kept socket is used after one of them has died under a request, in milliseconds. Its repeat costs no budget,
 * and without this a broker that closes every kept socket would be asked half as often again for ever.
 */
const DISTRUST_MS = 10_000;

/** What gates have of their connector. */
export interface GateSurroundings {
  readonly clock: Clock;
  /** Hears of every change of a circuit. */
  readonly changed: (record: StateRecord) => void;
  /** Shared by the gates of all brokers. */
  readonly common: CommonFaults;
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
  readonly #breakers = new Map<string, BreakerState>();
  readonly #changed: (record: StateRecord) => void;
  readonly #common: CommonFaults;
  #budget = EMPTY_BUDGET;
  #trustedFromMs = Number.NEGATIVE_INFINITY;

  constructor(profile: BrokerProfile, { clock, changed, common, lookup, certificateSeen }: GateSurroundings) {
    this.profile = profile;
    this.line = openLine(profile, lookup, (endMs) => {
      certificateSeen(profile.alias, endMs);
    });
    this.clearance = clearanceOf(profile, clock);
    this.#clock = clock;
    this.#bulkhead = new Bulkhead(profile.concurrency);
    this.#changed = changed;
    this.#common = common;
  }

  /**
   * Lets a call through, in this order: announced maintenance (nothing else matters then), breakers (an open circuit
   * must not fill the queue), bulkhead, and the breakers once more, since they may have opened while the call waited.
   * A probe is taken only then, by a call that goes at once.
   */
  async enter(operation: Operation, signal: () => AbortSignal): Promise<{ release: Release; pass: Pass } | Refused> {
    const leftMs = this.maintenanceLeftMs();
    if (leftMs !== undefined) return { kind: 'refused', fault: 'maintenance-window', retryAfterMs: leftMs };
    const early = this.#refusal(operation);
    if (early !== undefined) return early;
    const atOnce = this.#bulkhead.tryEnter();
    const entry = atOnce ?? (await this.#bulkhead.wait(signal()));
    if (entry.kind === 'full') return { kind: 'refused', fault: 'bulkhead-full' };
    if (entry.kind === 'left') return { kind: 'refused', fault: 'deadline-exceeded' };
    const late = atOnce === undefined ? this.#refusal(operation) : undefined;
    if (late !== undefined) {
      entry.release();
      return late;
    }
    this.#budget = countCall(this.#budget, this.#clock.nowMs());
    return { release: entry.release, pass: this.#takePass(operation) };
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
    return this.#stateOf(WHOLE_BROKER).state === 'open' || this.#stateOf(operation.name).state === 'open';
  }

  /** The circuit of the whole broker, or of the operation named, as it stands. */
  circuit(operation: string = WHOLE_BROKER): CircuitHealth {
    if (this.profile.breaker === false) return { state: 'off' };
    const held = this.#stateOf(operation);
    if (held.state !== 'open') return { state: held.state };
    return { state: 'open', retryAfterMs: Math.max(0, Math.ceil(held.untilMs - this.#clock.nowMs())) };
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

  #stateOf(name: string): BreakerState {
    return this.#breakers.get(name) ?? CLOSED;
  }

  #refusal({ name, kind }: Operation): Refused | undefined {
    if (this.profile.breaker === false) return undefined;
    const nowMs = this.#clock.nowMs();
    for (const state of [this.#stateOf(WHOLE_BROKER), this.#stateOf(name)]) {
      const admission = admit(state, kind, nowMs);
      if (!admission.admitted) return { kind: 'refused', fault: 'breaker-open', retryAfterMs: admission.retryAfterMs };
    }
    return undefined;
  }

  #takePass({ name, kind }: Operation): Pass {
    const settings = this.profile.breaker;
    if (settings === false) return { kind: 'pass', settle: (ending) => void this.#evidenceOf(ending) };
    const probesBroker = this.#isProbe(WHOLE_BROKER, kind);
    const probesOperation = this.#isProbe(name, kind);
    return {
      kind: 'pass',
      settle: (ending) => {
        const evidence = this.#evidenceOf(ending);
        this.#settle(WHOLE_BROKER, probesBroker, brokerEnding(evidence), settings);
        this.#settle(name, probesOperation, operationEnding(evidence), settings);
      },
    };
  }

  /** Whether a call that goes now is the probe of this circuit; takes the probe. */
  #isProbe(name: string, kind: OperationKind): boolean {
    const state = this.#stateOf(name);
    if (state.state === 'closed') return false;
    const admission = admit(state, kind, this.#clock.nowMs());
    if (!admission.admitted) return false;
    this.#set(name, admission.state);
    return admission.isProbe;
  }

  /** What the end of a call says of this broker: nothing, where it is met on the way to others too. */
  #evidenceOf(ending: CallEnding): Evidence {
    if (ending === 'aborted') return 'none';
    const nowMs = this.#clock.nowMs();
    const fault = ending === 'answered' ? undefined : ending;
    this.#common.saw(this.profile.alias, fault, nowMs);
    if (fault === undefined) return 'up';
    return this.#common.isCommon(fault, nowMs) ? 'self' : faultRow(fault).evidence;
  }

  #settle(name: string, isProbe: boolean, ending: Ending, settings: BreakerSettings): void {
    this.#set(name, settle(this.#stateOf(name), isProbe, ending, this.#clock.nowMs(), settings));
  }

  #set(name: string, to: BreakerState): void {
    const from = this.#stateOf(name);
    this.#breakers.set(name, to);
    if (from.state === to.state) return;
    this.#changed({
      schema: 1,
      at: new Date(this.#clock.wallMs()).toISOString(),
      broker: this.profile.alias,
      ...(name !== WHOLE_BROKER && { operation: name }),
      from: from.state,
      to: to.state,
      ...(to.state === 'open' && { retryAfterMs: Math.max(0, Math.ceil(to.untilMs - this.#clock.nowMs())) }),
    });
  }
}
