import { isConfigError } from '../brokers/config-error.ts';
import type { ConnectorOptions } from '../brokers/options.ts';
import type { FanOutArrival } from '../calling/fan-out.ts';
import type { Operation } from '../model/operation.ts';
import { OPERATIONS } from '../model/operations.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import { InFlight } from './admission.ts';
import { createApp } from './app.ts';
import { addCallRoutes } from './call-routes.ts';
import type { Exchange } from './exchange.ts';
import { forceOf, type Force } from './force.ts';
import { levelOf, requestLine, type Level, type Log, type LogLine, type Result } from './log.ts';
import { Metrics } from './metrics.ts';
import { routesFor } from './paths.ts';
import { needsRestart } from './settings.ts';
import { closeDoor, renewCertificates } from './server.ts';
import { StatusStream } from './status-stream.ts';
import { Watch } from './watch.ts';
import { addWatchRoutes, boardWords } from './watch-routes.ts';

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

/** Stands in logs for a name that nothing is configured under. */
const UNKNOWN = 'unknown';

/** A gateway's parts, and how they hang together. */
class HttpGateway implements Gateway {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #inFlight = new InFlight();
  readonly #watch: Watch;
  readonly #metrics: Metrics;
  readonly #stream: StatusStream;
  readonly #operations: readonly Operation[];
  readonly #app: ReturnType<typeof createApp>;
  #force: Force;
  #state: 'new' | 'ready' | 'draining' = 'new';
  #closed: Promise<void> | undefined;

  constructor(
    config: ConnectorOptions,
    { operations = [], log = () => undefined, processMetrics = false, clock = systemClock }: GatewaySurroundings,
  ) {
    this.#clock = clock;
    this.#log = log;
    this.#watch = new Watch(clock);
    this.#metrics = new Metrics({ inFlight: () => this.#inFlight.count, isReady: () => this.isReady });
    if (processMetrics) this.#metrics.watchProcess();
    this.#stream = new StatusStream(clock, boardWords(this.#watch));
    this.#force = this.#enforce(forceOf(config));
    this.#operations = [...operations, ...Object.values<Operation>(OPERATIONS)];
    this.#app = this.#build(this.#operations);
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  async listen({ port, host }: ListenOptions = {}): Promise<string> {
    const { settings } = this.#force;
    const url = await this.#app.listen({ port: port ?? settings.port, host: host ?? settings.host });
    this.#state = 'ready';
    this.#say('info', 'listening', { url });
    return url;
  }

  async reload(config: ConnectorOptions | Promise<ConnectorOptions>): Promise<void> {
    let before: Force;
    try {
      const next = forceOf(await config);
      before = this.#force;
      this.#force = this.#enforce(next);
    } catch (error) {
      this.#metrics.reloadRefused();
      const expected = isConfigError(error) ? error.issues.map((issue) => `${issue.path}: ${issue.expected}`) : [];
      this.#say('error', 'reload-refused', { expected });
      throw error;
    }
    const { settings: next, registry } = this.#force;
    renewCertificates(this.#app.server, next);
    this.#say('info', 'reloaded', {
      brokers: registry.brokers.length,
      needsRestart: needsRestart(before.settings, next),
    });
    // Ends by itself when its last call has; nobody waits for it.
    void before.connector.close();
  }

  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  #enforce(force: Force): Force {
    const { connector, registry } = force;
    this.#watch.follow(registry.brokers);
    this.#metrics.reloaded(
      registry.brokers.map(({ alias }) => alias),
      this.#clock.wallMs(),
    );
    connector.on('call', (record) => {
      this.#metrics.called(record);
      this.#watch.saw(record);
    });
    connector.on('state', (record) => {
      this.#metrics.changed(record);
      this.#watch.changed(record);
    });
    return force;
  }

  #build(operations: readonly Operation[]) {
    const force = () => this.#force;
    const isReady = () => this.isReady;
    const app = createApp({
      clock: this.#clock,
      routes: routesFor(operations),
      force,
      over: (exchange, end) => this.#over(exchange, end),
      unreadable: (status, requestId) => {
        this.#metrics.unreadable(status);
        this.#say('info', 'unreadable', { status, requestId });
      },
    });
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.#state === 'draining') reply.raw.setHeader('Connection', 'close');
      done();
    });
    const arrived = (arrival: FanOutArrival, requestId: string) => this.#arrived(arrival, requestId);
    addCallRoutes(app, { clock: this.#clock, force, inFlight: this.#inFlight, operations, arrived });
    addWatchRoutes(app, { force, health: this.#watch, metrics: this.#metrics, stream: this.#stream, isReady });
    return app;
  }

  #over(exchange: Exchange, end: { status: number; result: Result; elapsedMs: number }): void {
    this.#inFlight.leave(exchange.inFlight);
    this.#metrics.answered(exchange.route, end.status);
    const line = requestLine(exchange, end);
    if (line !== undefined) this.#say(line.level, 'request', line);
  }

  #arrived(arrival: FanOutArrival, requestId: string): void {
    const { index } = arrival;
    // A name from outside must not reach a log: it may be anything.
    const broker = this.#force.registry.find(arrival.broker)?.alias ?? UNKNOWN;
    const operation = this.#operations.some(({ name }) => name === arrival.operation) ? arrival.operation : UNKNOWN;
    const error = arrival.ok ? undefined : arrival.error;
    const level = levelOf(error === undefined ? {} : { error }, error?.httpStatus ?? 200);
    const failed = error === undefined ? {} : { code: error.code, fault: error.fault, blame: error.blame };
    const result = arrival.ok ? 'ok' : 'error';
    this.#say(level, 'call', { requestId: `${requestId}.${String(index)}`, broker, operation, result, ...failed });
  }

  async #drain(): Promise<void> {
    const { noticeMs, mostMs } = this.#force.settings.drain;
    const wasReady = this.isReady;
    this.#state = 'draining';
    this.#say('info', 'draining', { inFlight: this.#inFlight.count });
    this.#stream.close();
    if (wasReady && noticeMs > 0) await new Promise<void>((resolve) => void this.#clock.after(noticeMs, resolve));
    const limit = this.#clock.after(mostMs, () => {
      this.#app.server.closeAllConnections();
    });
    if (wasReady) await closeDoor(this.#app.server);
    limit.cancel();
    await this.#app.close();
    await this.#force.connector.close();
    this.#say('info', 'drained', { inFlight: this.#inFlight.count });
  }

  #say(
    level: Level,
    event: LogLine['event'],
    fields: Readonly<Record<string, string | number | boolean | readonly string[]>>,
  ): void {
    this.#log({ schema: 1, at: new Date(this.#clock.wallMs()).toISOString(), level, event, ...fields });
  }
}

/**
 * Makes a gateway for the brokers of `config`; it listens when it is told to.
 *
 * @throws ConfigError naming every path that is wrong and what was expected there.
 * @example
 * const gateway = createGateway({ brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1/samsung' }] });
 * console.log(await gateway.listen({ port: 0 }));
 * await gateway.close();
 */
export function createGateway(config: ConnectorOptions, surroundings: GatewaySurroundings = {}): Gateway {
  return new HttpGateway(config, surroundings);
}
