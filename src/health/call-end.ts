import type { CallEnd } from '../model/health.ts';
import type { CallRecord } from '../model/record.ts';

/** The end that a record tells of, so that records read back later judge as the calls themselves did. */
export function callEndOf({
  at,
  broker,
  operation,
  kind,
  requestId,
  elapsedMs,
  result,
  fault,
  phase,
}: CallRecord): CallEnd {
  return { broker, operation, kind, requestId, elapsedMs, result, fault, phase, atMs: Date.parse(at) };
}
