/** Longer than anything takes that is no silence, on a machine with other things to do. */
const PATIENCE_MS = 10_000;

/** What a test's broker is given that says nothing of limits: a test of silence says how long it lets it last. */
export const PATIENT = {
  timeouts: { connectMs: PATIENCE_MS, headMs: PATIENCE_MS, bodyIdleMs: PATIENCE_MS },
  retry: { baseMs: 0, capMs: 0 },
};
