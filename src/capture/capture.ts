import iconv from 'iconv-lite';
import { profileOf } from '../brokers/profile.ts';
import { classify } from '../flow/classify.ts';
import { expectationOf } from '../flow/prepare.ts';
import { translate } from '../flow/translate.ts';
import type { BrokerProfile } from '../model/broker.ts';
import type { Operation } from '../model/operation.ts';
import { findOperation } from '../model/operations.ts';
import type { Settled } from '../model/reply.ts';
import type { Failure } from '../model/verdict.ts';
import type { Outcome, Phase, ResponseHead } from '../model/wire.ts';
import type { Capture, CapturedAttempt } from './format.ts';

type CapturedResponse = NonNullable<CapturedAttempt['response']>;
type CapturedFault = NonNullable<CapturedAttempt['fault']>;

/** Stands for the broker's address in a profile that is never dialled. */
const NOWHERE = 'http://capture.invalid';

const DEFAULT_TYPE = 'application/json; charset=utf-8';

const BEFORE_SENT: readonly Phase[] = ['dns', 'connect', 'tls', 'send'];

/** The octets of a captured body, in the charset it came in. */
export function bodyOf({ json, text, charset = 'utf-8', base64 }: CapturedResponse): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (text !== undefined) return iconv.encode(text, charset);
  return json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json));
}

/** Status and headers of a captured response, names in lower case. */
export function headOf({ status, headers = {} }: CapturedResponse): ResponseHead {
  const named: Record<string, string> = { 'content-type': DEFAULT_TYPE };
  for (const [name, value] of Object.entries(headers)) named[name.toLowerCase()] = value;
  return { status, headers: named };
}

function faultOutcome(fault: CapturedFault, head: ResponseHead | undefined): Outcome {
  const { phase, code, reason, limit } = fault;
  const sent = fault.sent ?? (BEFORE_SENT.includes(phase) ? 'no' : 'yes');
  const came = head === undefined ? {} : { head };
  if (limit === 'body-bytes') return { kind: 'oversized', ...(head ?? { status: 200, headers: {} }), receivedAtMs: 0 };
  if (limit !== undefined) return { kind: 'expired', limit, phase, sent, ...came };
  return {
    kind: 'unanswered',
    phase,
    sent,
    code: code ?? 'ERR_UNKNOWN',
    ...(reason !== undefined && { reason }),
    ...came,
  };
}

/** What the transport would have seen of a captured attempt. */
export function outcomeOf({ response, fault }: CapturedAttempt): Outcome {
  const head = response === undefined ? undefined : headOf(response);
  if (fault !== undefined || response === undefined || head === undefined) {
    return faultOutcome(fault ?? { phase: 'connect', code: 'ERR_UNKNOWN' }, head);
  }
  return { kind: 'answered', ...head, body: bodyOf(response), receivedAtMs: 0 };
}

/** An operation that the message standard does not have is judged as a read with nothing but an envelope. */
function operationOf(name: string): Operation {
  return findOperation(name) ?? { name, path: '/', kind: 'read' };
}

/** What the connector makes of a captured call: its last attempt decides. Pure; no network, no clock. */
export function judgeCapture(capture: Capture, profile?: BrokerProfile): Settled {
  const broker = profile ?? profileOf({ alias: capture.broker, baseUrl: NOWHERE }, 'capture.broker');
  const operation = operationOf(capture.operation);
  const expected = expectationOf(broker, operation, capture.request);
  const outcomes = capture.attempts.map(outcomeOf);
  const attempts = outcomes.length;
  const last = outcomes.at(-1) ?? { kind: 'refused', fault: 'internal' };
  const verdict = classify(last, expected);
  const about = { broker: broker.alias, operation: operation.name, requestId: 'capture', attempts };
  if (verdict.kind === 'answer') {
    const { data, httpStatus, respMsg, warnings, itemFailures } = verdict;
    return { ok: true, reply: { data, meta: { ...about, httpStatus, respMsg, elapsedMs: 0, warnings, itemFailures } } };
  }
  const failure: Failure =
    verdict.kind === 'fault' ? verdict : { kind: 'fault', fault: 'internal', phase: 'local', sent: 'no' };
  return { ok: false, error: translate(failure, { ...about, kind: operation.kind, expected }) };
}
