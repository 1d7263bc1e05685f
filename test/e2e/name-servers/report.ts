/** How long something took, over all times it was done. */
export interface Times {
  readonly count: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

/** What came of the calls to the brokers of one zone. */
export interface ZoneReport {
  /** How often each ending came; `ok`, or fault and code. */
  readonly endings: Readonly<Record<string, number>>;
  /** From the call to its end. */
  readonly calls: Times;
  /** From the start of an attempt until the name was found; only attempts that found it. */
  readonly lookUps: Times;
  /** From the start of an attempt until it was connected; only attempts that were. */
  readonly dials: Times;
}

/** What the caller prints first. */
export interface Report {
  readonly zones: Readonly<Record<string, ZoneReport>>;
  /** What the process still waits for behind close(). */
  readonly open: readonly string[];
}

/** What the caller prints at its end. */
export interface Exit {
  /** From close() to the end of the process. */
  readonly livedOnMs: number;
}

/** What the process with nothing but `dns.lookup` prints: when each look-up had ended, from the first on. */
export interface Control {
  readonly servedMs: readonly number[];
}

export function timesOf(durationsMs: readonly number[]): Times {
  const sorted = [...durationsMs].sort((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
  return { count: sorted.length, medianMs: at(0.5), p99Ms: at(0.99), longestMs: at(1) };
}
