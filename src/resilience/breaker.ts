import type { Evidence } from '../catalog/faults.ts';
import type { OperationKind } from '../model/operation.ts';
import type { BreakerSettings } from '../model/broker.ts';

/** Slices of the window; the oldest is dropped as a whole. */
const SLICES = 10;

/** What callers are told to wait while a probe is out or still to come, in milliseconds. */
const PROBE_MS = 1_000;

interface Slice {
  readonly startMs: number;
  readonly calls: number;
  readonly failures: number;
}

/** Calls flow, and are counted: those of the slice that is on, and the slices before it. */
interface Closed extends Slice {
  readonly state: 'closed';
  readonly past: readonly Slice[];
}

/** Closed: calls flow and are counted. Open: refused until a time. Half-open: one read is out as a probe. */
export type BreakerState =
  | Closed
  | { readonly state: 'open'; readonly untilMs: number; readonly openMs: number }
  | { readonly state: 'half-open'; readonly openMs: number };

export const CLOSED: Closed = { state: 'closed', startMs: 0, calls: 0, failures: 0, past: [] };

/** Whether a call may go, under which state, and else how long to wait. */
export type Admission =
  | { readonly admitted: true; readonly state: BreakerState; readonly isProbe: boolean }
  | { readonly admitted: false; readonly retryAfterMs: number };

/** How an admitted call ended for this breaker. `abandoned`: it says nothing, as an abort or a fault of our own. */
export type Ending = 'alive' | 'failed' | 'abandoned';

/** What the breaker of a whole broker takes from a call: an answer that only this operation gets wrong proves life. */
export function brokerEnding(evidence: Evidence): Ending {
  if (evidence === 'down') return 'failed';
  return evidence === 'up' || evidence === 'operation' ? 'alive' : 'abandoned';
}

/** What the breaker of one operation takes from a call. */
export function operationEnding(evidence: Evidence): Ending {
  if (evidence === 'operation') return 'failed';
  return evidence === 'up' ? 'alive' : 'abandoned';
}

/** The decision for a call that wants to go at `nowMs`. A write never is a probe: it must not be risked. */
export function admit(from: BreakerState, kind: OperationKind, nowMs: number): Admission {
  switch (from.state) {
    case 'closed':
      return { admitted: true, state: from, isProbe: false };
    case 'half-open':
      return { admitted: false, retryAfterMs: PROBE_MS };
    case 'open':
      if (nowMs < from.untilMs) return { admitted: false, retryAfterMs: Math.ceil(from.untilMs - nowMs) };
      return kind === 'read'
        ? { admitted: true, state: { state: 'half-open', openMs: from.openMs }, isProbe: true }
        : { admitted: false, retryAfterMs: PROBE_MS };
  }
}

/** The slice alone: the state that it comes from would keep the states before it. */
function sliceOf({ startMs, calls, failures }: Slice): Slice {
  return { startMs, calls, failures };
}

/** Those of `slices` that are in the window at `nowMs`. */
function within(slices: readonly Slice[], nowMs: number, windowMs: number): readonly Slice[] {
  return slices.filter(({ startMs }) => startMs > nowMs - windowMs);
}

/** One more call. Within a slice the past stays what it is: nearly every call comes behind one of the same slice. */
function counted(from: Closed, failed: boolean, nowMs: number, windowMs: number): Closed {
  const sliceMs = windowMs / SLICES;
  const startMs = Math.floor(nowMs / sliceMs) * sliceMs;
  const failures = failed ? 1 : 0;
  return from.startMs === startMs
    ? { state: 'closed', startMs, calls: from.calls + 1, failures: from.failures + failures, past: from.past }
    : { state: 'closed', startMs, calls: 1, failures, past: within([...from.past, sliceOf(from)], nowMs, windowMs) };
}

function total(slices: readonly Slice[], field: 'calls' | 'failures'): number {
  return slices.reduce((sum, slice) => sum + slice[field], 0);
}

function settleClosed(from: Closed, ending: Ending, nowMs: number, settings: BreakerSettings): BreakerState {
  const next = counted(from, ending === 'failed', nowMs, settings.windowMs);
  if (ending !== 'failed') return next;
  const slices = [...next.past, next];
  const calls = total(slices, 'calls');
  const isBroken = calls >= settings.minCalls && total(slices, 'failures') >= settings.failureShare * calls;
  return isBroken ? { state: 'open', untilMs: nowMs + settings.openMs, openMs: settings.openMs } : next;
}

/**
 * The state after an admitted call ended. Only the probe decides while half-open; a call admitted earlier that ends
 * late changes nothing then. An abandoned probe is given back: the next read may probe at once.
 */
export function settle(
  current: BreakerState,
  isProbe: boolean,
  ending: Ending,
  nowMs: number,
  settings: BreakerSettings,
): BreakerState {
  if (current.state === 'half-open' && isProbe) {
    if (ending === 'alive') return CLOSED;
    if (ending === 'abandoned') return { state: 'open', untilMs: nowMs, openMs: current.openMs };
    const openMs = Math.min(current.openMs * 2, settings.maxOpenMs);
    return { state: 'open', untilMs: nowMs + openMs, openMs };
  }
  if (current.state !== 'closed' || ending === 'abandoned') return current;
  return settleClosed(current, ending, nowMs, settings);
}
