import type { BrokerProfile } from './broker.ts';
import type { Operation } from './operation.ts';
import { findOperation } from './operations.ts';

/** The operation of that name at a broker: of the message standard, else of the broker's own configuration. */
export function operationAt(
  broker: Pick<BrokerProfile, 'operations'> | undefined,
  name: string,
): Operation | undefined {
  return findOperation(name) ?? broker?.operations.get(name)?.own;
}
