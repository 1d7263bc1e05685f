import type { BrokerProfile } from '../model/broker.ts';
import { operationAt } from '../model/broker-operation.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { isOperationPath, type Operation } from '../model/operation.ts';
import type { CallSignal } from '../model/signal.ts';

/** How one call is made. */
export interface CallOptions {
  /** Time for the whole call: queueing, attempts, pauses and body, in milliseconds. Default 10,000. */
  readonly deadlineMs?: number | undefined;
  /** Gives the call up; it rejects with the signal's reason, as fetch does. */
  readonly signal?: CallSignal | undefined;
  /** Name of the call in records, errors and the `X-Request-Id` header. Default: a new UUID. */
  readonly requestId?: string | undefined;
}

/** A call's `operation`: a name of the message standard, or one made by `defineOperation`. */
export type OperationLike = string | Operation;

const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

const OPTIONS: ReadonlySet<string> = new Set(['deadlineMs', 'signal', 'requestId']);

function expected(what: string, words: string): TypeError {
  return new TypeError(`${what}: expected ${words}`);
}

function isSignal(value: unknown): value is CallSignal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'aborted' in value &&
    'addEventListener' in value &&
    'removeEventListener' in value
  );
}

/**
 * The options of a call.
 *
 * @throws TypeError naming the option and what was expected.
 */
export function checkOptions(options: CallOptions): CallOptions {
  const given: unknown = options;
  if (!isJsonObject(given)) throw expected('options', 'an object');
  for (const key of Object.keys(given)) {
    if (!OPTIONS.has(key)) throw expected(`options.${key}`, `no such option; known are ${[...OPTIONS].join(', ')}`);
  }
  const { deadlineMs, signal, requestId } = given;
  if (deadlineMs !== undefined && !(typeof deadlineMs === 'number' && deadlineMs > 0)) {
    throw expected('options.deadlineMs', 'a number of milliseconds above 0');
  }
  if (signal !== undefined && !isSignal(signal)) throw expected('options.signal', 'an AbortSignal');
  if (requestId !== undefined && !(typeof requestId === 'string' && REQUEST_ID.test(requestId))) {
    throw expected('options.requestId', 'at most 128 letters, digits, dots, colons, hyphens or underscores');
  }
  return options;
}

/**
 * The message of a call.
 *
 * @throws TypeError when it is no JSON object.
 */
export function checkMessage(message: unknown): JsonObject {
  if (!isJsonObject(message)) throw expected('message', 'an object');
  return message;
}

/**
 * The name of a broker, as given.
 *
 * @throws TypeError when it is no text.
 */
export function checkBrokerName(broker: unknown): string {
  if (typeof broker !== 'string') throw expected('broker', 'an alias, a synonym or a comId, as text');
  return broker;
}

/**
 * The operation of a call at `broker`; `undefined` for a name that is known neither to the message standard nor there.
 *
 * @throws TypeError when it is neither a name nor an operation.
 */
export function checkOperation(operation: unknown, broker?: BrokerProfile): Operation | undefined {
  if (typeof operation === 'string') return operationAt(broker, operation);
  if (!isOperation(operation)) throw expected('operation', 'a name, or an operation made by defineOperation');
  return operation;
}

function isOperation(value: unknown): value is Operation {
  if (!isJsonObject(value)) return false;
  const { name, path, kind } = value;
  return typeof name === 'string' && isOperationPath(path) && (kind === 'read' || kind === 'write');
}
