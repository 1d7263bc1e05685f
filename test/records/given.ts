import type { CallRecord, StateRecord } from '../../src/model/record.ts';

/** A call that went well. */
export function callRecord(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    schema: 1,
    at: '2026-11-25T00:00:00.000Z',
    broker: 'samsung',
    operation: 'account.balance',
    requestId: 'req-1',
    kind: 'read',
    result: 'ok',
    attempts: 1,
    elapsedMs: 41.5,
    ...changes,
  };
}

/** A circuit that opened. */
export function stateRecord(changes: Partial<StateRecord> = {}): StateRecord {
  return { schema: 1, at: '2026-11-25T00:00:00.000Z', broker: 'samsung', from: 'closed', to: 'open', ...changes };
}
