import { refusal } from '../flow/classify.ts';
import { withHeaders } from '../flow/paging.ts';
import { prepare, type Prepared } from '../flow/prepare.ts';
import type { JsonObject } from '../model/json.ts';
import type { Operation } from '../model/operation.ts';
import type { Placed } from '../model/paging.ts';
import { redactText } from '../model/redact.ts';
import type { Failure } from '../model/verdict.ts';
import type { CallOptions } from './arguments.ts';
import type { BrokerGate } from './gate.ts';

/** A call whose arguments are in order; a broker or an operation that is not known is `undefined`. */
export interface Call {
  readonly brokerName: string;
  readonly gate: BrokerGate | undefined;
  readonly operationName: string;
  readonly operation: Operation | undefined;
  readonly message: JsonObject;
  readonly options: CallOptions;
  /** Values beside the message: flags and keys of a page. */
  readonly placed?: readonly Placed[];
}

/** A call that can be made. */
export interface Ready {
  readonly gate: BrokerGate;
  readonly operation: Operation;
  readonly prepared: Prepared;
}

/** A name that can be shown as it is. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/** The refusal of a name that nothing is configured under. */
function unknown(fault: 'unknown-broker' | 'unknown-operation', name: string): Failure {
  return refusal({ kind: 'refused', fault, ...(PLAIN_NAME.test(name) && { description: redactText(name) }) });
}

/** Who is asked, what, and is the message complete; or why it is not sent. */
export function readyOf(
  { gate, brokerName, operation, operationName, message, placed = [] }: Call,
  requestId: string,
): Ready | Failure {
  if (gate === undefined) return unknown('unknown-broker', brokerName);
  if (operation === undefined) return unknown('unknown-operation', operationName);
  const prepared = prepare(gate.profile, operation, message, requestId);
  if (prepared.kind === 'refused') return refusal(prepared);
  const { request } = prepared;
  return {
    gate,
    operation,
    prepared: placed.length === 0 ? prepared : { ...prepared, request: withHeaders(request, placed) },
  };
}
