import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Address } from './address.ts';

/** How far a socket has come: name known, connected, keys of TLS agreed, ready for a request. */
export type DialStep = 'resolved' | 'connected' | 'keyed' | 'ready';

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
  reached: (step: DialStep) => void,
): void {
  // A dial can fail before anybody could listen to the socket; its error is on the way.
  if (socket.destroyed) return;
  if (isReused || !isPending(socket)) {
    reached('ready');
    return;
  }
  socket.once('lookup', (error: Error | null) => {
    if (error === null) reached('resolved');
  });
  socket.once('connect', () => {
    reached('connected');
    if (!isTls) reached('ready');
  });
  if (!isTls) return;
  // Once the keys are agreed the server has shown its certificate; the keys themselves are not looked at.
  socket.once('keylog', () => {
    reached('keyed');
  });
  socket.once('secureConnect', () => {
    const endMs = certificateSeen && certificateEndMs(socket);
    if (endMs !== undefined) certificateSeen?.(endMs);
    reached('ready');
  });
}
