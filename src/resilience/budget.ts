/** Calls and repeats of one broker in the current span. */
export interface BudgetState {
  readonly spanStartMs: number;
  readonly calls: number;
  readonly repeats: number;
}

/** Length of a span, in milliseconds: one repeat in it is always allowed. */
const SPAN_MS = 10_000;

/** Before the first call: its span begins with that. */
export const EMPTY_BUDGET: BudgetState = { spanStartMs: Number.NEGATIVE_INFINITY, calls: 0, repeats: 0 };

function current(state: BudgetState, nowMs: number): BudgetState {
  return nowMs - state.spanStartMs < SPAN_MS ? state : { spanStartMs: nowMs, calls: 0, repeats: 0 };
}

/** The state after one more call. */
export function countCall(state: BudgetState, nowMs: number): BudgetState {
  const { spanStartMs, calls, repeats } = current(state, nowMs);
  return { spanStartMs, calls: calls + 1, repeats };
}

/** The state after one more repeat, or `undefined` where it would go past `share` of the calls. */
export function takeRepeat(state: BudgetState, share: number, nowMs: number): BudgetState | undefined {
  const now = current(state, nowMs);
  if (now.repeats >= Math.max(1, Math.floor(now.calls * share))) return undefined;
  return { ...now, repeats: now.repeats + 1 };
}
