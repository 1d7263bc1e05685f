import type { Address } from './address.ts';
import { Connection, type ConnectionKeeper } from './connection.ts';
import { IdleConnections } from './idle-connections.ts';
import { TlsResumption } from './tls-resumption.ts';

/** The connections to one broker, those that wait for a request among them: the last one used is the first one taken. */
export class ConnectionPool {
  readonly #address: Address;
  readonly #resumption = new TlsResumption();
  readonly #open = new Set<Connection>();
  readonly #idle = new IdleConnections();
  /** For connections that go on to another request. */
  readonly #kept: ConnectionKeeper;
  /** For those of one request. */
  readonly #fresh: ConnectionKeeper;

  /** Keeps at most `most` connections without a request, each for `idleMs` milliseconds. */
  constructor(address: Address, { most, idleMs }: { readonly most: number; readonly idleMs: number }) {
    this.#address = address;
    const closed = (connection: Connection) => {
      this.#open.delete(connection);
      this.#idle.remove(connection);
    };
    const idle = (connection: Connection, keptMs: number) => {
      if (this.#idle.count >= most) return false;
      this.#idle.add(connection, Math.min(idleMs, keptMs));
      return true;
    };
    this.#kept = { closed, idle };
    this.#fresh = { closed, idle: () => false };
  }

  /** A connection for one request: a new one where `isFresh` says so, which is then closed behind the request. */
  take(isFresh: boolean): Connection {
    return (isFresh ? undefined : this.#idle.take()) ?? this.#dial(isFresh);
  }

  closeIdle(): void {
    this.#idle.close();
  }

  close(): void {
    this.#idle.close();
    for (const connection of this.#open) connection.destroy();
  }

  #dial(isFresh: boolean): Connection {
    const connection = new Connection(this.#address, this.#resumption, isFresh ? this.#fresh : this.#kept);
    this.#open.add(connection);
    return connection;
  }
}
