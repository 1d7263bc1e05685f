import type { CallEnd } from '../model/health.ts';
import type { Sighting } from '../resilience/common-fault.ts';
import type { Part } from './part.ts';

/** Has the end of a call held against those of other brokers; `part` is what it is for the health of its own. */
export function compare(sighting: Sighting, { fault, atMs }: Pick<CallEnd, 'fault' | 'atMs'>, part: Part): void {
  if (part === 'nothing') return;
  if (part === 'refused') {
    if (fault === 'breaker-open') sighting.withheld(atMs);
    return;
  }
  sighting.saw(part === 'success' || part === 'business' ? undefined : fault, atMs);
}
