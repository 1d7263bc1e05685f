import type { BrokerOptions } from '../../src/brokers/options.ts';
import { wireConnector, type Connector } from '../../src/connector.ts';
import type { StateRecord } from '../../src/model/record.ts';
import type { Settled } from '../../src/model/reply.ts';
import type { SeenRequest } from '../support/broker-server.ts';
import type { Surroundings } from '../support/connect.ts';
import { MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';

/** Aliases of so many brokers. */
export function aliasesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `broker-${index}`);
}

/** A connector for brokers that one server plays, each at a path of its own; closed with the test. */
export function connectAll(
  aliases: readonly string[],
  baseUrl: string,
  optionsOf: (alias: string) => Partial<BrokerOptions> = () => ({}),
  surroundings: Surroundings = {},
): Connector {
  const brokers = aliases.map((alias) => ({ alias, baseUrl: `${baseUrl}/${alias}`, ...optionsOf(alias) }));
  const exco = wireConnector({ brokers }, surroundings);
  atEnd(() => exco.close());
  return exco;
}

/** Whom a request to such a server was meant for. */
export function brokerOf({ path }: SeenRequest): string {
  return path.split('/')[1] ?? '';
}

/** A balance asked of `broker`. */
export function balanceOf(exco: Connector, broker: string): Promise<Settled> {
  return exco.settle(broker, 'account.balance', MESSAGES['account.balance']);
}

/** Every change of a circuit from now on, as `broker operation from>to`. */
export function changesOf(exco: Connector): string[] {
  const changes: string[] = [];
  exco.on('state', ({ broker, operation, from, to }: StateRecord) => {
    changes.push([broker, ...(operation === undefined ? [] : [operation]), `${from}>${to}`].join(' '));
  });
  return changes;
}

/** What came of a call in one word: the fault, or `ok`. */
export function wordOf(settled: Settled): string {
  return settled.ok ? 'ok' : settled.error.fault;
}

/** How often each word came. */
export function tallyOf(settled: readonly Settled[]): Record<string, number> {
  const tally: Record<string, number> = {};
  for (const each of settled) tally[wordOf(each)] = (tally[wordOf(each)] ?? 0) + 1;
  return tally;
}

/** So many calls one after the other. */
export async function inTurn(count: number, call: () => Promise<Settled>): Promise<Settled[]> {
  const settled: Settled[] = [];
  for (let each = 0; each < count; each += 1) settled.push(await call());
  return settled;
}

/** So many calls at once. */
export function atOnce(count: number, call: () => Promise<Settled>): Promise<Settled[]> {
  return Promise.all(Array.from({ length: count }, () => call()));
}
