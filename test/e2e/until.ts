import { setTimeout as pause } from 'node:timers/promises';

/** How long lies between two looks, in milliseconds. */
const EVERY_MS = 100;

/** Looks until there is something to see, and gives it. @throws Error that says `what` was waited for, after `mostMs`. */
export async function until<T>(what: string, mostMs: number, look: () => Promise<T | undefined>): Promise<T> {
  const endMs = performance.now() + mostMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > endMs) throw new Error(`within ${mostMs} ms there was no: ${what}`);
    await pause(EVERY_MS);
  }
}
