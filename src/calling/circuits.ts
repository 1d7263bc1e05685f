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
import type { CommonFaults } from '../resilience/common-fault.ts';
import type { Clock } from '../runtime/clock.ts';

/** How a call that was let through ended; `aborted` says nothing of the broker. */
export type CallEnding = Fault | 'answered' | 'aborted';

/** Leave to dial; `settle` tells the breakers how it went. */
export interface Pass {
  settle(ending: CallEnding): void;
}

/** The breaker of the whole broker has no operation's name. */
const WHOLE_BROKER = '';

/** What circuits have of their connector. */
export interface CircuitSurroundings {
  readonly clock: Clock;
  /** Hears of every change of a circuit. */
  readonly changed: (record: StateRecord) => void;
  /** Shared by the circuits of all brokers. */
  readonly common: CommonFaults;
}

/** The breakers of one broker: one for the whole of it, one for each operation. */
export class Circuits {
  readonly #broker: string;
  readonly #settings: BreakerSettings | false;
  readonly #breakers = new Map<string, BreakerState>();
  readonly #clock: Clock;
  readonly #changed: (record: StateRecord) => void;
  readonly #common: CommonFaults;

  constructor({ alias, breaker }: BrokerProfile, { clock, changed, common }: CircuitSurroundings) {
    this.#broker = alias;
    this.#settings = breaker;
    this.#clock = clock;
    this.#changed = changed;
    this.#common = common;
  }

  /** Whether the broker's or the operation's circuit is open for `operation`. */
  isOpen(operation: Operation): boolean {
    return this.#stateOf(WHOLE_BROKER).state === 'open' || this.#stateOf(operation.name).state === 'open';
  }

  /** The circuit of the whole broker, or of the operation named, as it stands. */
  health(operation: string = WHOLE_BROKER): CircuitHealth {
    if (this.#settings === false) return { state: 'off' };
    const held = this.#stateOf(operation);
    if (held.state !== 'open') return { state: held.state };
    return { state: 'open', retryAfterMs: Math.max(0, Math.ceil(held.untilMs - this.#clock.nowMs())) };
  }

  /** Why a call may not go now; `undefined` where it may. */
  refusal({ name, kind }: Operation): Refused | undefined {
    return this.#settings === false ? undefined : (this.#refusalBy(WHOLE_BROKER, kind) ?? this.#refusalBy(name, kind));
  }

  /** Leave for a call that goes at once; takes the probe where it is one. */
  pass({ name, kind }: Operation): Pass {
    const probesBroker = this.#isProbe(WHOLE_BROKER, kind);
    const probesOperation = this.#isProbe(name, kind);
    return { settle: (ending) => this.#ended(name, ending, probesBroker, probesOperation) };
  }

  #refusalBy(breaker: string, kind: OperationKind): Refused | undefined {
    const admission = admit(this.#stateOf(breaker), kind, this.#clock.nowMs());
    if (admission.admitted) return undefined;
    return { kind: 'refused', fault: 'breaker-open', retryAfterMs: admission.retryAfterMs };
  }

  #ended(operation: string, ending: CallEnding, probesBroker: boolean, probesOperation: boolean): void {
    const evidence = this.#evidenceOf(ending);
    const settings = this.#settings;
    if (settings === false) return;
    this.#settle(WHOLE_BROKER, probesBroker, brokerEnding(evidence), settings);
    this.#settle(operation, probesOperation, operationEnding(evidence), settings);
  }

  #stateOf(name: string): BreakerState {
    return this.#breakers.get(name) ?? CLOSED;
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
    this.#common.saw(this.#broker, fault, nowMs);
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
      broker: this.#broker,
      ...(name !== WHOLE_BROKER && { operation: name }),
      from: from.state,
      to: to.state,
      ...(to.state === 'open' && { retryAfterMs: Math.max(0, Math.ceil(to.untilMs - this.#clock.nowMs())) }),
    });
  }
}
