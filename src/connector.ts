import type { LookupFunction } from 'node:net';
import {
  checkBrokerName,
  checkMessage,
  checkOperation,
  checkOptions,
  type CallOptions,
  type OperationLike,
} from './calling/arguments.ts';
import { Conversation, type Call, type Workshop } from './calling/caller.ts';
import { gather, type FanOut } from './calling/fan-out.ts';
import { BrokerGate } from './calling/gate.ts';
import { pagesOf } from './calling/pages.ts';
import { createRegistry } from './brokers/registry.ts';
import type { ConnectorOptions } from './brokers/options.ts';
import { isJsonObject, type JsonObject } from './model/json.ts';
import type { AnswerOf, RequestOf } from './model/messages.ts';
import type { Operation } from './model/operation.ts';
import type { OperationName } from './model/operations.ts';
import type { ConnectorEvents } from './model/record.ts';
import type { Reply, Settled } from './model/reply.ts';
import { systemClock, type Clock } from './runtime/clock.ts';
import { EventHub } from './runtime/events.ts';
import { createTransport } from './transport/client.ts';

/** One call of a fan-out. */
export interface FanOutCall {
  readonly broker: string;
  readonly operation: OperationLike;
  readonly message: JsonObject;
  readonly options?: CallOptions;
}

/** Calls brokers, and hands every fault on as one standard error. */
export interface Connector {
  /**
   * Asks `broker` (alias, synonym or comId) for `operation`.
   *
   * @throws ExcoError for every fault of table B and C; the reason of `options.signal` when the caller gives up;
   * TypeError for arguments of the wrong shape.
   */
  call<Name extends OperationName>(
    broker: string,
    operation: Name,
    message: RequestOf<Name>,
    options?: CallOptions,
  ): Promise<Reply<AnswerOf<Name>>>;
  call(broker: string, operation: Operation, message: JsonObject, options?: CallOptions): Promise<Reply>;

  /** As `call`, but a fault is a value: it never rejects with an `ExcoError`. */
  settle<Name extends OperationName>(
    broker: string,
    operation: Name,
    message: RequestOf<Name>,
    options?: CallOptions,
  ): Promise<Settled<AnswerOf<Name>>>;
  settle(broker: string, operation: Operation, message: JsonObject, options?: CallOptions): Promise<Settled>;

  /**
   * Many calls side by side. Await it for all of them in the order given, or iterate over it in order of arrival.
   *
   * @throws TypeError at once, before any of them is sent, when one has arguments of the wrong shape.
   */
  fanOut(calls: readonly FanOutCall[], options?: CallOptions): FanOut;

  /** The pages of a query, one call each; `options.deadlineMs` is the time of each page. Throws as `call` does. */
  pages<Name extends OperationName>(
    broker: string,
    operation: Name,
    message: RequestOf<Name>,
    options?: CallOptions,
  ): AsyncGenerator<Reply<AnswerOf<Name>>, void, undefined>;
  pages(
    broker: string,
    operation: Operation,
    message: JsonObject,
    options?: CallOptions,
  ): AsyncGenerator<Reply, void, undefined>;

  /** Hears of every call, attempt or change of a circuit; the function returned removes the listener. */
  on<Name extends keyof ConnectorEvents>(event: Name, listener: (record: ConnectorEvents[Name]) => void): () => void;

  /** Closes idle sockets at once and the others when their calls are over; then nothing of it keeps a process alive. */
  close(): Promise<void>;
}

/** What a connector takes from its surroundings; only tests give their own. */
export interface Surroundings {
  readonly clock?: Clock;
  readonly lookup?: LookupFunction;
}

function checkCalls(calls: readonly FanOutCall[]): readonly FanOutCall[] {
  const given: unknown = calls;
  if (Array.isArray(given) && given.every(isJsonObject)) return calls;
  throw new TypeError('calls: expected a list of { broker, operation, message }');
}

const EVENTS: readonly string[] = ['call', 'attempt', 'state'] satisfies (keyof ConnectorEvents)[];

/** The parts of a connector and how they are put together. */
class WiredConnector {
  readonly #gates = new Map<object, BrokerGate>();
  readonly #registry: ReturnType<typeof createRegistry>;
  readonly #workshop: Workshop;
  readonly #open = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: ConnectorOptions, { clock = systemClock, lookup }: Surroundings) {
    const events = new EventHub<ConnectorEvents>();
    this.#registry = createRegistry(options);
    this.#workshop = { clock, events, transport: createTransport(clock) };
    for (const broker of this.#registry.brokers) {
      this.#gates.set(
        broker,
        new BrokerGate(
          broker,
          clock,
          (record) => {
            events.emit('state', record);
          },
          lookup,
        ),
      );
    }
  }

  async settle(
    broker: string,
    operation: OperationLike,
    message: unknown,
    options: CallOptions = {},
  ): Promise<Settled> {
    return this.#start(this.#callOf(broker, operation, message, options));
  }

  /** The only place that throws an `ExcoError`. */
  async call(broker: string, operation: OperationLike, message: unknown, options: CallOptions = {}): Promise<Reply> {
    const settled = await this.settle(broker, operation, message, options);
    if (!settled.ok) throw settled.error;
    return settled.reply;
  }

  fanOut(calls: readonly FanOutCall[], options: CallOptions = {}): FanOut {
    const checked = checkCalls(calls).map(({ broker, operation, message, options: own }) =>
      this.#callOf(broker, operation, message, { ...options, ...own }),
    );
    return gather(
      checked.map((call, index) => ({
        index,
        broker: call.gate?.profile.alias ?? call.brokerName,
        operation: call.operationName,
        settled: this.#start(call),
      })),
    );
  }

  pages(broker: string, operation: OperationLike, message: unknown, options: CallOptions = {}) {
    const known = this.#callOf(broker, operation, message, options);
    return pagesOf(known.operation, known.message, (each) => this.call(broker, operation, each, options));
  }

  on<Name extends keyof ConnectorEvents>(event: Name, listener: (record: ConnectorEvents[Name]) => void): () => void {
    if (!EVENTS.includes(event)) throw new TypeError(`event: expected one of ${EVENTS.join(', ')}`);
    if (typeof listener !== 'function') throw new TypeError('listener: expected a function');
    return this.#workshop.events.on(event, listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const gate of this.#gates.values()) gate.close(false);
    await Promise.allSettled(this.#open);
    for (const gate of this.#gates.values()) gate.close(true);
  }

  #callOf(broker: unknown, operation: unknown, message: unknown, options: CallOptions): Call {
    const brokerName = checkBrokerName(broker);
    const known = checkOperation(operation);
    const profile = this.#registry.find(brokerName);
    return {
      brokerName,
      gate: profile === undefined ? undefined : this.#gates.get(profile),
      operationName: known?.name ?? String(operation),
      operation: known,
      message: checkMessage(message),
      options: checkOptions(options),
    };
  }

  #start(call: Call): Promise<Settled> {
    if (this.#isClosed) return Promise.reject(new TypeError('connector: expected a call before close()'));
    const settled = new Conversation(call, this.#workshop).settle();
    this.#open.add(settled);
    const forget = () => this.#open.delete(settled);
    settled.then(forget, forget);
    return settled;
  }
}

/**
 * Makes a connector for the brokers of `options`; nothing is dialled yet.
 *
 * @throws ConfigError naming every path that is wrong and what was expected there.
 * @example
 * const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1/samsung' }] });
 * const { data, meta } = await exco.call('samsung', 'account.balance', message, { deadlineMs: 8_000 });
 */
export function createConnector(options: ConnectorOptions): Connector {
  return wireConnector(options, {});
}

/** As `createConnector`, with a clock and a name look-up from outside. */
export function wireConnector(options: ConnectorOptions, surroundings: Surroundings): Connector {
  const wired = new WiredConnector(options, surroundings);
  return {
    call: (...args: Parameters<WiredConnector['call']>) => wired.call(...args),
    settle: (...args: Parameters<WiredConnector['settle']>) => wired.settle(...args),
    fanOut: (calls, common) => wired.fanOut(calls, common),
    pages: (...args: Parameters<WiredConnector['pages']>) => wired.pages(...args),
    on: (event, listener) => wired.on(event, listener),
    close: () => wired.close(),
  };
}
