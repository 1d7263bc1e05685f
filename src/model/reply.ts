import type { JsonObject } from './json.ts';
import type { ExcoError } from './error.ts';
import type { ItemFailure } from './verdict.ts';

/** What is known of a call beside its answer. */
export interface ReplyMeta {
  /** The broker's alias. */
  readonly broker: string;
  readonly operation: string;
  readonly requestId: string;
  readonly httpStatus: number;
  /** The broker's text beside its respCode. */
  readonly respMsg: string;
  /** Requests sent, the first included. */
  readonly attempts: number;
  /** From the call to the answer, in milliseconds. */
  readonly elapsedMs: number;
  /** What was odd about the answer but did not spoil it: a charset, an item's status. */
  readonly warnings: readonly string[];
  /** Items that failed while others succeeded. */
  readonly itemFailures: readonly ItemFailure[];
}

/** A broker's answer: its message as it came, whole numbers beyond 2^53 as text. */
export interface Reply<Data = JsonObject> {
  readonly data: Data;
  readonly meta: ReplyMeta;
}

/** How a call ended, without an exception. */
export type Settled<Data = JsonObject> =
  { readonly ok: true; readonly reply: Reply<Data> } | { readonly ok: false; readonly error: ExcoError };
