import type { ConnectorOptions } from '../brokers/options.ts';
import { namedBrokers } from '../brokers/registry.ts';
import { loadCp949 } from '../flow/charset.ts';
import { withPlaced } from '../flow/paging.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { CallEnd } from '../model/health.ts';
import type { Placed } from '../model/paging.ts';
import type { ConnectorEvents } from '../model/record.ts';
import type { Reply, Settled } from '../model/reply.ts';
import { CommonFaults } from '../resilience/common-fault.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import { EventHub } from '../runtime/events.ts';
import type { Lookup } from '../transport/address.ts';
import { createTransport } from '../transport/client.ts';
import type { OpenWire } from '../transport/open-wire.ts';
import {
  checkBrokerName,
  checkMessage,
  checkOperation,
  checkOptions,
  type CallOptions,
  type OperationLike,
} from './arguments.ts';
import { Conversation, type Workshop } from './caller.ts';
import { gather, type FanOut } from './fan-out.ts';
import { BrokerGate } from './gate.ts';
import { OpenCalls } from './open-calls.ts';
import { pagesOf } from './pages.ts';
import type { Call } from './ready.ts';
import { placedPages, type Page } from './placed-pages.ts';
import type { Witness } from './witness.ts';

/** One call of a fan-out. */
export interface FanOutCall {
  readonly broker: string;
  readonly operation: OperationLike;
  readonly message: JsonObject;
  readonly options?: CallOptions;
}

/** What a connector takes from its surroundings; only tests give their own. */
export interface Surroundings {
  readonly clock?: Clock;
  readonly lookup?: Lookup;
  /** What carries the requests; by default chosen for each of them. */
  readonly wire?: OpenWire;
  readonly witnesses?: ReadonlySet<Witness>;
  /** Told of the end of every call. */
  readonly ended?: (end: CallEnd) => void;
  /** Told when the certificate of a broker ends, in milliseconds since 1970, each time it is shown. */
  readonly certificateSeen?: (broker: string, endMs: number) => void;
}

const NOBODY = (): void => undefined;

function checkCalls(calls: readonly FanOutCall[]): readonly FanOutCall[] {
  const given: unknown = calls;
  if (Array.isArray(given) && given.every(isJsonObject)) return calls;
  throw new TypeError('calls: expected a list of { broker, operation, message }');
}

/** What arguments throw that cannot be read: their own getters are somebody else's code. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new TypeError('call: expected arguments that can be read', { cause: thrown });
}

function replyOf(settled: Settled): Reply {
  if (!settled.ok) throw settled.error;
  return settled.reply;
}

const EVENTS: readonly string[] = ['call', 'attempt', 'state'] satisfies (keyof ConnectorEvents)[];

/** Takes calls: finds the broker and the operation, keeps what calls share, and ends it all. */
export class Switchboard {
  readonly #gates: readonly BrokerGate[];
  /** By each name of a broker, in lower case. */
  readonly #byName: ReadonlyMap<string, BrokerGate | undefined>;
  readonly #workshop: Workshop;

  constructor(
    options: ConnectorOptions,
    {
      clock = systemClock,
      lookup,
      wire,
      witnesses = new Set(),
      ended = NOBODY,
      certificateSeen = NOBODY,
    }: Surroundings,
  ) {
    loadCp949();
    const events = new EventHub<ConnectorEvents>();
    const { brokers, byName } = namedBrokers(options);
    const transport = createTransport(clock, wire);
    this.#workshop = { clock, events, transport, witnesses, ended, open: new OpenCalls() };
    const changed = (record: ConnectorEvents['state']) => {
      events.emit('state', record);
    };
    const common = new CommonFaults();
    const gates = new Map(
      brokers.map((broker) => [broker, new BrokerGate(broker, { clock, changed, common, lookup, certificateSeen })]),
    );
    this.#gates = [...gates.values()];
    this.#byName = new Map([...byName].map(([name, broker]) => [name, gates.get(broker)]));
  }

  settle(broker: string, operation: OperationLike, message: unknown, options: CallOptions = {}): Promise<Settled> {
    try {
      return new Conversation(this.#callOf(broker, operation, message, options), this.#workshop).settle();
    } catch (error) {
      return Promise.reject(asError(error));
    }
  }

  /** Throws an `ExcoError`, as a page of a list does. */
  call(broker: string, operation: OperationLike, message: unknown, options: CallOptions = {}): Promise<Reply> {
    return this.settle(broker, operation, message, options).then(replyOf);
  }

  /** Every call is checked and made ready before the first of them is sent. */
  fanOut(calls: readonly FanOutCall[], options: CallOptions = {}): FanOut {
    const common = checkOptions(options);
    const ready = checkCalls(calls).map(({ broker, operation, message, options: own = {} }, index) => {
      const call = this.#callOf(broker, operation, message, { ...common, ...checkOptions(own) });
      const place = { index, broker: call.gate?.profile.alias ?? call.brokerName, operation: call.operationName };
      return { ...place, conversation: new Conversation(call, this.#workshop) };
    });
    return gather(ready.map(({ conversation, ...place }) => ({ ...place, settled: conversation.settle() })));
  }

  pages(broker: string, operation: OperationLike, message: unknown, options: CallOptions = {}) {
    const known = this.#callOf(broker, operation, message, options);
    const { paging } = known.gate?.profile ?? {};
    if (paging !== undefined && known.operation !== undefined)
      return placedPages(paging, known.operation, (placed) => this.#page(known, placed));
    return pagesOf(known.operation, known.message, (each) => this.call(broker, operation, each, options));
  }

  on<Name extends keyof ConnectorEvents>(event: Name, listener: (record: ConnectorEvents[Name]) => void): () => void {
    if (!EVENTS.includes(event)) throw new TypeError(`event: expected one of ${EVENTS.join(', ')}`);
    if (typeof listener !== 'function') throw new TypeError('listener: expected a function');
    return this.#workshop.events.on(event, listener);
  }

  /** The gates of all brokers, in the order of the configuration. */
  get gates(): readonly BrokerGate[] {
    return this.#gates;
  }

  /** The gate of a broker by any of its names; `undefined` where nobody has it. */
  gateOf(broker: string): BrokerGate | undefined {
    return this.#byName.get(checkBrokerName(broker).toLowerCase());
  }

  async close(): Promise<void> {
    const over = this.#workshop.open.close();
    for (const gate of this.#gates) gate.close(false);
    await over;
    for (const gate of this.#gates) gate.close(true);
  }

  async #page(call: Call, placed: readonly Placed[]): Promise<Page> {
    const conversation = new Conversation(
      { ...call, message: withPlaced(call.message, placed), placed },
      this.#workshop,
    );
    const settled = await conversation.settle();
    return { reply: replyOf(settled), next: conversation.next };
  }

  #callOf(broker: unknown, operation: unknown, message: unknown, options: CallOptions): Call {
    const brokerName = checkBrokerName(broker);
    const gate = this.gateOf(brokerName);
    const known = checkOperation(operation, gate?.profile);
    return {
      brokerName,
      gate,
      operationName: known?.name ?? String(operation),
      operation: known,
      message: checkMessage(message),
      options: checkOptions(options),
    };
  }
}
