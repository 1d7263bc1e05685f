import { requestOctets } from './request-octets.ts';
import type { OpenWire } from './open-wire.ts';

/** A wire over our own connections: half of what Node's HTTP client costs, and nothing between us and the socket. */
export const openSocketWire: OpenWire = (line, request, freshSocket, events) => {
  const octets = requestOctets(line.authority, request, !freshSocket);
  const connection = line.pool.take(freshSocket);
  const reusedSocket = connection.isUsed;
  connection.send(octets, request.limits.headBytes, events);
  return {
    reusedSocket,
    destroy: () => {
      connection.destroy();
    },
  };
};
