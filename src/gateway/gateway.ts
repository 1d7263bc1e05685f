import type { ConnectorOptions } from '../brokers/options.ts';
import type { Operation } from '../model/operation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Log } from './log.ts';

/** What a gateway has of its program. */
export interface GatewaySurroundings {
  /** Operations of one's own, beside those of the message standard. */
  readonly operations?: readonly Operation[];
  /** Hears of every request and every change; default nobody. It must not throw. */
  readonly log?: Log;
  /** Shows the figures of the process itself at `/metrics`; for a process that has one gateway. Default false. */
  readonly processMetrics?: boolean;
  readonly clock?: Clock;
}

/** Where a gateway listens, over what its configuration says. */
export interface ListenOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** The connector over HTTP. */
export interface Gateway {
  /**
   * Opens the door; resolves to its address, such as `http://127.0.0.1:8080`.
   *
   * @throws Error with a `code` such as EADDRINUSE.
   */
  listen(options?: ListenOptions): Promise<string>;
  /**
   * Puts another configuration in force. Calls under way end under the one they began with; circuits begin anew. Host,
   * port, and the limits of the listener stay as they were when it opened.
   *
   * @throws ConfigError naming every path that is wrong, or what `config` rejected with; then everything stays as it is.
   */
  reload(config: ConnectorOptions | Promise<ConnectorOptions>): Promise<void>;
  /** Whether it takes calls: after `listen`, and until it drains. */
  readonly isReady: boolean;
  /**
   * Goes in order: readiness falls, callers are told with every answer to come by another way, then the door closes and
   * calls under way end. Resolves when the last one has, or when `drain.mostMs` is over.
   */
  close(): Promise<void>;
}
