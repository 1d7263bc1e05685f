import type { ConnectorOptions } from './brokers/options.ts';
import type { CallOptions } from './calling/arguments.ts';
import type { FanOut } from './calling/fan-out.ts';
import { Switchboard, type FanOutCall, type Surroundings } from './calling/switchboard.ts';
import { WITNESSES, type Witness } from './calling/witness.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { CallMemory } from './health/memory.ts';
import type { BrokerHealth, ConnectorHealth } from './model/health.ts';
import type { JsonObject } from './model/json.ts';
import type { AnswerOf, RequestOf } from './model/messages.ts';
import type { Operation } from './model/operation.ts';
import type { OperationName } from './model/operations.ts';
import type { ConnectorEvents } from './model/record.ts';
import type { Reply, Settled } from './model/reply.ts';
import { OnCall, type DiagnoseOptions } from './on-call.ts';
import { systemClock } from './runtime/clock.ts';
import { allowManyListeners } from './runtime/signals.ts';

/** An operation's name that is known only at run time; a literal that is no operation's name does not compile. */
type RuntimeName<Name extends string> = Name & (string extends Name ? unknown : never);

/** Calls brokers, and hands every fault on as one standard error. */
export interface Connector {
  /**
   * Asks `broker` (alias, synonym or comId) for `operation`: a name, whose messages are typed, or one made by
   * `defineOperation`. A name that is known only at run time will do too.
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
  call<Name extends string>(
    broker: string,
    operation: Operation | RuntimeName<Name>,
    message: JsonObject,
    options?: CallOptions,
  ): Promise<Reply>;

  /** As `call`, but a fault is a value: it never rejects with an `ExcoError`. */
  settle<Name extends OperationName>(
    broker: string,
    operation: Name,
    message: RequestOf<Name>,
    options?: CallOptions,
  ): Promise<Settled<AnswerOf<Name>>>;
  settle<Name extends string>(
    broker: string,
    operation: Operation | RuntimeName<Name>,
    message: JsonObject,
    options?: CallOptions,
  ): Promise<Settled>;

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
  pages<Name extends string>(
    broker: string,
    operation: Operation | RuntimeName<Name>,
    message: JsonObject,
    options?: CallOptions,
  ): AsyncGenerator<Reply, void, undefined>;

  /**
   * How `broker` (alias, synonym or comId) fares, by the calls of the last five minutes; nothing is dialled for it. Without
   * a name all configured brokers, and whether a fault that several of them show at once is ours. Plain data for JSON.
   *
   * @throws TypeError for a name that no broker has.
   */
  health(broker: string): BrokerHealth;
  health(): ConnectorHealth;

  /**
   * What is wrong with `broker` (alias, synonym or comId), whose fault it is, and what to do: judged by its last calls, by
   * those to all other brokers, and by asking it step by step (dns, tcp, tls, http, and the read that is given), within
   * `options.deadlineMs`. Never a write.
   *
   * @throws TypeError for a name that no broker has, and for a read that is a write.
   * @example
   * const { verdict, blame, since, next } = await exco.diagnose('samsung');
   */
  diagnose(broker: string, options?: DiagnoseOptions): Promise<Diagnosis>;

  /** Hears of every call, attempt or change of a circuit; the function returned removes the listener. */
  on<Name extends keyof ConnectorEvents>(event: Name, listener: (record: ConnectorEvents[Name]) => void): () => void;

  /** Closes idle sockets at once and the others when their calls are over; then nothing of it keeps a process alive. */
  close(): Promise<void>;
}

/**
 * Makes a connector for the brokers of `options`; nothing is dialled yet.
 *
 * @throws ConfigError naming every path that is wrong and what was expected there.
 * @example
 * const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl: 'http://127.0.0.1:9/v1/samsung' }] });
 * const settled = await exco.settle('samsung', 'account.balance', message, { deadlineMs: 8_000 });
 * console.log(settled.ok ? settled.reply.data : settled.error.fault);
 * await exco.close();
 */
export function createConnector(options: ConnectorOptions): Connector {
  return wireConnector(options, {});
}

function healthOf(onCall: OnCall): Connector['health'] {
  function health(broker: string): BrokerHealth;
  function health(): ConnectorHealth;
  function health(broker?: string): BrokerHealth | ConnectorHealth {
    return broker === undefined ? onCall.health() : onCall.brokerHealth(broker);
  }
  return health;
}

/** What a connector has from outside. */
export interface Wiring extends Surroundings {
  /** What connectors before it have learned of their brokers, to be gone on with; by default nothing. */
  readonly memory?: CallMemory;
}

/** As `createConnector`, with a clock, a name look-up and a memory from outside. */
export function wireConnector(options: ConnectorOptions, { memory, ...surroundings }: Wiring): Connector {
  const witnesses = new Set<Witness>();
  const onCall = new OnCall(() => switchboard, surroundings.clock ?? systemClock, memory);
  const switchboard: Switchboard = new Switchboard(options, {
    witnesses,
    ...surroundings,
    ended: (end) => {
      onCall.ended(end);
    },
    certificateSeen: (broker, endMs) => {
      onCall.certificateSeen(broker, endMs);
    },
  });
  const connector: Connector = {
    call: (...args: Parameters<Switchboard['call']>) => switchboard.call(...args),
    settle: (...args: Parameters<Switchboard['settle']>) => switchboard.settle(...args),
    fanOut(calls, common) {
      allowManyListeners(common?.signal);
      return switchboard.fanOut(calls, common);
    },
    pages: (...args: Parameters<Switchboard['pages']>) => switchboard.pages(...args),
    health: healthOf(onCall),
    diagnose: (broker, how) => onCall.diagnose(broker, how),
    on: (event, listener) => switchboard.on(event, listener),
    close: () => switchboard.close(),
  };
  return Object.defineProperty(connector, WITNESSES, { value: witnesses });
}
