import type { ConnectorOptions } from '../brokers/options.ts';
import { createRegistry, type Registry } from '../brokers/registry.ts';
import { wireConnector, type Connector, type Wiring } from '../connector.ts';
import type { Operation } from '../model/operation.ts';
import { KeyCheck } from './admission.ts';
import { OwnOctets } from './own-octets.ts';
import { settingsOf, type GatewaySettings } from './settings.ts';
import { Withheld } from './withheld.ts';

/** Time of a call where neither caller nor configuration names one, in milliseconds: the connector's own default. */
const DEFAULT_DEADLINE_MS = 10_000;

/** A configuration in force: every call holds on to the one it began under. */
export interface Force {
  readonly connector: Connector;
  readonly registry: Registry;
  readonly settings: GatewaySettings;
  readonly keys: KeyCheck;
  readonly withheld: Withheld;
  readonly ownOctets: OwnOctets;
}

/**
 * Puts a configuration together; nothing is dialled.
 *
 * @throws ConfigError naming every path that is wrong; then nothing of it is in force.
 */
export function forceOf(config: ConnectorOptions, wiring: Wiring): Force {
  const settings = settingsOf(config);
  const connector = wireConnector(config, wiring);
  return {
    connector,
    ownOctets: new OwnOctets(connector),
    registry: createRegistry(config),
    settings,
    keys: new KeyCheck(settings.apiKeys),
    withheld: new Withheld(settings.withheld),
  };
}

/**
 * Time of one call in milliseconds: the configured one, shortened by the caller's own limit less what has passed of it.
 * `undefined` leaves it to the connector.
 */
export function deadlineOf(
  { registry }: Force,
  alias: string,
  operation: Operation,
  leftMs: number | undefined,
): number | undefined {
  if (leftMs === undefined) return undefined;
  const configuredMs = registry.find(alias)?.operations.get(operation.name)?.deadlineMs ?? DEFAULT_DEADLINE_MS;
  return Math.min(configuredMs, Math.max(leftMs, 1));
}
