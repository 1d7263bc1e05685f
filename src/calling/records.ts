import { faultRow } from '../catalog/faults.ts';
import type { ExcoError } from '../model/error.ts';
import type { CallEnd } from '../model/health.ts';
import type { OperationKind } from '../model/operation.ts';
import type { AttemptRecord, CallRecord } from '../model/record.ts';
import type { Verdict } from '../model/verdict.ts';
import { instantOf } from '../runtime/instant.ts';
import type { AttemptSeen } from '../transport/sending.ts';

/** Whose call a record is of. */
export interface Caller {
  readonly broker: string;
  readonly operation: string;
  readonly kind: OperationKind;
  readonly requestId: string;
}

function faultFields(verdict: Verdict): Pick<AttemptRecord, 'fault' | 'blame' | 'evidence' | 'phase' | 'sent'> {
  if (verdict.kind !== 'fault') return {};
  const { fault, phase, sent } = verdict;
  const { blame, evidence } = faultRow(fault);
  return { fault, blame, evidence, phase, sent };
}

function resultOf(verdict: Verdict): CallRecord['result'] {
  if (verdict.kind === 'answer') return 'ok';
  return verdict.kind === 'fault' ? 'error' : 'aborted';
}

const NO_FAULT = { fault: undefined, phase: undefined };

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** The record of one attempt. */
export function attemptRecord(caller: Caller, seen: AttemptSeen, wallMs: number): AttemptRecord {
  const { broker, operation, requestId } = caller;
  const marks = Object.fromEntries(Object.entries(seen.marks).map(([phase, ms]) => [phase, rounded(ms)]));
  return {
    schema: 1,
    at: instantOf(wallMs),
    broker,
    operation,
    requestId,
    attempt: seen.attempt,
    result: resultOf(seen.verdict),
    ...faultFields(seen.verdict),
    reusedSocket: seen.reusedSocket,
    ...marks,
  };
}

/** The end of one call, as health takes it. */
export function callEnd(caller: Caller, verdict: Verdict, elapsedMs: number, atMs: number): CallEnd {
  const { broker, operation, kind, requestId } = caller;
  const { fault, phase } = verdict.kind === 'fault' ? verdict : NO_FAULT;
  return { broker, operation, kind, requestId, atMs, elapsedMs, result: resultOf(verdict), fault, phase };
}

/** What a record has of a call that failed. */
function failureFields(verdict: Verdict, error: ExcoError | undefined): Partial<CallRecord> {
  const { category, code, outcome, brokerHttpStatus, retryAfterMs } = error ?? {};
  return {
    ...faultFields(verdict),
    ...(category !== undefined && { category }),
    ...(code !== undefined && { code }),
    ...(outcome !== undefined && { outcome }),
    ...(brokerHttpStatus !== undefined && { brokerHttpStatus }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The record of one call; `error` is what the caller gets, where it failed. */
export function callRecord(
  caller: Caller,
  verdict: Verdict,
  error: ExcoError | undefined,
  figures: { readonly attempts: number; readonly elapsedMs: number; readonly wallMs: number },
): CallRecord {
  const { broker, operation, kind, requestId } = caller;
  const { attempts, elapsedMs, wallMs } = figures;
  const at = instantOf(wallMs);
  const result = resultOf(verdict);
  // Most calls succeed, and an object that nothing is spread into is made at a fraction of the cost.
  if (result === 'ok') return { schema: 1, at, broker, operation, requestId, kind, result, attempts, elapsedMs };
  const failure = failureFields(verdict, error);
  return { schema: 1, at, broker, operation, requestId, kind, result, ...failure, attempts, elapsedMs };
}
