import type { BrokerProfile } from '../model/broker.ts';
import { parseConfig } from './config.ts';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import { listedNames, profileOf } from './profile.ts';

/** The configured brokers, by any of their names. */
export interface Registry {
  readonly brokers: readonly BrokerProfile[];
  /** By alias or synonym in any letter case, or by comId. */
  find(name: string): BrokerProfile | undefined;
}

function ownNames({ alias, comId, synonyms }: BrokerProfile): string[] {
  return [alias, ...(comId === undefined ? [] : [comId]), ...synonyms].map((name) => name.toLowerCase());
}

/** The brokers of a configuration, and each of their names in lower case. */
export interface NamedBrokers {
  readonly brokers: readonly BrokerProfile[];
  readonly byName: ReadonlyMap<string, BrokerProfile>;
}

/**
 * The brokers of a configuration, validated as a whole.
 *
 * @throws ConfigError naming each path and what was expected there, two brokers under one name included.
 */
export function namedBrokers(config: unknown): NamedBrokers {
  const brokers = parseConfig(config).brokers.map((options, index) =>
    profileOf(options, `config.brokers[${String(index)}]`),
  );
  const byName = new Map<string, BrokerProfile>();
  const issues: ConfigIssue[] = [];
  for (const [index, broker] of brokers.entries()) {
    for (const name of new Set(ownNames(broker))) {
      if (byName.has(name)) {
        issues.push({
          path: `config.brokers[${String(index)}]`,
          expected: `expected a name of its own, and "${name}" names another broker too`,
        });
      }
      byName.set(name, broker);
    }
  }
  if (issues.length > 0) throw new ConfigError(issues);
  for (const broker of brokers) {
    for (const name of listedNames(broker)) if (!byName.has(name)) byName.set(name, broker);
  }
  return { brokers, byName };
}

/**
 * The brokers of a configuration, validated as a whole, as a connector of the same configuration has them.
 *
 * @throws ConfigError naming each path and what was expected there, two brokers under one name included.
 * @example
 * const registry = createRegistry({ brokers: [{ alias: 'samsung', baseUrl: 'https://broker.example/v1/samsung' }] });
 * registry.find('SAMSUNG')?.alias; // 'samsung'
 */
export function createRegistry(config: unknown): Registry {
  const { brokers, byName } = namedBrokers(config);
  return { brokers, find: (name) => byName.get(name.toLowerCase()) };
}
