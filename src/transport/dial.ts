import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Address } from './address.ts';

/** How far a socket has come: name known, connected, keys of TLS agreed, ready for a request. */
export type DialStep = 'resolved' | 'connected' | 'keyed' | 'ready';

/** Hears of a dial. */
export interface DialEvents {
  /** How far it has come. */
  reached(step: DialStep): void;
}

/** Whether the socket still has to connect or to shake hands. */
function isPending(socket: Socket): boolean {
  return socket.connecting || ('secureConnecting' in socket && socket.secureConnecting === true);
}

/** The end of the certificate that the other side has shown, in milliseconds since 1970; a session taken up shows none. */
function certificateEndMs(socket: Socket): number | undefined {
  if (!(socket instanceof TLSSocket) || socket.isSessionReused()) return undefined;
  const { valid_to: end } = socket.getPeerCertificate();
  const endMs = typeof end === 'string' ? Date.parse(end) : NaN;
  return Number.isNaN(endMs) ? undefined : endMs;
}

/** Tells every step of a dial, each once; only `ready` for a socket that was used before. */
export function watchDial(
  socket: Socket,
  { isTls, certificateSeen }: Pick<Address, 'isTls' | 'certificateSeen'>,
  isReused: boolean,
  told: DialEvents,
): void {
  if (isReused) {
    told.reached('ready');
    return;
  }
  // A dial can fail before anybody could listen to the socket; its error is on the way.
  if (socket.destroyed) return;
  if (!isPending(socket)) {
    told.reached('ready');
    return;
  }
  const resolved = (error: Error | null) => {
    if (error === null) told.reached('resolved');
  };
  const keyed = () => {
    told.reached('keyed');
  };
  // An address is never looked up: what waits for that would keep the first request, answer and all, as long as the socket.
  const ready = () => {
    socket.off('lookup', resolved).off('keylog', keyed);
    told.reached('ready');
  };
  socket.once('lookup', resolved);
  socket.once('connect', () => {
    told.reached('connected');
    if (!isTls) ready();
  });
  if (!isTls) return;
  // Once the keys are agreed the server has shown its certificate; the keys themselves are not looked at.
  socket.once('keylog', keyed);
  socket.once('secureConnect', () => {
    const endMs = certificateSeen && certificateEndMs(socket);
    if (endMs !== undefined) certificateSeen?.(endMs);
    ready();
  });
}
