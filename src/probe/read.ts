import { faultRow, isFault } from '../catalog/faults.ts';
import type { Operation } from '../model/operation.ts';
import type { ReadStepResult } from '../model/probe.ts';
import type { Settled } from '../model/reply.ts';
import type { Clock } from '../runtime/clock.ts';

/** A read and how to make it. */
export interface ReadOrder {
  readonly operation: Operation;
  readonly clock: Clock;
  /** The connector's own call, with this deadline in milliseconds. */
  readonly call: (deadlineMs: number) => Promise<Settled>;
}

function resultOf(settled: Settled, operation: string, ms: number): ReadStepResult | undefined {
  if (settled.ok) return { ms, operation, requestId: settled.reply.meta.requestId };
  const { fault, phase, attempts, requestId = '' } = settled.error;
  if (attempts === 0 || !isFault(fault)) return undefined;
  const isUp = faultRow(fault).evidence === 'up';
  return { ms, operation, requestId, ...(!isUp && { failed: { fault, phase } }) };
}

/**
 * Makes the read step of a probe. A broker's business error passes it: the broker is up. The step is `undefined`, as not
 * run, where the call was refused before any dial.
 *
 * @throws TypeError at once for a write.
 */
export function readStep({
  operation,
  clock,
  call,
}: ReadOrder): (leftMs: number) => Promise<ReadStepResult | undefined> {
  if (operation.kind === 'write') throw new TypeError(`read: expected a read, and ${operation.name} is a write`);
  return async (leftMs) => {
    const startMs = clock.nowMs();
    const settled = await call(leftMs);
    return resultOf(settled, operation.name, Math.round((clock.nowMs() - startMs) * 10) / 10);
  };
}
