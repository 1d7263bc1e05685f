import { createRegistry } from '../../src/brokers/registry.ts';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import type { ProbeReport } from '../../src/model/probe.ts';
import { probe, type ProbeOrder } from '../../src/probe/probe.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { addressOf, type Lookup } from '../../src/transport/address.ts';

/** Probes a broker at `baseUrl` with short limits. */
export function probed(
  baseUrl: string,
  options: Partial<BrokerOptions> = {},
  more: Partial<ProbeOrder> = {},
  lookup?: Lookup,
): Promise<ProbeReport> {
  const timeouts = { connectMs: 500, headMs: 500 };
  const [broker] = createRegistry({ brokers: [{ alias: 'samsung', baseUrl, timeouts, ...options }] }).brokers;
  if (broker === undefined) throw new Error('There is no broker.');
  return probe({ broker, address: addressOf(broker, lookup), clock: systemClock, ...more });
}
