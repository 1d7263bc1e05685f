import type { FanOutArrival } from '../calling/fan-out.ts';
import type { Operation } from '../model/operation.ts';
import { instantOf } from '../runtime/instant.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Exchange } from './exchange.ts';
import type { Force } from './force.ts';
import { levelOf, requestLine, type Level, type Log, type LogLine, type Result } from './log.ts';

/** Stands in logs for a name that nothing is configured under. */
const UNKNOWN = 'unknown';

type Fields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Puts into lines what happens at a gateway. */
export class Journal {
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  say(level: Level, event: LogLine['event'], fields: Fields): void {
    this.#log({ schema: 1, at: instantOf(this.#clock.wallMs()), level, event, ...fields });
  }

  /** A request is over. */
  request(exchange: Exchange, end: { status: number; result: Result; elapsedMs: number }): void {
    const line = requestLine(exchange, end);
    if (line !== undefined) this.say(line.level, 'request', line);
  }

  /** A call of a fan-out is over. */
  call(arrival: FanOutArrival, requestId: string, operations: readonly Operation[], { registry }: Force): void {
    const { index } = arrival;
    // A name from outside must not reach a log: it may be anything.
    const broker = registry.find(arrival.broker)?.alias ?? UNKNOWN;
    const operation = operations.some(({ name }) => name === arrival.operation) ? arrival.operation : UNKNOWN;
    const error = arrival.ok ? undefined : arrival.error;
    const level = levelOf(error === undefined ? {} : { error }, error?.httpStatus ?? 200);
    const failed = error === undefined ? {} : { code: error.code, fault: error.fault, blame: error.blame };
    const result = arrival.ok ? 'ok' : 'error';
    this.say(level, 'call', { requestId: `${requestId}.${String(index)}`, broker, operation, result, ...failed });
  }
}
