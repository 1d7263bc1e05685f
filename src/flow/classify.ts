import { isBrokerCode, isExcoCode } from '../catalog/lookup.ts';
import type { Fault } from '../catalog/faults.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { OperationKind } from '../model/operation.ts';
import type { Answer, Expectation, Failure, Verdict } from '../model/verdict.ts';
import type {
  Answered,
  Expired,
  Outcome,
  Oversized,
  Phase,
  Refused,
  ResponseHead,
  Sent,
  Unanswered,
} from '../model/wire.ts';
import { expiredFault, unansweredFault } from './connection-fault.ts';
import { decodeBody, type Decoded } from './decode.ts';
import { isBareSuccess, resultOf, resultOfStatus, type Result } from './envelope.ts';
import { itemsOf } from './items.ts';
import { nextPage } from './paging.ts';
import { retryAfterMs } from './retry-after.ts';
import { statusFault } from './status-fault.ts';
import { mismatchOf } from './verify.ts';

type Seen = Omit<Failure, 'kind' | 'fault' | 'phase' | 'sent'>;

function failure(fault: Fault, phase: Phase, sent: Sent, seen: Seen = {}): Failure {
  return { kind: 'fault', fault, phase, sent, ...seen };
}

/** What a response head adds to any failure behind it. */
function headSeen(head: ResponseHead | undefined, receivedAtMs?: number): Seen {
  if (head === undefined) return {};
  const pauseMs = receivedAtMs === undefined ? undefined : retryAfterMs(head.headers['retry-after'], receivedAtMs);
  return {
    brokerHttpStatus: head.status,
    ...(pauseMs !== undefined && head.status >= 300 && { retryAfterMs: pauseMs }),
  };
}

/** The failure of a call that we refused ourselves. */
export function refusal({ fault, retryAfterMs: pauseMs, description }: Refused): Failure {
  return failure(fault, 'local', 'no', {
    ...(pauseMs !== undefined && { retryAfterMs: pauseMs }),
    ...(description !== undefined && { description }),
  });
}

function unanswered(outcome: Unanswered): Failure {
  const fault = unansweredFault(outcome);
  // A TLS alert about the handshake means that the broker never had a ready socket, whatever we had written already.
  const sent = fault.startsWith('tls-') ? 'no' : outcome.sent;
  return failure(fault, outcome.phase, sent, headSeen(outcome.head));
}

function expired(outcome: Expired): Failure {
  return failure(expiredFault(outcome), outcome.phase, outcome.sent, headSeen(outcome.head));
}

function oversized(outcome: Oversized): Failure {
  return failure(
    statusFault(outcome.status) ?? 'body-too-large',
    'body',
    'yes',
    headSeen(outcome, outcome.receivedAtMs),
  );
}

/** The failure that a code of a dialect stands for. Where the code does not prove a refusal, a write may have happened. */
function mappedFailure(result: Extract<Result, { kind: 'mapped' }>, kind: OperationKind, seen: Seen): Failure {
  const { mapped, theirs, text } = result;
  const { code, fault, retry, isRefusal } = mapped;
  const isUnsure = kind === 'write' && fault === 'broker-error' && !isRefusal;
  return failure(fault, 'message', 'yes', {
    ...seen,
    code,
    brokerCode: theirs,
    ...(retry !== undefined && { retry }),
    ...(isUnsure && { effect: 'by-sent' }),
    ...(!isExcoCode(code) && { foreignCode: theirs, reason: text }),
  });
}

/** The fault that the broker's own word amounts to; `undefined` for a success. */
function resultFailure(
  result: Exclude<Result, { kind: 'none' }>,
  httpStatus: number,
  kind: OperationKind,
  seen: () => Seen,
): Failure | undefined {
  switch (result.kind) {
    case 'success':
      return httpStatus >= 400 ? failure('status-conflict', 'message', 'yes', seen()) : undefined;
    case 'not-a-code': {
      const theirs = result.theirs === undefined ? {} : { brokerCode: result.theirs };
      return failure('respcode-invalid', 'message', 'yes', { ...seen(), ...theirs });
    }
    case 'mapped':
      return mappedFailure(result, kind, seen());
    case 'code': {
      const { code, text, reason } = result;
      const told = { ...seen(), brokerCode: code };
      return isBrokerCode(code)
        ? failure('broker-error', 'message', 'yes', { ...told, text, ...(reason !== undefined && { reason }), code })
        : failure('respcode-out-of-range', 'message', 'yes', told);
    }
  }
}

/** A message with an envelope: does it belong to this request, and what does it say? */
function judgeMessage(
  outcome: Answered,
  message: JsonObject,
  warnings: readonly string[],
  expected: Expectation,
): Verdict {
  const seen = () => ({ ...headSeen(outcome, outcome.receivedAtMs), answer: message });
  const result = resultOf(message, outcome.status, expected.broker.dialect);
  if (result.kind === 'none')
    return failure(statusFault(outcome.status) ?? 'envelope-missing', 'message', 'yes', seen());
  const isSuccess = result.kind === 'success';
  const mismatch = mismatchOf(expected, outcome.headers, message, !isSuccess);
  if (mismatch !== undefined) return failure(mismatch, 'message', 'yes', seen());
  const items = itemsOf(expected, isSuccess ? message : {});
  if (items.failure !== undefined) return failure('item-failed', 'message', 'yes', { ...seen(), ...items.failure });
  const fault = resultFailure(result, outcome.status, expected.operation.kind, seen);
  if (fault !== undefined) return fault;
  const { paging } = expected.broker;
  const next = paging === undefined ? undefined : nextPage(paging, outcome.headers, message);
  const answer: Answer = {
    kind: 'answer',
    data: message,
    respMsg: isSuccess ? result.text : '',
    httpStatus: outcome.status,
    warnings: items.warnings.length === 0 ? warnings : [...warnings, ...items.warnings],
    itemFailures: items.itemFailures,
  };
  return next === undefined ? answer : { ...answer, next };
}

/** A body that holds no message: the status speaks, as the dialect or else HTTP itself has it. */
function judgeStatus(outcome: Answered, fault: Fault, expected: Expectation): Verdict {
  const { status } = outcome;
  const { dialect } = expected.broker;
  const seen = headSeen(outcome, outcome.receivedAtMs);
  const result = status >= 300 ? resultOfStatus(status, dialect) : undefined;
  if (result?.kind === 'mapped') return mappedFailure(result, expected.operation.kind, seen);
  if (status === 204 && isBareSuccess({}, status, dialect))
    return { kind: 'answer', data: {}, respMsg: '', httpStatus: status, warnings: [], itemFailures: [] };
  return failure(statusFault(status) ?? fault, 'message', 'yes', seen);
}

function judgeBody(outcome: Answered, decoded: Decoded, expected: Expectation): Verdict {
  switch (decoded.kind) {
    case 'page':
      return failure('maintenance-page', 'message', 'yes', headSeen(outcome, outcome.receivedAtMs));
    case 'unreadable':
      return judgeStatus(outcome, decoded.fault, expected);
    case 'value':
      return isJsonObject(decoded.value)
        ? judgeMessage(outcome, decoded.value, decoded.warnings, expected)
        : judgeStatus(outcome, 'envelope-missing', expected);
  }
}

/**
 * The answer, or the one fault that kept us from it. Decides in the order of the fault table's contract: refused
 * locally, given up by the caller, our own limit, no response head, body incomplete, maintenance page, unreadable bytes,
 * no envelope (by HTTP status), TRCODE and echoes, items, respCode. Pure, total over `Outcome`; never throws.
 *
 * @example
 * classify({ kind: 'unanswered', phase: 'connect', sent: 'no', code: 'ECONNREFUSED' }, expectation);
 * // { kind: 'fault', fault: 'connect-refused', phase: 'connect', sent: 'no' }
 */
export function classify(outcome: Outcome, expected: Expectation): Verdict {
  switch (outcome.kind) {
    case 'refused':
      return refusal(outcome);
    case 'aborted':
      return { kind: 'aborted' };
    case 'expired':
      return expired(outcome);
    case 'unanswered':
      return unanswered(outcome);
    case 'oversized':
      return oversized(outcome);
    case 'answered':
      return judgeBody(outcome, decodeBody(outcome, expected.broker), expected);
  }
}
