import { ConfigError } from '../brokers/config-error.ts';
import { parseConfig } from '../brokers/config.ts';
import { WITHHELD_FIELDS } from '../brokers/gateway-schema.ts';
import type { ConnectorOptions, GatewayDrainOptions, GatewayLimitOptions } from '../brokers/options.ts';
import { loadTls } from '../brokers/tls-material.ts';
import type { TlsMaterial } from '../model/broker.ts';

type Filled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** The section `gateway` with its defaults filled in. */
export interface GatewaySettings {
  readonly host: string;
  readonly port: number;
  readonly apiKeys: readonly string[];
  /** Certificate, key and, as `ca`, whose client certificates are let in. */
  readonly tls: TlsMaterial | undefined;
  /** Fields that leave no answer of a broker, at any depth. */
  readonly withheld: readonly string[];
  readonly limits: Filled<GatewayLimitOptions>;
  readonly drain: Filled<GatewayDrainOptions>;
}

/** Every default of the gateway, in one place. Times in milliseconds, sizes in octets. */
export const GATEWAY_DEFAULTS = {
  host: '127.0.0.1',
  port: 8_080,
  limits: {
    connections: 16_384,
    inFlight: 1_024,
    headBytes: 16 * 1_024,
    bodyBytes: 1_024 * 1_024,
    headMs: 5_000,
    requestMs: 15_000,
    answerMs: 15_000,
    idleMs: 65_000,
    fanOutCalls: 100,
  },
  drain: { noticeMs: 2_000, mostMs: 30_000 },
} as const;

/** `defaults`, with what of `options` is set. */
function filled<Defaults extends Readonly<Record<string, number>>>(
  defaults: Defaults,
  options: { readonly [K in keyof Defaults]?: number | undefined } = {},
): { readonly [K in keyof Defaults]: number } {
  const set = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(set) };
}

/**
 * The gateway's own settings in a configuration.
 *
 * @throws ConfigError naming every path that is wrong, certificates that cannot be used included.
 */
export function settingsOf(config: unknown): GatewaySettings {
  const { gateway = {} }: ConnectorOptions = parseConfig(config);
  const { host, port, apiKeys = [], tls, keepFields = [], limits, drain } = gateway;
  const { headMs, requestMs } = filled(GATEWAY_DEFAULTS.limits, limits);
  if (headMs > requestMs) {
    throw new ConfigError([
      { path: 'config.gateway.limits.headMs', expected: `expected at most requestMs, ${String(requestMs)}` },
    ]);
  }
  return {
    host: host ?? GATEWAY_DEFAULTS.host,
    port: port ?? GATEWAY_DEFAULTS.port,
    apiKeys,
    tls:
      tls === undefined
        ? undefined
        : loadTls({ cert: tls.cert, key: tls.key, passphrase: tls.passphrase, ca: tls.clientCa }, 'config.gateway.tls'),
    withheld: WITHHELD_FIELDS.filter((field) => !keepFields.includes(field)),
    limits: filled(GATEWAY_DEFAULTS.limits, limits),
    drain: filled(GATEWAY_DEFAULTS.drain, drain),
  };
}

/** What is read only when the listener opens. */
function listenerOf({ host, port, tls, limits }: GatewaySettings): string {
  const { connections, headBytes, bodyBytes, headMs, requestMs, idleMs } = limits;
  const asked = tls === undefined ? 'plain' : tls.ca === undefined ? 'tls' : 'mutual';
  return JSON.stringify([host, port, asked, connections, headBytes, bodyBytes, headMs, requestMs, idleMs]);
}

/** Whether the settings differ in something that a running listener does not take. */
export function needsRestart(before: GatewaySettings, after: GatewaySettings): boolean {
  return listenerOf(before) !== listenerOf(after);
}
