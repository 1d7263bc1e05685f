import type { CallEnd } from '../model/health.ts';
import type { CommonFaults } from '../resilience/common-fault.ts';
import type { Part } from './part.ts';

/** Holds the end of a call against those of other brokers; `part` is what it is for the health of its own. */
export function compare(
  common: CommonFaults,
  { broker, fault, atMs }: Pick<CallEnd, 'broker' | 'fault' | 'atMs'>,
  part: Part,
): void {
  if (part === 'nothing') return;
  if (part === 'refused') {
    if (fault === 'breaker-open') common.withheld(broker, atMs);
    return;
  }
  common.saw(broker, part === 'success' || part === 'business' ? undefined : fault, atMs);
}
