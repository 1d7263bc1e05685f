import type { BrokerOptions } from '../brokers/options.ts';
import type { Fixture } from '../fixture/format.ts';
import { systemClock } from '../runtime/clock.ts';
import { CONTROL, control } from './control.ts';
import { Conversation } from './conversation.ts';
import { SimulatorError } from './error.ts';
import { cannotPlay, needsDoor } from './faults.ts';
import type { Line } from './line.ts';
import { Listener } from './listener.ts';
import { isNamed, labelOf } from '../fixture/label.ts';
import { checkOptions, type SimulatorOptions } from './options.ts';
import { openOwnPort } from './own-port.ts';
import { OwnPorts } from './own-ports.ts';
import { answerJson, type Behind } from './play.ts';
import type { HttpRequest } from './requests.ts';
import { mainSecurity, type Security } from './security.ts';
import { serveBroker, type Scene } from './serve.ts';
import { Stages } from './stages.ts';
import { Tally, type ReceivedRequest, type SimulatorCounts } from './tally.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_SEED = 1;

/** Hosts to listen on that are no address to dial. */
const ANY_HOST: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': 'localhost' };

function addressOf(host: string): string {
  const address = ANY_HOST[host] ?? host;
  return address.includes(':') ? `[${address}]` : address;
}

/**
 * Brokers on a real port that play fixtures.
 *
 * @example
 * const simulator = await startSimulator({ fixtures: loadFixtures('fixtures') });
 * simulator.latency('samsung', 150);
 * await simulator.close();
 */
export class Simulator {
  readonly #listener: Listener;
  readonly #security: Security | undefined;
  readonly #host: string;
  readonly #onRequest: SimulatorOptions['onRequest'];
  readonly #stages: Stages;
  readonly #ownPorts = new OwnPorts();
  readonly #tally = new Tally();

  constructor({ fixtures, host = DEFAULT_HOST, tls, seed = DEFAULT_SEED, onRequest }: SimulatorOptions) {
    this.#host = host;
    this.#onRequest = onRequest;
    this.#security = mainSecurity(tls, host);
    this.#stages = new Stages(fixtures, seed);
    this.#listener = new Listener({
      treat: () => ({ kind: 'converses', tls: this.#security?.server }),
      converse: (line) =>
        new Conversation(line, (...exchange) => {
          this.#answer(...exchange);
        }),
      clock: systemClock,
    });
  }

  /** The port of the brokers that need none of their own, and of the control endpoint. */
  get port(): number {
    return this.#listener.port;
  }

  /** Authority that clients are to trust, as PEM; `undefined` where the port speaks clear text. */
  get ca(): string | undefined {
    const ca = this.#security?.client.ca;
    return typeof ca === 'string' ? ca : undefined;
  }

  /** Address of the control endpoint. */
  get controlUrl(): string {
    return `${this.#origin(this.#security, this.port)}${CONTROL}`;
  }

  /** Names of the brokers, as the fixtures have them. */
  get aliases(): readonly string[] {
    return this.#stages.aliases;
  }

  /** The fixtures it was started with. */
  get fixtures(): readonly Fixture[] {
    return this.#stages.fixtures;
  }

  /** Connections that are open now, on all ports. */
  get open(): number {
    return this.#listener.open + this.#ownPorts.open;
  }

  /**
   * Starts to listen, on a port of its own for each broker whose every fixture needs one.
   *
   * @throws SimulatorError where a port cannot be had.
   */
  async listen(port: number): Promise<void> {
    await this.#listener.listen(port, this.#host);
    for (const { fixtures } of this.#stages.chosen(undefined)) {
      const first = fixtures.find((each) => cannotPlay(each) === undefined);
      if (first !== undefined && fixtures.every(needsDoor)) await this.play(first);
    }
  }

  /**
   * Address of a broker, which every operation's path is put behind. It changes with a fixture that needs a port of its own.
   *
   * @throws SimulatorError for a broker that is not there.
   */
  baseUrl(alias: string): string {
    const stage = this.#stages.of(alias);
    const own = this.#ownPorts.of(alias);
    const origin = own === undefined ? this.#origin(this.#security, this.port) : this.#origin(own.security, own.port);
    return `${origin}/v1/${encodeURIComponent(stage.alias)}`;
  }

  /** Every broker for `createConnector`: address, trust, and the settings that its fixtures assume. */
  brokers(): BrokerOptions[] {
    return [...this.#stages.chosen(undefined)].map((stage) => {
      const security = this.#ownPorts.of(stage.alias)?.security ?? this.#security;
      const options = stage.options(this.baseUrl(stage.alias));
      return security === undefined ? options : { ...options, tls: { ...options.tls, ...security.client } };
    });
  }

  /** Why no broker can play a fixture; `undefined` where one can. */
  cannotPlay(fixture: Fixture): string | undefined {
    return cannotPlay(fixture);
  }

  /**
   * Puts a fixture in force for its broker: it answers every request for its operation, whatever the message. It need not
   * be one of those that the simulator was started with.
   *
   * @throws SimulatorError where no broker can play it, or no port can be had for it.
   */
  async play(fixture: Fixture): Promise<void> {
    const why = cannotPlay(fixture);
    if (why !== undefined) {
      throw new SimulatorError(
        `${fixture.broker} ${fixture.operation} ${labelOf(fixture)}: cannot be played by a broker: ${why}`,
      );
    }
    const stage = this.#stages.for(fixture);
    const place = { host: this.#host, security: this.#security, clock: systemClock };
    const own = needsDoor(fixture)
      ? await openOwnPort(fixture, place, {
          met: () => {
            this.#tally.played(fixture);
          },
          converse: (line, attempt) => {
            this.#converseAt(line, { stage, due: { fixture, attempt } });
          },
        })
      : undefined;
    await this.#ownPorts.replace(stage.alias, own);
    stage.play(fixture);
    this.#stages.keep(stage);
  }

  /**
   * Puts the fixture of this note or file name in force for a broker; `undefined` puts all of them in force again, each for
   * the requests that it matches.
   *
   * @throws SimulatorError where there is no such broker or fixture, or no broker can play it.
   */
  async scenario(alias: string, name: string | undefined): Promise<void> {
    const stage = this.#stages.of(alias);
    if (name === undefined) {
      await this.#ownPorts.replace(alias, undefined);
      stage.play(undefined);
      return;
    }
    const fixture = stage.fixtures.find((each) => isNamed(each, name));
    if (fixture === undefined) {
      const names = stage.fixtures.map(labelOf).join(', ');
      throw new SimulatorError(`fixture: expected the note or the file of a fixture of ${stage.alias}: ${names}`);
    }
    await this.play(fixture);
  }

  /** Has every answer of a broker, or of all, come `ms` milliseconds later. */
  latency(alias: string | undefined, ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new TypeError('ms: expected milliseconds, 0 or more');
    for (const stage of this.#stages.chosen(alias)) stage.latencyMs = ms;
  }

  /** Has this share of a broker's requests, or of all brokers', end in HTTP 500; which ones the seed decides. */
  errorShare(alias: string | undefined, share: number): void {
    if (!(share >= 0 && share <= 1)) throw new TypeError('share: expected a number, 0 to 1');
    for (const stage of this.#stages.chosen(alias)) stage.errorShare = share;
  }

  counts(): SimulatorCounts {
    return this.#tally.counts();
  }

  /** The last 1,000 requests, oldest first; with everything in them. */
  received(): readonly ReceivedRequest[] {
    return this.#tally.lastReceived();
  }

  /** Forgets counts, requests and calls under way, and starts chance anew; scenarios, latency and error shares stay. */
  reset(): void {
    this.#tally.clear();
    this.#stages.rewind();
    this.#ownPorts.rewind();
  }

  /** Ends every connection and frees every port; then nothing of it keeps a process alive. */
  async close(): Promise<void> {
    await Promise.all([this.#listener.close(), this.#ownPorts.close()]);
  }

  #origin(security: Security | undefined, port: number): string {
    return `${security === undefined ? 'http' : 'https'}://${addressOf(this.#host)}:${String(port)}`;
  }

  #scene(): Scene {
    return { stages: this.#stages.byKey, fixtures: this.fixtures, tally: this.#tally, onRequest: this.#onRequest };
  }

  #answer(request: HttpRequest, line: Line, behind: Behind): void {
    if (!request.target.startsWith(`${CONTROL}/`)) {
      serveBroker(this.#scene(), request, line, behind);
      return;
    }
    void control(this, request).then(({ status, body }) => {
      answerJson(line, status, body, behind);
    });
  }

  /** A connection of an own port is good for one request, since the next attempt may need a door. */
  #converseAt(line: Line, at: NonNullable<Scene['at']>): void {
    const scene = { ...this.#scene(), at };
    new Conversation(
      line,
      (...exchange) => {
        serveBroker(scene, ...exchange);
      },
      true,
    );
  }
}

/**
 * Starts brokers on a real port that play fixtures: `/v1/{alias}` and behind it each operation's path. Of the fixtures that
 * match a request the least played one answers, its attempts in order for each `X-Request-Id`; where none does, the answer is
 * HTTP 501 naming the nearest.
 *
 * @throws TypeError naming an option that is wrong; SimulatorError where a port cannot be had.
 * @example
 * const simulator = await startSimulator({ fixtures: loadFixtures('fixtures') });
 * const connector = createConnector({ brokers: simulator.brokers() });
 * await connector.call('samsung', 'account.balance', message);
 * await connector.close();
 * await simulator.close();
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  checkOptions(options);
  const simulator = new Simulator(options);
  try {
    await simulator.listen(options.port ?? 0);
  } catch (error) {
    await simulator.close();
    throw error;
  }
  return simulator;
}
