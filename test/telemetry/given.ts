import type { AttemptRecord, CallRecord, ConnectorEvents, StateRecord } from '../../src/model/record.ts';
import { EventHub } from '../../src/runtime/events.ts';

const WHOSE = { schema: 1, broker: 'samsung', operation: 'account.balance', requestId: 'FAKE-1' } as const;

const RESET = { fault: 'reset-before-response', blame: 'path', evidence: 'down', phase: 'head', sent: 'yes' } as const;

export const OK: CallRecord = {
  ...WHOSE,
  at: '2026-01-02T03:04:05.678Z',
  kind: 'read',
  result: 'ok',
  attempts: 2,
  elapsedMs: 1_250.5,
};

export const FAILED: CallRecord = {
  ...OK,
  ...RESET,
  result: 'error',
  kind: 'write',
  category: 'op-exco',
  code: 3004,
  outcome: 'unknown',
  brokerHttpStatus: 503,
  retryAfterMs: 2_000,
  attempts: 1,
};

export const ABORTED: CallRecord = { ...OK, result: 'aborted', attempts: 0 };

export const FIRST: AttemptRecord = {
  ...WHOSE,
  ...RESET,
  at: '2026-01-02T03:04:04.900Z',
  attempt: 1,
  result: 'error',
  reusedSocket: false,
  dnsMs: 1,
  connectMs: 2,
  tlsMs: 3.5,
  sentMs: 4,
};

export const SECOND: AttemptRecord = {
  ...WHOSE,
  at: '2026-01-02T03:04:05.600Z',
  attempt: 2,
  result: 'ok',
  reusedSocket: true,
  sentMs: 1,
  headMs: 7,
  bodyMs: 8,
};

/** A change of the circuit of the whole broker. */
export function change(from: StateRecord['from'], to: StateRecord['to']): StateRecord {
  return { schema: 1, at: OK.at, broker: 'samsung', from, to };
}

/** What a connector tells through. */
export function openHub(): EventHub<ConnectorEvents> {
  return new EventHub();
}
