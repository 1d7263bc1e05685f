import type { Effect, Fault } from '../catalog/faults.ts';
import type { BrokerProfile, EchoField } from './broker.ts';
import type { RetryWord } from './dialect.ts';
import type { JsonObject } from './json.ts';
import type { ItemTrCode, OperationKind } from './operation.ts';
import type { Placed } from './paging.ts';
import type { Phase, Sent } from './wire.ts';

/** What stands behind a broker's fixed text. */
export type Detail =
  | { readonly kind: 'reason'; readonly text: string }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'days'; readonly days: number };

/** An item of a virtual-account message that failed while others succeeded. */
export interface ItemFailure {
  /** Position in the answer, first is 0. */
  readonly index: number;
  /** 5004 to 5007, by the item's TRCODE. */
  readonly code: number;
  readonly message: string;
  /** The broker's reason, without personal data. */
  readonly description?: string;
}

/** What an answer must match to be the answer to this request. */
export interface Expectation {
  readonly broker: Pick<
    BrokerProfile,
    'alias' | 'charset' | 'trCodeAt' | 'dialect' | 'paging' | 'maintenance' | 'limits' | 'faultCodes'
  >;
  readonly operation: { readonly name: string; readonly kind: OperationKind; readonly itemTrCode?: ItemTrCode };
  /** The TRCODE that must come back, where the broker tags its messages. */
  readonly trCode?: string;
  /** Values of the request that must come back, where they come back. */
  readonly echoes: Readonly<Partial<Record<EchoField, string>>>;
  /** Virtual account numbers of the request's items, in order; present for messages with items. */
  readonly items?: readonly { readonly vtAccNo?: string }[];
  /** The request itself: its personal values are kept out of every text that is shown. */
  readonly message: JsonObject;
}

/** The broker's own answer, and it is the answer to this request. */
export interface Answer {
  readonly kind: 'answer';
  readonly data: JsonObject;
  readonly respMsg: string;
  readonly httpStatus: number;
  readonly warnings: readonly string[];
  readonly itemFailures: readonly ItemFailure[];
  /** What the request for the next page sends, at a broker whose lists go on by data; absent at the end of a list. */
  readonly next?: readonly Placed[];
}

/** Why there is no answer: one row of the fault table, and what was seen. */
export interface Failure {
  readonly kind: 'fault';
  readonly fault: Fault;
  readonly phase: Phase;
  readonly sent: Sent;
  /** Code in the error: the broker's own where the row leaves it to that, or the one a dialect maps to. */
  readonly code?: number;
  /** The broker's code as it came. */
  readonly brokerCode?: number | string;
  readonly brokerHttpStatus?: number;
  /** The broker's own text for `code`, raw. */
  readonly text?: string;
  /** A reason the broker gave apart from its text, raw. */
  readonly reason?: string;
  /** The broker's code in a dialect of its own, shown before the reason. */
  readonly foreignCode?: string;
  /** What the broker advises after its code, where a dialect says so. */
  readonly retry?: RetryWord;
  /** What became of a write, where the row of the fault claims more than was said. */
  readonly effect?: Effect;
  /** The answer that `text` and `reason` come from: its personal values are kept out of what is shown of them. */
  readonly answer?: JsonObject;
  readonly retryAfterMs?: number;
  /** Our own words for people, with no data of the message in it. */
  readonly description?: string;
  /** What went wrong inside, where the fault is our own. */
  readonly cause?: unknown;
}

/** The caller gave up. */
export interface GivenUp {
  readonly kind: 'aborted';
}

/** What an outcome comes to: an answer, one fault, or the caller gave up. */
export type Verdict = Answer | Failure | GivenUp;
