import type { BrokerOptions } from '../../src/brokers/options.ts';
import { wireConnector, type Connector } from '../../src/connector.ts';
import { atEnd } from './release.ts';

/** Clock and name look-up of a connector. */
export type Surroundings = Parameters<typeof wireConnector>[1];

/** A connector for one broker, `samsung`, with short limits and no pause between repeats; closed with the test. */
export function connectTo(
  baseUrl: string,
  options: Partial<BrokerOptions> = {},
  surroundings: Surroundings = {},
): Connector {
  const limits = { timeouts: { connectMs: 400, headMs: 400, bodyIdleMs: 200 }, retry: { baseMs: 0, capMs: 0 } };
  const exco = wireConnector({ brokers: [{ alias: 'samsung', baseUrl, ...limits, ...options }] }, surroundings);
  atEnd(() => exco.close());
  return exco;
}
