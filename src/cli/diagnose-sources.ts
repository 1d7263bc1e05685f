import { createRegistry, type Registry } from '../brokers/registry.ts';
import type { ConnectorOptions } from '../brokers/options.ts';
import type { BrokerProfile } from '../model/broker.ts';
import type { JsonObject } from '../model/json.ts';
import type { Operation } from '../model/operation.ts';
import { createConnector, type Connector } from '../connector.ts';
import type { Surroundings } from '../diagnosis/collect.ts';
import { configuredFacts } from '../diagnosis/configured-facts.ts';
import type { Member } from '../diagnosis/diagnose-all.ts';
import type { PassiveFacts, SeenCall } from '../diagnosis/facts.ts';
import { probe, type ProbeOrder } from '../probe/probe.ts';
import { readStep } from '../probe/read.ts';
import { maintenanceLeftMs } from '../resilience/maintenance.ts';
import { systemClock } from '../runtime/clock.ts';
import { addressOf } from '../transport/address.ts';
import { brokerRefusal } from './unknown-name.ts';

/** One read, made of every broker that is probed. */
export interface Read {
  readonly operation: Operation;
  readonly message: JsonObject;
}

/** Most other brokers that are asked only to tell our own trouble from theirs. */
const CONTROL_BROKERS = 7;

/** Most reads of a long watch that are remembered. */
const MOST_RECORDS = 10_000;

/** Brokers that are diagnosed, and others beside them for comparison. */
export interface Looked {
  readonly members: readonly Member[];
  readonly control: readonly Member[];
}

/** Where diagnoses come from: looked at once, or again and again. */
export interface DiagnoseSource {
  /** What is known now. Once `signal` aborts it ends soon, in whatever way. */
  look(signal?: AbortSignal): Promise<Looked>;
  /** Ends what it holds open. */
  close(): Promise<void>;
}

/** The brokers named, all where none is. A name that nothing is configured under ends the command. */
export function chosen(registry: Registry, names: readonly string[]): readonly BrokerProfile[] {
  if (names.length === 0) return registry.brokers;
  return names.map((name) => {
    const broker = registry.find(name);
    if (broker !== undefined) return broker;
    throw brokerRefusal(name, { brokers: registry.brokers.map(({ alias }) => alias) });
  });
}

/** What the records say of a broker, and whether it announced maintenance. */
export function recordedFacts(
  broker: BrokerProfile,
  records: readonly SeenCall[],
  atMs: number,
  held: Pick<Surroundings, 'circuit'> = {},
): PassiveFacts {
  const leftMs = maintenanceLeftMs(broker.maintenance.windows, atMs);
  return configuredFacts(broker, records, atMs, {
    ...held,
    ...(leftMs !== undefined && { maintenanceLeftMs: leftMs }),
  });
}

/** Asks brokers again and again; keeps the records of the reads it makes. */
export class LiveSource implements DiagnoseSource {
  readonly #brokers: readonly BrokerProfile[];
  readonly #control: readonly BrokerProfile[];
  readonly #read: Read | undefined;
  readonly #connector: Connector;
  readonly #records: SeenCall[] = [];

  constructor(options: ConnectorOptions, names: readonly string[], read: Read | undefined) {
    const registry = createRegistry(options);
    const brokers = chosen(registry, names);
    this.#brokers = brokers;
    this.#control = registry.brokers.filter((broker) => !brokers.includes(broker)).slice(0, CONTROL_BROKERS);
    this.#read = read;
    this.#connector = createConnector(options);
    this.#connector.on('call', (record) => {
      this.#records.push(record);
      if (this.#records.length > MOST_RECORDS) this.#records.shift();
    });
  }

  /** Probes every broker, all side by side; the read is made of those that are diagnosed only. */
  async look(signal?: AbortSignal): Promise<Looked> {
    const [members, control] = await Promise.all([
      Promise.all(this.#brokers.map((broker) => this.#lookAt(broker, this.#readOf(broker, signal), signal))),
      Promise.all(this.#control.map((broker) => this.#lookAt(broker, undefined, signal))),
    ]);
    return { members, control };
  }

  close(): Promise<void> {
    return this.#connector.close();
  }

  async #lookAt(broker: BrokerProfile, read: ProbeOrder['read'] | undefined, signal?: AbortSignal): Promise<Member> {
    const report = await probe({
      broker,
      address: addressOf(broker),
      clock: systemClock,
      signal,
      ...(read !== undefined && { read }),
    });
    return { facts: recordedFacts(broker, this.#records, systemClock.wallMs()), probe: report };
  }

  #readOf({ alias }: BrokerProfile, signal?: AbortSignal) {
    if (this.#read === undefined) return undefined;
    const { operation, message } = this.#read;
    const call = (deadlineMs: number) =>
      this.#connector.settle(alias, operation, message, { deadlineMs, ...(signal && { signal }) });
    return readStep({ operation, clock: systemClock, call });
  }
}
