import type { Socket } from 'node:net';

const SIGNALS = new WeakMap<Socket, AbortSignal>();

/** Why a call was given up whose caller has gone. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

/**
 * Aborts when the caller's connection is gone. One signal a connection and not one a call: its calls come one behind the
 * other, and a signal of its own would cost each of them more than the reading of its message.
 */
export function goneSignal(socket: Socket): AbortSignal {
  const known = SIGNALS.get(socket);
  if (known !== undefined) return known;
  const controller = new AbortController();
  const gone = () => controller.abort(new CallerGone('the caller closed the connection'));
  if (socket.destroyed) gone();
  else socket.once('close', gone);
  SIGNALS.set(socket, controller.signal);
  return controller.signal;
}
