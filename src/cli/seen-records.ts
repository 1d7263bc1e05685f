import type { SeenChange } from '../diagnosis/circuits.ts';
import { WINDOW_MS } from '../diagnosis/collect.ts';
import type { SeenCall } from '../diagnosis/facts.ts';
import type { Phase } from '../model/wire.ts';
import type { CallLine, RecordLine } from '../records/line.ts';
import { PHASE_WORDS } from './words.ts';

function isPhase(value: unknown): value is Phase {
  return typeof value === 'string' && Object.hasOwn(PHASE_WORDS, value);
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** The record of a call as a diagnosis looks at it. The reader of files leaves its phase and pause unchecked. */
export function seenCallOf({ phase, retryAfterMs, ...line }: CallLine): SeenCall {
  const { at, broker, operation, kind, result, requestId, elapsedMs, fault } = line;
  return {
    ...{ at, broker, operation, kind, result, requestId, elapsedMs },
    ...(fault !== undefined && { fault }),
    ...(isPhase(phase) && { phase }),
    ...(isLength(retryAfterMs) && { retryAfterMs }),
  };
}

/** The records of the last minutes: what is older than a diagnosis looks back is forgotten, so a long file fills no memory. */
export class SeenRecords {
  /** Aliases of all brokers that were called. */
  readonly brokers = new Set<string>();
  readonly changes: SeenChange[] = [];
  /** Records that never reached the file. */
  lost = 0;
  #calls: SeenCall[] = [];
  #latestMs = 0;
  #earliestMs = Number.POSITIVE_INFINITY;
  /** Calls behind which the old ones are looked for again. */
  #sweepAt = 1_024;

  /** Calls, in the order they came; some may be older than the window. */
  get calls(): readonly SeenCall[] {
    return this.#calls;
  }

  /** When the last record was made, in milliseconds since 1970; 0 where there is none. */
  get latestMs(): number {
    return this.#latestMs;
  }

  /** Whether records of the whole window were seen. */
  get isFull(): boolean {
    return this.#earliestMs <= this.#latestMs - WINDOW_MS;
  }

  add(line: RecordLine): void {
    const atMs = Date.parse(line.at);
    this.#latestMs = Math.max(this.#latestMs, atMs);
    this.#earliestMs = Math.min(this.#earliestMs, atMs);
    if (line.event === 'state') this.#keepChange(line);
    if (line.event === 'loss') this.lost += line.lost;
    if (line.event !== 'call') return;
    this.brokers.add(line.broker);
    this.#calls.push(seenCallOf(line));
    if (this.#calls.length < this.#sweepAt) return;
    this.#calls = this.#calls.filter(({ at }) => Date.parse(at) > this.#latestMs - WINDOW_MS);
    this.#sweepAt = Math.max(this.#sweepAt, this.#calls.length * 2);
  }

  /** Of each circuit only its last change says how it stands. */
  #keepChange(change: SeenChange): void {
    const index = this.changes.findIndex(
      ({ broker, operation }) => broker === change.broker && operation === change.operation,
    );
    if (index === -1) this.changes.push(change);
    else if (change.at >= (this.changes[index]?.at ?? '')) this.changes[index] = change;
  }
}
