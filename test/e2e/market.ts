import type { BrokerOptions, ConnectorOptions } from '../../src/brokers/options.ts';
import { createGateway, type Gateway } from '../../src/gateway/index.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { loadFixtures, startSimulator, type Fixture, type Simulator } from '../../src/testing/index.ts';

const FIXTURES = 'fixtures';

/** One fixture of the repository, such as `samsung/account.balance/answered`. */
export function fixture(name: string): Fixture {
  const found = loadFixtures(FIXTURES).find(({ file }) => file === `${FIXTURES}/${name}.json`);
  if (found === undefined) throw new Error(`there is no fixture ${name}`);
  return found;
}

/** A simulated broker with a TLS port of its own, which can go away and come back. */
export class SwitchableBroker {
  readonly #fixture: Fixture;
  readonly #port: number;
  #simulator: Simulator;

  private constructor(fixture: Fixture, simulator: Simulator) {
    this.#fixture = fixture;
    this.#port = simulator.port;
    this.#simulator = simulator;
  }

  static async start(fixture: Fixture): Promise<SwitchableBroker> {
    return new SwitchableBroker(fixture, await startSimulator({ fixtures: [fixture], tls: true }));
  }

  /** Its part of the configuration. */
  options(): BrokerOptions[] {
    return this.#simulator.brokers();
  }

  /** Nobody listens at its port from now on. */
  goDown(): Promise<void> {
    return this.#simulator.close();
  }

  /** Listens at the same port again. */
  async comeBack(): Promise<void> {
    this.#simulator = await startSimulator({ fixtures: [this.#fixture], tls: true, port: this.#port });
  }
}

/** A gateway that listens on loopback and closes without a wait. */
export async function openGateway(
  brokers: readonly BrokerOptions[],
  { port = 0, clock }: { readonly port?: number; readonly clock?: Clock } = {},
): Promise<{ readonly gateway: Gateway; readonly url: string }> {
  const gateway = createGateway(configOf(brokers), clock === undefined ? {} : { clock });
  return { gateway, url: await gateway.listen({ port }) };
}

/** These brokers, with limits that suit a test: an outage is seen, and over, within seconds. */
export function configOf(brokers: readonly BrokerOptions[]): ConnectorOptions {
  const quick = {
    retry: { baseMs: 0, capMs: 0 },
    breaker: { windowMs: 2_000, openMs: 1_000, maxOpenMs: 1_000 },
    timeouts: { connectMs: 2_000, headMs: 2_000 },
  };
  return { brokers: brokers.map((each) => ({ ...each, ...quick })), gateway: { drain: { noticeMs: 0 } } };
}

/** Makes the call of a fixture through the gateway, whatever comes of it. */
export async function callOnce(url: string, { broker, request }: Fixture): Promise<void> {
  const response = await fetch(`${url}/v1/${broker}/account/balance/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  await response.arrayBuffer();
}

/** Makes the calls of these fixtures through the gateway, ten of each a second; returns the function that ends it. */
export function keepCalling(url: string, fixtures: readonly Fixture[]): () => void {
  const timer = setInterval(() => {
    for (const each of fixtures) callOnce(url, each).catch(() => undefined);
  }, 100);
  return () => clearInterval(timer);
}
