import { performance } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { getHeapCodeStatistics } from 'node:v8';
import type { LoopWatch } from './loop.ts';

/** What keeps the process alive, by kind, and how many listeners it has for each of its events. */
export interface Holdings {
  readonly resources: Readonly<Record<string, number>>;
  readonly listeners: Readonly<Record<string, number>>;
}

const COLLECTIONS = 6;
const LOOK_MS = 5;
/** Some turns of the loop; far shorter than the limits of the brokers, whose timers would otherwise be gone by themselves. */
const AT_ONCE_MS = 20;
/** Longer than sockets are kept without use. */
const IDLE_GONE_MS = 7_000;

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

/** How long something took to be gone, and what of it is there for good. */
export interface Gone {
  readonly afterMs: number;
  readonly left: readonly string[];
}

/** What to look at, and how much time it may take. */
interface Watched {
  readonly left: () => string[] | Promise<string[]>;
  readonly elapsedMs: () => number;
  readonly longestMs: number;
}

async function gone({ left, elapsedMs, longestMs }: Watched): Promise<Gone> {
  for (;;) {
    // What is closing is gone after a few turns; the pause's own timer is over then.
    for (let index = 0; index < 5; index += 1) await turn();
    const afterMs = elapsedMs();
    const still = await left();
    if (still.length === 0 || afterMs > longestMs) return { afterMs, left: still };
    await pause(LOOK_MS);
  }
}

/** Calls are over: what this process holds must be as `before` as soon as it has nothing to do. */
export async function heldNoMore(before: Holdings, loop: LoopWatch): Promise<Gone> {
  const startMs = performance.now();
  const elapsedMs = () => loop.idleSince(startMs);
  return gone({ left: () => leftovers(before, holdings()), elapsedMs, longestMs: AT_ONCE_MS });
}

/**
 * Waits until the brokers have no connection any more: the process does not list sockets that are kept for later use. They
 * may take as long as those are kept.
 */
export async function hungUp(connections: () => Promise<number>): Promise<Gone> {
  const startMs = performance.now();
  const left = async () => {
    const open = await connections();
    return open > 0 ? [`${open} connections`] : [];
  };
  return gone({ left, elapsedMs: () => performance.now() - startMs, longestMs: IDLE_GONE_MS });
}

/** What the heap holds, in octets. */
export interface Heap {
  readonly used: number;
  /** Of it what the engine has compiled, which grows whenever a path that calls seldom take becomes a hot one. */
  readonly compiled: number;
}

/** The heap behind several collections; what one of them finds dead may need another to go. */
export async function heapAfterCollection(): Promise<Heap> {
  if (globalThis.gc === undefined) throw new TypeError('soak: expected node --expose-gc');
  for (let index = 0; index < COLLECTIONS; index += 1) {
    globalThis.gc();
    await turn();
  }
  const code = getHeapCodeStatistics();
  return {
    used: process.memoryUsage().heapUsed,
    compiled: code.code_and_metadata_size + code.bytecode_and_metadata_size,
  };
}
