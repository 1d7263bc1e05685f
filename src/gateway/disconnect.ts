import type { Socket } from 'node:net';
import type { CallSignal } from '../model/signal.ts';

/** Why a call was given up whose caller has gone. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}

/**
 * Aborts when a caller's connection is gone. Not an `AbortSignal`: for Node's own, each call would pay as much for one
 * listener as for the reading of its message.
 */
class GoneSignal implements CallSignal {
  aborted = false;
  reason: CallerGone | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(socket: Socket) {
    if (socket.destroyed) this.#abort();
    else socket.once('close', () => this.#abort());
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  #abort(): void {
    this.aborted = true;
    this.reason = new CallerGone('the caller closed the connection');
    for (const listener of this.#listeners) listener();
  }
}

const SIGNALS = new WeakMap<Socket, CallSignal>();

/** The signal of a caller's connection: one for all of its calls, which come one behind the other. */
export function goneSignal(socket: Socket): CallSignal {
  const known = SIGNALS.get(socket);
  if (known !== undefined) return known;
  const signal = new GoneSignal(socket);
  SIGNALS.set(socket, signal);
  return signal;
}
