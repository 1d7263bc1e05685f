import type { BrokerProfile } from '../model/broker.ts';
import { factsOf, type Surroundings } from './collect.ts';
import type { PassiveFacts, SeenCall } from './facts.ts';

/** Share of the time for the head of an answer from which an answer was slow. */
const SLOW_SHARE = 0.5;

/** What the records of calls say of one configured broker at `atMs`, in milliseconds since 1970. */
export function configuredFacts(
  { alias, name = alias, baseUrl, timeouts }: BrokerProfile,
  records: readonly SeenCall[],
  atMs: number,
  held: Pick<Surroundings, 'circuit' | 'maintenanceLeftMs'>,
): PassiveFacts {
  const look = { atMs, slowMs: timeouts.headMs * SLOW_SHARE };
  return factsOf(alias, records, look, { name, address: baseUrl.host, ...held });
}
