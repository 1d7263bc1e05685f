import type { BrokerOptions } from '../../src/brokers/options.ts';
import { createConnector, type Connector } from '../../src/connector.ts';
import type { Fixture, FixtureAttempt } from '../../src/fixture/format.ts';
import { startSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';

/** Limits short enough for a fault that has to wait for them. */
export const SHORT = {
  timeouts: { connectMs: 400, headMs: 300, bodyIdleMs: 200 },
  retry: { baseMs: 0, capMs: 0, budget: 1 },
};

/** An attempt that is answered well. */
export const WELL: FixtureAttempt = { response: { status: 200, json: BALANCE } };

/** A fixture of samsung's account.balance. */
export function fixtureOf(attempts: readonly FixtureAttempt[], more: Partial<Fixture> = {}): Fixture {
  return {
    format: 1,
    broker: 'samsung',
    operation: 'account.balance',
    request: MESSAGES['account.balance'],
    attempts: [...attempts],
    ...more,
  };
}

/** A simulator, closed with the test. */
export async function simulate(
  fixtures: readonly Fixture[],
  options: Omit<SimulatorOptions, 'fixtures'> = {},
): Promise<Simulator> {
  const simulator = await startSimulator({ fixtures, ...options });
  atEnd(() => simulator.close());
  return simulator;
}

/** A connector for the brokers of a simulator, closed with the test. */
export function connectorFor(simulator: Simulator, more: Partial<BrokerOptions> = {}): Connector {
  const exco = createConnector({ brokers: simulator.brokers().map((each) => ({ ...each, ...SHORT, ...more })) });
  atEnd(() => exco.close());
  return exco;
}

/** What a call of account.balance came to: `an answer` or the fault, and the attempts it took. */
export async function balanceOf(exco: Connector, message: object = MESSAGES['account.balance']): Promise<string> {
  const settled = await exco.settle('samsung', 'account.balance' as string, message as Fixture['request']);
  if (settled.ok) return `an answer, ${String(settled.reply.meta.attempts)}`;
  return `${settled.error.fault}, ${String(settled.error.attempts)}`;
}
