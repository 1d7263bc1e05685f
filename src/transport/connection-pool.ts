import type { Address } from './address.ts';
import { Connection } from './connection.ts';
import { IdleConnections } from './idle-connections.ts';
import { TlsResumption } from './tls-resumption.ts';

/** The connections to one broker, those that wait for a request among them: the last one used is the first one taken. */
export class ConnectionPool {
  readonly #address: Address;
  readonly #resumption = new TlsResumption();
  readonly #most: number;
  readonly #idleMs: number;
  readonly #open = new Set<Connection>();
  readonly #idle = new IdleConnections();

  /** Keeps at most `most` connections without a request, each for `idleMs` milliseconds. */
  constructor(address: Address, { most, idleMs }: { readonly most: number; readonly idleMs: number }) {
    this.#address = address;
    this.#most = most;
    this.#idleMs = idleMs;
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
    const connection = new Connection(this.#address, this.#resumption, {
      idle: (keptMs) => {
        const idleMs = Math.min(this.#idleMs, isFresh ? 0 : keptMs);
        if (idleMs === 0 || this.#idle.count >= this.#most) return false;
        this.#idle.add(connection, idleMs);
        return true;
      },
      closed: () => {
        this.#open.delete(connection);
        this.#idle.remove(connection);
      },
    });
    this.#open.add(connection);
    return connection;
  }
}
