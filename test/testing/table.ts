import type { BrokerOptions } from '../../src/brokers/options.ts';
import { createConnector, type Connector } from '../../src/connector.ts';
import type { Fault } from '../../src/catalog/faults.ts';
import type { Fixture } from '../../src/fixture/format.ts';
import type { Settled } from '../../src/model/reply.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { loadFixtures, type LoadedFixture } from '../../src/testing/load.ts';
import { MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';

/** Every fixture of the project. */
export const FIXTURES: readonly LoadedFixture[] = loadFixtures('fixtures');

/** The rows of a table test: the file's name, and what stands in it. */
export const ROWS = FIXTURES.map((fixture) => [fixture.file, fixture] as const);

/** What a call came to: the same terms for every way of getting there. */
export function resultOf(settled: Settled): unknown {
  if (!settled.ok) {
    const { error } = settled;
    return { error: error.toJSON(), fault: error.fault, attempts: error.attempts };
  }
  const { data, meta } = settled.reply;
  const { httpStatus, respMsg, warnings, itemFailures, attempts } = meta;
  return { data, httpStatus, respMsg, warnings, itemFailures, attempts };
}

/** Limits that a fixture has to wait for are short, in milliseconds; the others stay long, for a machine that is busy. */
function timeoutsOf({ attempts }: Fixture): BrokerOptions['timeouts'] {
  const limits = new Set(attempts.map(({ fault }) => fault?.limit));
  return {
    ...(limits.has('connect') && { connectMs: 300 }),
    ...(limits.has('head') && { headMs: 300 }),
    ...(limits.has('body-idle') && { bodyIdleMs: 200 }),
  };
}

/** A broker as it is configured, and as a fixture of it is called in little time. */
function hurried(fixture: Fixture, options: BrokerOptions): BrokerOptions {
  const retry = options.retry === false ? options.retry : { ...options.retry, baseMs: 0 };
  return { ...options, timeouts: timeoutsOf(fixture), retry };
}

/** Refusals that another call of the same broker has to come before, or is under way beside. */
const BESIDE_ANOTHER: ReadonlySet<string> = new Set(['breaker-open', 'bulkhead-full', 'deadline-exceeded']);

/** Time of a call that has to run out while it waits, in milliseconds. */
const SHORT_DEADLINE_MS = 50;

const LATER = { status: 503, headers: { 'retry-after': '9' }, text: '' };

/**
 * The other call that a refusal needs: the broker puts it off, so that it has failed where there are no repeats, and keeps
 * its place until then where there are.
 */
export function companionsOf({ broker, settings, refused }: Fixture): Fixture[] {
  if (!BESIDE_ANOTHER.has(refused?.fault ?? '')) return [];
  return [
    {
      format: 1,
      broker,
      operation: 'account.interest',
      ...(settings !== undefined && { settings }),
      request: MESSAGES['account.interest'],
      attempts: [{ response: LATER }, { response: LATER }],
    },
  ];
}

/** What the caller has configured: not the broker that nobody has. */
function configured({ refused }: Fixture, options: BrokerOptions): BrokerOptions {
  return refused?.fault === 'unknown-broker' ? { ...options, alias: 'samsung' } : options;
}

/** A connector for the call that a fixture tells of, closed with the test. */
export function connectorFor(fixture: Fixture, options: BrokerOptions): Connector {
  const exco = createConnector({ brokers: [configured(fixture, hurried(fixture, options))] });
  atEnd(() => exco.close());
  return exco;
}

/** What the call that a fixture tells of comes to, with the other call where it needs one. */
export async function called(exco: Connector, fixture: Fixture): Promise<Settled> {
  const { broker, operation, request, refused } = fixture;
  const giveUp = new AbortController();
  const [companion] = companionsOf(fixture);
  const other =
    companion === undefined
      ? undefined
      : exco.settle(broker, companion.operation, companion.request, { signal: giveUp.signal });
  if (refused?.fault === 'breaker-open') await other;
  const deadlineMs = refused?.fault === 'deadline-exceeded' ? SHORT_DEADLINE_MS : undefined;
  const settled = await exco.settle(broker, operation, request, { deadlineMs });
  giveUp.abort();
  await other?.catch(() => undefined);
  return settled;
}

/** The configuration of a fixture's broker at a simulator. */
export function brokerAt(simulator: Simulator, { broker }: Fixture): BrokerOptions {
  const options = simulator.brokers().find(({ alias }) => alias === broker);
  if (options === undefined) throw new TypeError('expected the simulator to have the broker');
  return options;
}

/** Faults that no broker can bring about, and whose they are: played through nock alone. */
export const NO_BROKERS: Partial<Record<Fault, string>> = {
  'dns-not-found': 'a name server gives it',
  'dns-unavailable': 'a name server gives it, or none does',
  'local-resources': "the caller's own system is out of descriptors",
  'network-unreachable': 'a router on the way gives it',
  'host-unreachable': 'a router on the way gives it',
  internal: 'the caller itself fails',
};

/** Whether a broker can bring about what a fixture tells of. */
export function isBrokers({ expect: stated }: Fixture): boolean {
  return stated === undefined || 'ok' in stated || NO_BROKERS[stated.fault] === undefined;
}
