import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { AttemptRecord, CallRecord, StateRecord } from '../model/record.ts';

/** Names of attributes, each with where its value is found in a record; where there is none the attribute is left out. */
export type AttributeTable<Item> = Readonly<Record<string, (record: Item) => AttributeValue | undefined>>;

/** What OpenTelemetry calls a kind of remote call; one word for all calls of this package. */
const RPC_SYSTEM = 'op-exco';

/** Attributes of a call's span. Of a broker's answer there are only numbers in it, never words. */
export const CALL_ATTRIBUTES = {
  'rpc.system.name': () => RPC_SYSTEM,
  'rpc.method': ({ operation }) => operation,
  // The convention has codes of every system as text.
  'rpc.response.status_code': ({ code }) => (code === undefined ? undefined : String(code)),
  'service.peer.name': ({ broker }) => broker,
  'http.response.status_code': ({ brokerHttpStatus }) => brokerHttpStatus,
  'error.type': ({ fault }) => fault,
  'exco.broker': ({ broker }) => broker,
  'exco.operation': ({ operation }) => operation,
  'exco.kind': ({ kind }) => kind,
  'exco.request_id': ({ requestId }) => requestId,
  'exco.result': ({ result }) => result,
  'exco.category': ({ category }) => category,
  'exco.code': ({ code }) => code,
  'exco.blame': ({ blame }) => blame,
  'exco.evidence': ({ evidence }) => evidence,
  'exco.phase': ({ phase }) => phase,
  'exco.sent': ({ sent }) => sent,
  'exco.outcome': ({ outcome }) => outcome,
  'exco.retry_after_ms': ({ retryAfterMs }) => retryAfterMs,
  'exco.attempts': ({ attempts }) => attempts,
} as const satisfies AttributeTable<CallRecord>;

/** Attributes of the event that each attempt is on its call's span. */
export const ATTEMPT_ATTRIBUTES = {
  'exco.attempt.number': ({ attempt }) => attempt,
  'exco.attempt.reused_socket': ({ reusedSocket }) => reusedSocket,
  'error.type': ({ fault }) => fault,
  'exco.result': ({ result }) => result,
  'exco.blame': ({ blame }) => blame,
  'exco.phase': ({ phase }) => phase,
  'exco.sent': ({ sent }) => sent,
  'exco.attempt.dns_ms': ({ dnsMs }) => dnsMs,
  'exco.attempt.connect_ms': ({ connectMs }) => connectMs,
  'exco.attempt.tls_ms': ({ tlsMs }) => tlsMs,
  'exco.attempt.sent_ms': ({ sentMs }) => sentMs,
  'exco.attempt.head_ms': ({ headMs }) => headMs,
  'exco.attempt.body_ms': ({ bodyMs }) => bodyMs,
} as const satisfies AttributeTable<AttemptRecord>;

/** Labels of the instruments. Every one has a closed set of values, or the cost of a metric has no bound. */
export const LABELS = {
  duration: {
    'exco.broker': ({ broker }) => broker,
    'exco.operation': ({ operation }) => operation,
    'exco.result': ({ result }) => result,
    'error.type': ({ fault }) => fault,
  },
  calls: {
    'exco.broker': ({ broker }) => broker,
    'exco.operation': ({ operation }) => operation,
    'exco.kind': ({ kind }) => kind,
    'exco.result': ({ result }) => result,
    'error.type': ({ fault }) => fault,
    'exco.blame': ({ blame }) => blame,
    'exco.outcome': ({ outcome }) => outcome,
  },
  attempts: {
    'exco.broker': ({ broker }) => broker,
    'exco.operation': ({ operation }) => operation,
    'exco.result': ({ result }) => result,
    'error.type': ({ fault }) => fault,
    'exco.blame': ({ blame }) => blame,
  },
  circuits: {
    'exco.broker': ({ broker }) => broker,
    'exco.operation': ({ operation }) => operation,
    'exco.circuit.state': ({ to }) => to,
  },
} as const satisfies {
  duration: AttributeTable<CallRecord>;
  calls: AttributeTable<CallRecord>;
  attempts: AttributeTable<AttemptRecord>;
  circuits: AttributeTable<StateRecord>;
};

/** What `table` finds in `record`. */
export function attributesOf<Item>(table: AttributeTable<Item>, record: Item): Attributes {
  const attributes: Attributes = {};
  for (const [name, valueOf] of Object.entries(table)) {
    const value = valueOf(record);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}
