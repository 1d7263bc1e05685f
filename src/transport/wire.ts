import type { ResponseHead } from '../model/wire.ts';
import type { DialEvents } from './dial.ts';

/** What a wire tells of one request on one socket. Nothing comes behind `complete` or `failed`. */
export interface WireEvents extends DialEvents {
  /** The whole request was handed to the system. */
  flushed(): void;
  /** The final response's head; those of 1xx are not told. */
  head(head: ResponseHead): void;
  body(octets: Buffer): void;
  /** The whole response came in order. */
  complete(): void;
  /** It ended in any other way; the error carries the code of the system, of TLS or of the parser. */
  failed(error: unknown): void;
}

/** One request under way on one socket. */
export interface Wire {
  readonly reusedSocket: boolean;
  /** Closes the socket now; nobody else will get it. */
  destroy(): void;
}
