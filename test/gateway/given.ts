import type { BrokerOptions, ConnectorOptions, GatewayOptions } from '../../src/brokers/options.ts';
import { createGateway, type Gateway, type GatewaySurroundings, type LogLine } from '../../src/gateway/index.ts';
import { openBroker, type BrokerServer, type BrokerServerOptions } from '../support/broker-server.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { PATIENT } from '../support/patient.ts';
import { atEnd } from '../support/release.ts';
import { answers, type Headers } from '../support/scripts.ts';
import type { Script } from '../support/broker-server.ts';

export const BALANCE_PATH = '/v1/samsung/account/balance/search';

/** A short time to drain, and none for a balancer that is not there. */
const QUICK = { drain: { noticeMs: 0, mostMs: 5_000 } } satisfies GatewayOptions;

export function configOf(
  baseUrl: string,
  broker: Partial<BrokerOptions> = {},
  gateway: GatewayOptions = {},
): ConnectorOptions {
  return { brokers: [{ alias: 'samsung', baseUrl, ...PATIENT, ...broker }], gateway: { ...QUICK, ...gateway } };
}

export interface Opened {
  readonly gateway: Gateway;
  readonly url: string;
  readonly port: number;
  readonly lines: LogLine[];
}

/** A gateway on a free port, closed with the test. */
export async function openGateway(config: ConnectorOptions, surroundings: GatewaySurroundings = {}): Promise<Opened> {
  const lines: LogLine[] = [];
  const gateway = createGateway(config, { log: (line) => lines.push(line), ...surroundings });
  atEnd(() => gateway.close());
  const url = await gateway.listen({ port: 0 });
  return { gateway, url, port: Number(new URL(url).port), lines };
}

export interface GivenOptions {
  readonly scripts?: readonly Script[];
  readonly broker?: Partial<BrokerOptions>;
  readonly gateway?: GatewayOptions;
  readonly server?: BrokerServerOptions;
  readonly surroundings?: GatewaySurroundings;
}

/** A broker that answers balances, or does what its scripts say, and a gateway before it. */
export async function given(options: GivenOptions = {}): Promise<Opened & { readonly broker: BrokerServer }> {
  const { scripts = [answers(BALANCE)], broker: own, gateway, server = {}, surroundings } = options;
  const broker = await openBroker(server, ...scripts);
  const opened = await openGateway(configOf(broker.baseUrl, own, gateway), surroundings);
  return { ...opened, broker };
}

/** An answer of the gateway, as a client has it. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks on a connection of its own. */
export async function ask(url: string, init: RequestInit = {}): Promise<Told> {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  const response = await fetch(url, { ...init, headers });
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

/** Sends a message, by default a whole balance. */
export function send(url: string, body: unknown = MESSAGES['account.balance'], headers: Headers = {}): Promise<Told> {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return ask(url, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** The standard's error in the octets it is written in. */
export function errorText(code: number, message: string, description?: string, category = 'op-exco'): string {
  return JSON.stringify({ category, code, message, ...(description !== undefined && { description }) });
}
