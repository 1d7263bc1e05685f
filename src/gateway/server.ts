import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { GatewaySettings } from './settings.ts';

/** How often the parser looks for requests that are late, in milliseconds: a limit is kept to within this. */
const LOOK_EVERY_MS = 500;

/** Oldest TLS spoken with callers. */
const OLDEST_TLS = 'TLSv1.2';

type Listener = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** Node's own listener with every limit set, plain or TLS; with `clientCa` only clients who have a certificate get in. */
export function createListener(listener: Listener, { limits, tls }: GatewaySettings): http.Server {
  const options: http.ServerOptions = {
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: LOOK_EVERY_MS,
    insecureHTTPParser: false,
    // Checked with the other things a request must have, so that its answer is the standard's.
    requireHostHeader: false,
    noDelay: true,
  };
  const server =
    tls === undefined
      ? http.createServer(options, listener)
      : https.createServer(
          {
            ...options,
            ...tls,
            minVersion: OLDEST_TLS,
            requestCert: tls.ca !== undefined,
            handshakeTimeout: limits.headMs,
          },
          listener,
        );
  server.maxConnections = limits.connections;
  // An expectation that nobody here knows is a request like any other; Node would answer it in words of its own.
  server.on('checkExpectation', listener);
  return server;
}

/** Puts renewed certificates in force for new connections; nothing for a plain listener. */
export function renewCertificates(server: http.Server, { tls }: GatewaySettings): void {
  if (server instanceof https.Server && tls !== undefined) server.setSecureContext({ ...tls, minVersion: OLDEST_TLS });
}

/** Ends what is idle, and has every other connection end behind its answer. */
export function closeDoor(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Writes octets to a connection that no request can be read from any more, and ends it. */
export function endWith(socket: Socket, octets: string | undefined): void {
  if (octets === undefined || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(octets, () => {
    socket.destroy();
  });
}
