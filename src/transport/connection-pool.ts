import type { Address } from './address.ts';
import { Connection } from './connection.ts';
import { TlsResumption } from './tls-resumption.ts';

/** The connections to one broker, those that wait for a request among them: the last one used is the first one taken. */
export class ConnectionPool {
  readonly #address: Address;
  readonly #resumption = new TlsResumption();
  readonly #most: number;
  readonly #idleMs: number;
  readonly #open = new Set<Connection>();
  readonly #idle: Connection[] = [];

  /** Keeps at most `most` connections without a request, each for `idleMs` milliseconds. */
  constructor(address: Address, { most, idleMs }: { readonly most: number; readonly idleMs: number }) {
    this.#address = address;
    this.#most = most;
    this.#idleMs = idleMs;
  }

  /** A connection for one request: a new one where `isFresh` says so, which is then closed behind the request. */
  take(isFresh: boolean): Connection {
    for (let last = this.#kept(isFresh); last !== undefined; last = this.#idle.pop()) if (last.isOpen) return last;
    const connection = new Connection(this.#address, this.#resumption, {
      idle: (keptMs) => {
        const idleMs = Math.min(this.#idleMs, isFresh ? 0 : keptMs);
        if (idleMs === 0 || this.#idle.length >= this.#most) return false;
        connection.rest(idleMs);
        this.#idle.push(connection);
        return true;
      },
      closed: () => {
        this.#open.delete(connection);
        const at = this.#idle.indexOf(connection);
        if (at >= 0) this.#idle.splice(at, 1);
      },
    });
    this.#open.add(connection);
    return connection;
  }

  closeIdle(): void {
    for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  close(): void {
    for (const connection of this.#open) connection.destroy();
  }

  #kept(isFresh: boolean): Connection | undefined {
    return isFresh ? undefined : this.#idle.pop();
  }
}
