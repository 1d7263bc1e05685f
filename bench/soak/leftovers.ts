import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** What keeps the process alive, by kind, and how many listeners it has for each of its events. */
export interface Holdings {
  readonly resources: Readonly<Record<string, number>>;
  readonly listeners: Readonly<Record<string, number>>;
}

const COLLECTIONS = 6;
const LOOK_MS = 20;

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What the process holds now. */
export function holdings(): Holdings {
  const events = process.eventNames().map(String).sort();
  return {
    resources: counted(process.getActiveResourcesInfo()),
    listeners: Object.fromEntries(events.map((event) => [event, process.listenerCount(event)])),
  };
}

/** What is held now and was not before, as `3 Timeout`. */
function leftovers(before: Holdings, now: Holdings): string[] {
  return (['resources', 'listeners'] as const).flatMap((kind) =>
    Object.entries(now[kind])
      .map(([name, count]) => [name, count - (before[kind][name] ?? 0)] as const)
      .filter(([, more]) => more > 0)
      .map(([name, more]) => `${more} ${name} ${kind === 'listeners' ? 'listeners' : ''}`.trim()),
  );
}

/** What is to be as it was. */
export interface Expected {
  readonly before: Holdings;
  /** Connections as the other side counts them: the process does not list sockets that are kept for later use. */
  readonly connections: () => Promise<number>;
}

/** What is there now and was not before. */
export async function left({ before, connections }: Expected): Promise<string[]> {
  const open = await connections();
  return [...leftovers(before, holdings()), ...(open > 0 ? [`${open} connections`] : [])];
}

/** Waits until nothing is left, and says how long that took; undefined where it took longer. */
export async function goneWithin(longestMs: number, expected: Expected): Promise<number | undefined> {
  const startMs = performance.now();
  for (;;) {
    // What is closing is gone after a few turns; the pause's own timer is over then.
    for (let index = 0; index < 5; index += 1) await turn();
    const isGone = (await left(expected)).length === 0;
    const elapsedMs = performance.now() - startMs;
    if (isGone) return elapsedMs;
    if (elapsedMs > longestMs) return undefined;
    await pause(LOOK_MS);
  }
}

/** Octets in use behind several collections; what one of them finds dead may need another to go. */
export async function heapAfterCollection(): Promise<number> {
  if (globalThis.gc === undefined) throw new TypeError('soak: expected node --expose-gc');
  for (let index = 0; index < COLLECTIONS; index += 1) {
    globalThis.gc();
    await turn();
  }
  return process.memoryUsage().heapUsed;
}
