import { faultRow, type Evidence, type Fault } from '../catalog/faults.ts';
import type { BreakerSettings, BrokerProfile } from '../model/broker.ts';
import type { CircuitHealth } from '../model/health.ts';
import type { Operation, OperationKind } from '../model/operation.ts';
import type { StateRecord } from '../model/record.ts';
import type { Refused } from '../model/wire.ts';
import { admit, brokerEnding, CLOSED, operationEnding, settle, type BreakerState } from '../resilience/breaker.ts';
import type { CommonFaults, Sighting } from '../resilience/common-fault.ts';
import type { Clock } from '../runtime/clock.ts';

/** How a call that was let through ended; `aborted` says nothing of the broker. */
export type CallEnding = Fault | 'answered' | 'aborted';

/** Leave to dial; `settle` tells the breakers how it went. */
export interface Pass {
  settle(ending: CallEnding): void;
}

/** A circuit as it stands: that of one operation, or of the whole broker, which has no name. */
interface Circuit {
  readonly operation: string | undefined;
  state: BreakerState;
}

type Ended = (own: Circuit, ending: CallEnding, probesBroker: boolean, probesOperation: boolean) => void;

/** Leave of one call, held for as long as the broker takes to answer: it is kept small. */
class Leave implements Pass {
  readonly #ended: Ended;
  readonly #own: Circuit;
  readonly #probesBroker: boolean;
  readonly #probesOperation: boolean;

  constructor(ended: Ended, own: Circuit, probesBroker: boolean, probesOperation: boolean) {
    this.#ended = ended;
    this.#own = own;
    this.#probesBroker = probesBroker;
    this.#probesOperation = probesOperation;
  }

  settle(ending: CallEnding): void {
    this.#ended(this.#own, ending, this.#probesBroker, this.#probesOperation);
  }
}

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
  readonly #whole: Circuit = { operation: undefined, state: CLOSED };
  readonly #operations = new Map<string, Circuit>();
  readonly #clock: Clock;
  readonly #changed: (record: StateRecord) => void;
  readonly #common: CommonFaults;
  readonly #sighting: Sighting;
  /** One for all calls. */
  readonly #ended: Ended = (own, ending, probesBroker, probesOperation) => {
    const nowMs = this.#clock.nowMs();
    const evidence = this.#evidenceOf(ending, nowMs);
    const settings = this.#settings;
    if (settings === false) return;
    this.#turn(this.#whole, settle(this.#whole.state, probesBroker, brokerEnding(evidence), nowMs, settings));
    this.#turn(own, settle(own.state, probesOperation, operationEnding(evidence), nowMs, settings));
  };

  constructor({ alias, breaker }: BrokerProfile, { clock, changed, common }: CircuitSurroundings) {
    this.#broker = alias;
    this.#settings = breaker;
    this.#clock = clock;
    this.#changed = changed;
    this.#common = common;
    this.#sighting = common.of(alias);
  }

  /** Whether the broker's or the operation's circuit is open for `operation`. */
  isOpen({ name }: Operation): boolean {
    return this.#whole.state.state === 'open' || this.#stateOf(name).state === 'open';
  }

  /** The circuit of the whole broker, or of the operation named, as it stands. */
  health(operation?: string): CircuitHealth {
    if (this.#settings === false) return { state: 'off' };
    const held = operation === undefined ? this.#whole.state : this.#stateOf(operation);
    if (held.state !== 'open') return { state: held.state };
    return { state: 'open', retryAfterMs: Math.max(0, Math.ceil(held.untilMs - this.#clock.nowMs())) };
  }

  /** Why a call may not go now; `undefined` where it may. */
  refusal({ name, kind }: Operation): Refused | undefined {
    if (this.#settings === false) return undefined;
    return this.#refusalBy(this.#whole.state, kind) ?? this.#refusalBy(this.#stateOf(name), kind);
  }

  /** Leave for a call that goes at once; takes the probe where it is one. */
  pass({ name, kind }: Operation): Pass {
    const own = this.#circuitOf(name);
    const probesBroker = this.#isProbe(this.#whole, kind);
    const probesOperation = this.#isProbe(own, kind);
    return new Leave(this.#ended, own, probesBroker, probesOperation);
  }

  #refusalBy(state: BreakerState, kind: OperationKind): Refused | undefined {
    if (state.state === 'closed') return undefined;
    const admission = admit(state, kind, this.#clock.nowMs());
    if (admission.admitted) return undefined;
    return { kind: 'refused', fault: 'breaker-open', retryAfterMs: admission.retryAfterMs };
  }

  #stateOf(operation: string): BreakerState {
    return this.#operations.get(operation)?.state ?? CLOSED;
  }

  #circuitOf(operation: string): Circuit {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const circuit = { operation, state: CLOSED };
    this.#operations.set(operation, circuit);
    return circuit;
  }

  /** Whether a call that goes now is the probe of this circuit; takes the probe. */
  #isProbe(circuit: Circuit, kind: OperationKind): boolean {
    if (circuit.state.state === 'closed') return false;
    const admission = admit(circuit.state, kind, this.#clock.nowMs());
    if (!admission.admitted) return false;
    this.#turn(circuit, admission.state);
    return admission.isProbe;
  }

  /** What the end of a call says of this broker: nothing, where it is met on the way to others too. */
  #evidenceOf(ending: CallEnding, nowMs: number): Evidence {
    if (ending === 'aborted') return 'none';
    const fault = ending === 'answered' ? undefined : ending;
    this.#sighting.saw(fault, nowMs);
    if (fault === undefined) return 'up';
    return this.#common.isCommon(fault, nowMs) ? 'self' : faultRow(fault).evidence;
  }

  #turn(circuit: Circuit, to: BreakerState): void {
    const from = circuit.state;
    circuit.state = to;
    if (from.state === to.state) return;
    this.#changed({
      schema: 1,
      at: new Date(this.#clock.wallMs()).toISOString(),
      broker: this.#broker,
      ...(circuit.operation !== undefined && { operation: circuit.operation }),
      from: from.state,
      to: to.state,
      ...(to.state === 'open' && { retryAfterMs: Math.max(0, Math.ceil(to.untilMs - this.#clock.nowMs())) }),
    });
  }
}
