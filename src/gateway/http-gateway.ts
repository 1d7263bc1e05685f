import { isConfigError } from '../brokers/config-error.ts';
import type { ConnectorOptions } from '../brokers/options.ts';
import type { Operation } from '../model/operation.ts';
import { OPERATIONS } from '../model/operations.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import { InFlight } from './admission.ts';
import { createApp } from './app.ts';
import { addCallRoutes } from './call-routes.ts';
import { Diagnoses } from './diagnoses.ts';
import type { Force } from './force.ts';
import type { Gateway, GatewaySurroundings, ListenOptions } from './gateway.ts';
import { InForce } from './in-force.ts';
import { Journal } from './journal.ts';
import { Metrics } from './metrics.ts';
import { routesFor } from './paths.ts';
import { needsRestart } from './settings.ts';
import { closeDoor, renewCertificates } from './server.ts';
import { StatusStream } from './status-stream.ts';
import { Watch } from './watch.ts';
import { addWatchRoutes, boardWords } from './watch-routes.ts';

/** A gateway's parts, and how they hang together. */
class HttpGateway implements Gateway {
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #inFlight = new InFlight();
  readonly #watch: Watch;
  readonly #metrics: Metrics;
  readonly #stream: StatusStream;
  readonly #inForce: InForce;
  readonly #app: ReturnType<typeof createApp>;
  #state: 'new' | 'ready' | 'draining' = 'new';
  #closed: Promise<void> | undefined;

  constructor(
    config: ConnectorOptions,
    { operations = [], log = () => undefined, processMetrics = false, clock = systemClock }: GatewaySurroundings,
  ) {
    this.#clock = clock;
    this.#journal = new Journal(clock, log);
    this.#watch = new Watch(clock, () => this.#force);
    this.#metrics = new Metrics({ inFlight: () => this.#inFlight.count, isReady: () => this.isReady });
    if (processMetrics) this.#metrics.watchProcess();
    this.#stream = new StatusStream(clock, boardWords(this.#watch));
    this.#inForce = new InForce(config, { clock, metrics: this.#metrics, watch: this.#watch });
    this.#app = this.#build([...operations, ...Object.values<Operation>(OPERATIONS)]);
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  async listen({ port, host }: ListenOptions = {}): Promise<string> {
    const { settings } = this.#force;
    const url = await this.#app.listen({ port: port ?? settings.port, host: host ?? settings.host });
    this.#state = 'ready';
    this.#journal.say('info', 'listening', { url });
    return url;
  }

  async reload(config: ConnectorOptions | Promise<ConnectorOptions>): Promise<void> {
    const before = await this.#replaced(config);
    const { settings: next, registry } = this.#force;
    renewCertificates(this.#app.server, next);
    this.#journal.say('info', 'reloaded', {
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

  get #force(): Force {
    return this.#inForce.now;
  }

  async #replaced(config: ConnectorOptions | Promise<ConnectorOptions>): Promise<Force> {
    try {
      return await this.#inForce.replace(config);
    } catch (error) {
      this.#metrics.reloadRefused();
      const expected = isConfigError(error) ? error.issues.map((issue) => `${issue.path}: ${issue.expected}`) : [];
      this.#journal.say('error', 'reload-refused', { expected });
      throw error;
    }
  }

  #build(operations: readonly Operation[]) {
    const [clock, force, inFlight] = [this.#clock, () => this.#force, this.#inFlight] as const;
    const app = createApp({
      clock,
      routes: routesFor(operations),
      force,
      over: (exchange, end) => {
        inFlight.leave(exchange.inFlight);
        this.#metrics.answered(exchange.route, end.status);
        this.#journal.request(exchange, end);
      },
      unreadable: (status, requestId) => {
        this.#metrics.unreadable(status);
        this.#journal.say('info', 'unreadable', { status, requestId });
      },
    });
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.#state === 'draining') reply.header('Connection', 'close');
      done();
    });
    addCallRoutes(app, {
      clock,
      force,
      inFlight,
      operations,
      arrived: (arrival, requestId) => this.#journal.call(arrival, requestId, operations, this.#force),
    });
    addWatchRoutes(app, {
      health: this.#watch,
      diagnoses: new Diagnoses(force),
      metrics: this.#metrics,
      stream: this.#stream,
      isReady: () => this.isReady,
    });
    return app;
  }

  async #drain(): Promise<void> {
    const { noticeMs, mostMs } = this.#force.settings.drain;
    const wasReady = this.isReady;
    this.#state = 'draining';
    if (wasReady) this.#journal.say('info', 'draining', { inFlight: this.#inFlight.count });
    this.#stream.close();
    if (wasReady && noticeMs > 0) await new Promise<void>((resolve) => void this.#clock.after(noticeMs, resolve));
    const limit = this.#clock.after(mostMs, () => {
      this.#app.server.closeAllConnections();
    });
    if (wasReady) await closeDoor(this.#app.server);
    limit.cancel();
    await this.#app.close();
    await this.#force.connector.close();
    if (wasReady) this.#journal.say('info', 'drained', { inFlight: this.#inFlight.count });
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
