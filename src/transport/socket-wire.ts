import type { Connection } from './connection.ts';
import { requestOctets } from './request-octets.ts';
import type { OpenWire } from './open-wire.ts';
import type { Wire } from './wire.ts';

class SocketWire implements Wire {
  readonly reusedSocket: boolean;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.reusedSocket = connection.isUsed;
    this.#connection = connection;
  }

  destroy(): void {
    this.#connection.destroy();
  }
}

/** A wire over our own connections: half of what Node's HTTP client costs, and nothing between us and the socket. */
export const openSocketWire: OpenWire = (line, request, freshSocket, events) => {
  const octets = requestOctets(line.authority, request, !freshSocket);
  const connection = line.pool.take(freshSocket);
  const wire = new SocketWire(connection);
  connection.send(octets, request.limits.headBytes, events);
  return wire;
};
