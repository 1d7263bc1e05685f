import { checkMessage, checkOperation, type OperationLike } from './calling/arguments.ts';
import type { BrokerGate } from './calling/gate.ts';
import type { Switchboard } from './calling/switchboard.ts';
import { heldBy } from './diagnosis/circuits.ts';
import { configuredFacts } from './diagnosis/configured-facts.ts';
import { diagnoseAll } from './diagnosis/diagnose-all.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { PassiveFacts, SeenCall } from './diagnosis/facts.ts';
import { brokerHealth, connectorHealth } from './health/health.ts';
import { isTroubled } from './health/judgement.ts';
import { CallMemory } from './health/memory.ts';
import type { BrokerHealth, CallEnd, ConnectorHealth } from './model/health.ts';
import type { JsonObject } from './model/json.ts';
import { probe, type ProbeOrder } from './probe/probe.ts';
import { readStep } from './probe/read.ts';
import type { Clock } from './runtime/clock.ts';

/** How a broker is diagnosed. */
export interface DiagnoseOptions {
  /** A read to make besides the other steps; a write is refused. Default: none is made. */
  readonly read?: { readonly operation: OperationLike; readonly message: JsonObject };
  /** Time for all steps, in milliseconds. Default 9,000. */
  readonly deadlineMs?: number;
  /** Whether the broker is asked at all; without it the calls alone are judged. Default true. */
  readonly probe?: boolean;
}

function seenCall({ atMs, fault, phase, ...rest }: CallEnd): SeenCall {
  const told = { ...(fault !== undefined && { fault }), ...(phase !== undefined && { phase }) };
  return { ...rest, ...told, at: new Date(atMs).toISOString() };
}

/** The circuits of the broker and of its operations, those that hold calls back. */
function circuitOf(gate: BrokerGate, operations: readonly string[]): Pick<PassiveFacts, 'circuit'> {
  const circuit = heldBy([
    gate.circuit(),
    ...operations.map((operation) => ({ operation, ...gate.circuit(operation) })),
  ]);
  return circuit === undefined ? {} : { circuit };
}

/** What a connector tells the person on call: how brokers fare, and what is wrong with one. */
export class OnCall {
  readonly #switchboard: () => Switchboard;
  readonly #clock: Clock;
  readonly #memory: CallMemory;

  constructor(switchboard: () => Switchboard, clock: Clock, memory = new CallMemory()) {
    this.#switchboard = switchboard;
    this.#clock = clock;
    this.#memory = memory;
  }

  /** Hears of every call that is over. */
  ended(end: CallEnd): void {
    this.#memory.ended(end);
  }

  /** Hears of the end of a broker's certificate, in milliseconds since 1970. */
  certificateSeen(broker: string, validToMs: number): void {
    this.#memory.window.certificateSeen(broker, validToMs);
  }

  brokerHealth(broker: string): BrokerHealth {
    return brokerHealth(this.#memory.window, this.#gateOf(broker), this.#clock.wallMs());
  }

  health(): ConnectorHealth {
    return connectorHealth(this.#memory.window, this.#switchboard().gates, this.#clock.wallMs());
  }

  async diagnose(
    broker: string,
    { read, deadlineMs, probe: isAsked = true }: DiagnoseOptions = {},
  ): Promise<Diagnosis> {
    const gate = this.#gateOf(broker);
    const step = read === undefined ? {} : { read: this.#readOf(gate, read) };
    const limit = deadlineMs === undefined ? {} : { deadlineMs };
    const order = { broker: gate.profile, address: gate.line, clock: this.#clock, ...step, ...limit };
    const report = isAsked ? await probe(order) : undefined;
    const others = this.#switchboard().gates.filter((other) => other !== gate);
    const [diagnosis] = diagnoseAll(
      [{ facts: this.#factsOf(gate), probe: report }],
      others.map((other) => ({ facts: this.#factsOf(other) })),
    );
    if (diagnosis === undefined) throw new TypeError('broker: expected one to diagnose');
    return diagnosis;
  }

  #gateOf(broker: string): BrokerGate {
    const gate = this.#switchboard().gateOf(broker);
    if (gate === undefined) throw new TypeError('broker: expected the name of a broker that is configured');
    return gate;
  }

  #readOf(
    gate: BrokerGate,
    { operation, message }: NonNullable<DiagnoseOptions['read']>,
  ): NonNullable<ProbeOrder['read']> {
    const known = checkOperation(operation, gate.profile);
    if (known === undefined) throw new TypeError('read.operation: expected the name of an operation');
    const asked = checkMessage(message);
    const call = (leftMs: number) =>
      this.#switchboard().settle(gate.profile.alias, known, asked, { deadlineMs: leftMs });
    return readStep({ operation: known, clock: this.#clock, call });
  }

  /** The last calls one by one, and what the health window remembers from before them. */
  #factsOf(gate: BrokerGate): PassiveFacts {
    const atMs = this.#clock.wallMs();
    const leftMs = gate.maintenanceLeftMs();
    const calls = this.#memory.recent.of(gate.profile.alias).map(seenCall);
    const operations = [...new Set(calls.map(({ operation }) => operation))];
    const facts = configuredFacts(gate.profile, calls, atMs, {
      ...circuitOf(gate, operations),
      ...(leftMs !== undefined && { maintenanceLeftMs: leftMs }),
    });
    const { state, since } = brokerHealth(this.#memory.window, gate, atMs);
    return isTroubled(state) && since !== undefined ? { ...facts, sinceMs: Date.parse(since) } : facts;
  }
}
