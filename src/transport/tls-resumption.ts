import tls from 'node:tls';
import type { Address } from './address.ts';

/** What the TLS connections to one broker share: the parsed certificates, and the last session, which saves a handshake. */
export class TlsResumption {
  #context: tls.SecureContext | undefined;
  #session: Buffer | undefined;

  /** The certificates of `address`, parsed once. */
  contextOf({ secure }: Address): tls.SecureContext {
    return (this.#context ??= tls.createSecureContext(secure));
  }

  /** The session to take up again, if there is one. */
  get session(): { session?: Buffer } {
    return this.#session === undefined ? {} : { session: this.#session };
  }

  keep(session: Buffer): void {
    this.#session = session;
  }

  /** A session that did not lead to a connection is not tried again. */
  forget(): void {
    this.#session = undefined;
  }
}
