import type { Fault } from '../../src/catalog/faults.ts';
import type { SeenCall } from '../../src/diagnosis/facts.ts';
import type { Phase } from '../../src/model/wire.ts';

/** 09:08:14 in Korea. */
export const NOW_MS = Date.parse('2026-11-25T00:08:14.000Z');

/** Calls of a table: how many, of what, ended how, and how long before `NOW_MS` the last of them. */
export interface Calls {
  readonly count: number;
  readonly broker?: string;
  readonly operation?: string;
  readonly kind?: 'read' | 'write';
  readonly fault?: Fault;
  readonly phase?: Phase;
  readonly elapsedMs?: number;
  readonly retryAfterMs?: number;
  /** Seconds before now of the last one; the others are one second apart before it. */
  readonly agoS: number;
}

/** The records of calls, each with a request id of its own. */
export function recordsOf(...groups: readonly Calls[]): SeenCall[] {
  return groups.flatMap((group, part) => {
    const { count, broker = 'samsung', operation = 'account.balance', kind = 'read', elapsedMs = 20, agoS } = group;
    const { fault, phase = 'message', retryAfterMs } = group;
    return Array.from({ length: count }, (_, index) => ({
      at: new Date(NOW_MS - (agoS + count - 1 - index) * 1_000).toISOString(),
      broker,
      operation,
      kind,
      result: fault === undefined ? ('ok' as const) : ('error' as const),
      requestId: `FAKE-${part}-${index}`,
      elapsedMs,
      ...(fault !== undefined && { fault, phase }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    }));
  });
}
