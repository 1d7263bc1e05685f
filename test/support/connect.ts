import type { BrokerOptions } from '../../src/brokers/options.ts';
import { wireConnector, type Connector } from '../../src/connector.ts';
import { openHttpWire } from '../../src/transport/http-wire.ts';
import type { OpenWire } from '../../src/transport/open-wire.ts';
import { openSocketWire } from '../../src/transport/socket-wire.ts';
import { PATIENT } from './patient.ts';
import { atEnd } from './release.ts';

/** Clock and name look-up of a connector. */
export type Surroundings = Parameters<typeof wireConnector>[1];

/** What carries the requests of this run of the tests. */
export const WIRE: OpenWire = 'OVER_NODE_HTTP' in globalThis ? openHttpWire : openSocketWire;

/** A connector for one broker, `samsung`, patient and without a pause between repeats; closed with the test. */
export function connectTo(
  baseUrl: string,
  options: Partial<BrokerOptions> = {},
  surroundings: Surroundings = {},
): Connector {
  const brokers = [{ alias: 'samsung', baseUrl, ...PATIENT, ...options }];
  const exco = wireConnector({ brokers }, { wire: WIRE, ...surroundings });
  atEnd(() => exco.close());
  return exco;
}
