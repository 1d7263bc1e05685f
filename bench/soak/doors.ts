import net, { type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import tls from 'node:tls';
import { authorityCertificate, serverIdentity, type ServerIdentityKind } from '../../src/simulator/certificates.ts';
import type { Nature } from './brokers.ts';
import { reset } from './connection.ts';

type Meet = (socket: Socket) => void;

function secure(meet: Meet, kind: ServerIdentityKind, options: tls.TlsOptions = {}): Server {
  return tls.createServer({ ...serverIdentity(kind), ...options }, meet).on('tlsClientError', () => undefined);
}

function demanding(meet: Meet): Server {
  const wanted = { requestCert: true, ca: authorityCertificate(), maxVersion: 'TLSv1.2' } as const;
  return secure(meet, 'good', wanted);
}

/** Takes every connection, and does this with it. */
function raw(meet: Meet): Server {
  return net.createServer((socket) => {
    // Also one that nobody reads from must hear that the other side has gone.
    socket.on('error', () => undefined).resume();
    meet(socket);
  });
}

/** The server of a broker of this nature. */
function serverOf(nature: Nature, meet: Meet): Server {
  switch (nature) {
    case 'tls':
      return secure(meet, 'good');
    case 'tls-expired':
      return secure(meet, 'expired');
    case 'tls-untrusted':
      return secure(meet, 'unknownAuthority');
    case 'tls-demanding':
      return demanding(meet);
    case 'tls-deaf':
      return raw(() => undefined);
    case 'tls-clear-text':
      return raw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    case 'resetting':
      return raw(reset);
    default:
      return raw(meet);
  }
}

const open = new Set<Socket>();

/** Connections that are open now, at all doors. */
export function openConnections(): number {
  return open.size;
}

/** Ends every connection, as a broker does that is tired of idle ones; returns how many there were. */
export function hangUp(): number {
  const count = open.size;
  for (const socket of open) socket.destroy();
  return count;
}

function countConnections(server: Server): void {
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
}

/** Nobody listens there, and no system gives it to a server that asks for any port. */
const CLOSED_PORT = 1;

/** Starts to listen as a broker of this nature does, and says on which port. */
export async function openDoor(nature: Nature, meet: Meet): Promise<number> {
  if (nature === 'closed') return CLOSED_PORT;
  const server = serverOf(nature, meet);
  countConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
