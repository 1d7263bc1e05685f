/** How much of the past is counted, and from where on it is called a state. */
export const DEFAULTS = {
  /** Time over which calls are counted, in milliseconds: long enough for a quiet broker, short enough for "now". */
  windowMs: 300_000,
  /** Length of a slice; what is dropped is dropped in slices. */
  sliceMs: 10_000,
  /** Time over which failures are weighed against successes; the breaker's window, so that the two agree. */
  recentMs: 60_000,

  /** Calls of the window from which a state is told; the breaker's count. */
  minCalls: 10,
  /** Calls of the window below which a state that was told is forgotten; lower, so that a quiet broker does not flap. */
  keepCalls: 5,

  /** Share of recent calls that fail, and their number, from which it is down; the breaker's share. */
  downShare: 0.5,
  downFailures: 5,
  /** Failures in a row, and for how long, from which it is down at once, however many successes lie before them. */
  downRun: 10,
  downRunMs: 5_000,
  /** Share of recent calls that fail, and their number, from which it is degraded. */
  degradedShare: 0.1,
  degradedFailures: 3,
  /** Failures in a row that speak of maintenance; two could be one server of several. */
  maintenanceRun: 3,

  /** Successes in a row that end `down` and `maintenance`: with half of the calls failing, one chance in 32. */
  recoverRun: 5,
  /** Successes in a row that end `degraded`: with one call in ten failing, one chance in eight. */
  settleRun: 20,

  /** Failures that are remembered one by one, and for how long; successes are only counted. */
  failuresKept: 10,
  failuresKeptMs: 3_600_000,

  /** Names that are told apart; both come from outside, and must not fill the memory. */
  brokers: 256,
  operationsPerBroker: 32,
} as const;
