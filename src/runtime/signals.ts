import { EventEmitter, getMaxListeners, setMaxListeners } from 'node:events';

/** Listeners on one signal, at most: as many as fetch allows. */
const MOST_LISTENERS = 1_500;

function limitOf(signal: AbortSignal): number {
  try {
    return getMaxListeners(signal);
  } catch {
    // Node 20 does not know a signal without a limit for a signal.
    return 0;
  }
}

/**
 * Lets many calls listen to `signal` at the same time, where Node would take more than ten listeners for a leak and warn.
 * A limit that was set by somebody else stays, and what is no signal of Node's is left alone.
 */
export function allowManyListeners(signal: unknown): void {
  if (!(signal instanceof AbortSignal)) return;
  if (limitOf(signal) === EventEmitter.defaultMaxListeners) setMaxListeners(MOST_LISTENERS, signal);
}
