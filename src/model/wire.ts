import type { Fault } from '../catalog/faults.ts';
import type { Method } from './operation.ts';

/** How far a call or an attempt had come. `local` is before any dial, `message` after the body was complete. */
export type Phase = 'local' | 'dns' | 'connect' | 'tls' | 'send' | 'head' | 'body' | 'message';

/**
 * Whether the whole request left on a ready socket: measured, not guessed.
 * `maybe`: a socket that had been used before died without a word.
 */
export type Sent = 'no' | 'yes' | 'maybe';

/** Our own limits, in the order they can fire. */
export type Limit = 'connect' | 'head' | 'body-idle' | 'deadline';

/** Faults that are found before any dial. */
export type LocalFault = Extract<
  Fault,
  | 'unknown-broker'
  | 'unknown-operation'
  | 'missing-field'
  | 'maintenance-window'
  | 'breaker-open'
  | 'bulkhead-full'
  | 'deadline-exceeded'
  | 'internal'
>;

/** What was seen of one attempt: the only thing `classify` judges. */
export type Outcome = Answered | Unanswered | Expired | Oversized | Refused | Aborted;

/** Status and headers of a response, as far as they came. Header names in lower case (RFC 9110 section 5.1). */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The broker answered with a complete HTTP response, of any status. */
export interface Answered extends ResponseHead {
  readonly kind: 'answered';
  /** Raw octets, still compressed, in whatever charset. */
  readonly body: Uint8Array;
  /** Milliseconds since 1970 when the head came; needed where `Retry-After` is a date. */
  readonly receivedAtMs: number;
}

/** No complete response arrived, and not because of a limit of ours. */
export interface Unanswered {
  readonly kind: 'unanswered';
  readonly phase: Phase;
  readonly sent: Sent;
  /** System, resolver, TLS or HTTP parser code: `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`, `HPE_INVALID_CONSTANT`. */
  readonly code: string;
  /** What the TLS library said, where the code alone is ambiguous (`EPROTO`). */
  readonly reason?: string;
  /** The response head, where it had come. */
  readonly head?: ResponseHead;
  /** Octets of the body that had come; where the head had. */
  readonly bodyBytes?: number;
}

/** A limit of ours fired and the socket was closed. */
export interface Expired {
  readonly kind: 'expired';
  readonly limit: Limit;
  readonly phase: Phase;
  readonly sent: Sent;
  readonly head?: ResponseHead;
  /** Octets of the body that had come; where the head had. */
  readonly bodyBytes?: number;
}

/** The body went past its limit and the socket was closed. */
export interface Oversized extends ResponseHead {
  readonly kind: 'oversized';
  readonly receivedAtMs: number;
}

/** Refused by ourselves, before any dial. */
export interface Refused {
  readonly kind: 'refused';
  readonly fault: LocalFault;
  /** Milliseconds until it is worth asking again, where known. */
  readonly retryAfterMs?: number;
  /** For people: the fields that are missing, the name that is not known. */
  readonly description?: string;
}

/** The caller gave up; nothing to judge. */
export interface Aborted {
  readonly kind: 'aborted';
  readonly phase: Phase;
  readonly sent: Sent;
}

/** One request, ready to be sent to a broker. */
export interface WireRequest {
  /** Default `POST`; a `GET` has no body. */
  readonly method?: Method;
  /** Path on the broker's host, its base path and query included. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; sent as UTF-8. */
  readonly body: string;
  readonly timeouts: Readonly<{ connectMs: number; headMs: number; bodyIdleMs: number }>;
  readonly limits: Readonly<{ headBytes: number; bodyBytes: number }>;
  /** A write never goes out on a socket that was used before: only on a new one is it known whether it left. */
  readonly freshSocket: boolean;
}
