import type { StateRecord } from '../model/record.ts';
import { wordOf } from './causes.ts';
import type { CircuitFacts, SeenCall } from './facts.ts';

/** How far apart two readings of a clock may be that belong together, in milliseconds. */
const CLOCK_GRAIN_MS = 50;

/** What is looked at of a change of a circuit. */
export type SeenChange = Pick<StateRecord, 'at' | 'broker' | 'operation' | 'to' | 'retryAfterMs'>;

/** One circuit as it stands; `operation` is absent for that of the whole broker. */
export interface Circuit {
  readonly operation?: string;
  readonly state: 'closed' | 'open' | 'half-open' | 'off';
  readonly retryAfterMs?: number;
}

/** The circuit of the whole broker where it holds calls back, else those of its operations that do. Pure. */
export function heldBy(circuits: readonly Circuit[]): CircuitFacts | undefined {
  const held = circuits.filter(({ state }) => state === 'open' || state === 'half-open');
  const whole = held.find(({ operation }) => operation === undefined);
  const told = whole === undefined ? held : [whole];
  if (told.length === 0) return undefined;
  const waits = told.flatMap(({ retryAfterMs }) => (retryAfterMs === undefined ? [] : [retryAfterMs]));
  const operations = told.flatMap(({ operation }) => operation ?? []);
  return {
    state: told.some(({ state }) => state === 'open') ? 'open' : 'half-open',
    ...(waits.length > 0 && { retryAfterMs: Math.min(...waits) }),
    ...(operations.length > 0 && { operations }),
  };
}

function leftMs({ at, retryAfterMs = 0 }: { readonly at: string; readonly retryAfterMs?: number }, nowMs: number) {
  return Math.max(0, Date.parse(at) + retryAfterMs - nowMs);
}

/** Whether a call was let through after a circuit held calls back: its process has ended, and circuits began anew. */
function isOutdated({ at, operation }: SeenChange, calls: readonly SeenCall[]): boolean {
  return calls.some(
    (call) =>
      (operation === undefined || call.operation === operation) &&
      wordOf(call) !== 'silent' &&
      Date.parse(call.at) - call.elapsedMs > Date.parse(at) + CLOCK_GRAIN_MS,
  );
}

function changedTo(changes: readonly SeenChange[], calls: readonly SeenCall[], atMs: number): Circuit[] {
  const last = new Map(changes.map((change) => [change.operation, change]));
  const lasting = [...last.values()].filter((change) => !isOutdated(change, calls));
  return lasting.map((change) => ({
    ...(change.operation !== undefined && { operation: change.operation }),
    state: change.to,
    ...(change.to === 'open' && { retryAfterMs: leftMs(change, atMs) }),
  }));
}

/**
 * A call that a circuit refused tells that one was open, and until when, but not which: that of the operation, where
 * another operation was served meanwhile. Behind that time nothing is known.
 */
function refusing(calls: readonly SeenCall[], atMs: number): Circuit[] {
  const refused = calls.findLast(({ fault }) => fault === 'breaker-open');
  if (refused === undefined) return [];
  const waitMs = leftMs(refused, atMs);
  if (waitMs === 0) return [];
  const first = calls.find(({ fault }) => fault === 'breaker-open') ?? refused;
  const isOfOperation = calls.some(
    ({ at, operation, result }) => result === 'ok' && operation !== refused.operation && at > first.at,
  );
  return [{ ...(isOfOperation && { operation: refused.operation }), state: 'open', retryAfterMs: waitMs }];
}

function inTime(one: { readonly at: string }, other: { readonly at: string }): number {
  return Date.parse(one.at) - Date.parse(other.at);
}

/**
 * Which circuits of a broker hold calls back at `atMs`, in milliseconds since 1970, by the changes that were recorded of them,
 * else by the calls they refused. `undefined` where none does, as far as is known. Pure.
 */
export function recordedCircuit(
  broker: string,
  changes: readonly SeenChange[],
  calls: readonly SeenCall[],
  atMs: number,
): CircuitFacts | undefined {
  const isSeen = (record: { readonly at: string; readonly broker: string }) =>
    record.broker === broker && Date.parse(record.at) <= atMs;
  const own = changes.filter(isSeen).sort(inTime);
  const made = calls.filter(isSeen).sort(inTime);
  return heldBy(own.length > 0 ? changedTo(own, made, atMs) : refusing(made, atMs));
}
