import { isBrokerCode, isExcoCode } from '../catalog/lookup.ts';
import type { Fault } from '../catalog/faults.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
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
import { resultOf, type Result } from './envelope.ts';
import { itemsOf } from './items.ts';
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

/** Faults that a dialect's mapping to one of our own codes stands for, where it names none. */
const BY_MAPPED_CODE: ReadonlyMap<number, Fault> = new Map<number, Fault>([
  [3600, 'broker-unavailable'],
  [3005, 'broker-timeout'],
  [3999, 'credentials-refused'],
]);

function mappedFailure(result: Extract<Result, { kind: 'mapped' }>, seen: Seen): Failure {
  const { mapped, theirs, text } = result;
  const fault = mapped.fault ?? BY_MAPPED_CODE.get(mapped.code) ?? 'broker-error';
  const shown = isExcoCode(mapped.code) ? {} : { foreignCode: theirs, reason: text };
  return failure(fault, 'message', 'yes', { ...seen, code: mapped.code, brokerCode: theirs, ...shown });
}

/** The fault that the broker's own word amounts to; `undefined` for a success. */
function resultFailure(result: Exclude<Result, { kind: 'none' }>, httpStatus: number, seen: Seen): Failure | undefined {
  switch (result.kind) {
    case 'success':
      return httpStatus >= 400 ? failure('status-conflict', 'message', 'yes', seen) : undefined;
    case 'not-a-code': {
      const theirs = result.theirs === undefined ? {} : { brokerCode: result.theirs };
      return failure('respcode-invalid', 'message', 'yes', { ...seen, ...theirs });
    }
    case 'mapped':
      return mappedFailure(result, seen);
    case 'code': {
      const { code, text, reason } = result;
      const told = { ...seen, brokerCode: code, text, ...(reason !== undefined && { reason }) };
      return isBrokerCode(code)
        ? failure('broker-error', 'message', 'yes', { ...told, code })
        : failure('respcode-out-of-range', 'message', 'yes', { ...seen, brokerCode: code });
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
  const seen = { ...headSeen(outcome, outcome.receivedAtMs), answer: message };
  const result = resultOf(message, outcome.status, expected.broker.dialect);
  if (result.kind === 'none') return failure(statusFault(outcome.status) ?? 'envelope-missing', 'message', 'yes', seen);
  const isSuccess = result.kind === 'success';
  const mismatch = mismatchOf(expected, outcome.headers, message, !isSuccess);
  if (mismatch !== undefined) return failure(mismatch, 'message', 'yes', seen);
  const items = itemsOf(expected, isSuccess ? message : {});
  if (items.failure !== undefined) return failure('item-failed', 'message', 'yes', { ...seen, ...items.failure });
  const fault = resultFailure(result, outcome.status, seen);
  if (fault !== undefined) return fault;
  return {
    kind: 'answer',
    data: message,
    respMsg: isSuccess ? result.text : '',
    httpStatus: outcome.status,
    warnings: [...warnings, ...items.warnings],
    itemFailures: items.itemFailures,
  } satisfies Answer;
}

function judgeBody(outcome: Answered, decoded: Decoded, expected: Expectation): Verdict {
  const seen = headSeen(outcome, outcome.receivedAtMs);
  switch (decoded.kind) {
    case 'page':
      return failure('maintenance-page', 'message', 'yes', seen);
    case 'unreadable':
      return failure(statusFault(outcome.status) ?? decoded.fault, 'message', 'yes', seen);
    case 'value':
      return isJsonObject(decoded.value)
        ? judgeMessage(outcome, decoded.value, decoded.warnings, expected)
        : failure(statusFault(outcome.status) ?? 'envelope-missing', 'message', 'yes', seen);
  }
}

/**
 * The answer, or the one fault that kept us from it. Decides in the order of the fault table's contract: refused
 * locally, given up by the caller, our own limit, no response head, body incomplete, maintenance page, unreadable bytes,
 * no envelope (by HTTP status), TRCODE and echoes, items, respCode. Pure, total over `Outcome`; never throws.
 *
 * @example classify({ kind: 'unanswered', phase: 'connect', sent: 'no', code: 'ECONNREFUSED' }, expectation)
 *          // { kind: 'fault', fault: 'connect-refused', phase: 'connect', sent: 'no' }
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
