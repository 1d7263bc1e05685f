const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Windows and waits of a rule file: `[5m]` and `for: 2m`. */
const DURATION = /(?<=\[|\bfor: )(\d+)(s|m|h)\b/g;

/** Any duration at all, wherever it stands. */
const ANY_DURATION = /\b\d+(?:ms|s|m|h|d|w|y)\b/g;

function isUnit(text: string): text is keyof typeof UNIT_MS {
  return text in UNIT_MS;
}

/**
 * The rules with every window and every wait so many times shorter, and nothing else changed.
 *
 * @throws Error where a duration stands in a place that this does not know.
 */
export function shortened(rules: string, times: number): string {
  const known = rules.match(DURATION)?.length ?? 0;
  const there = rules.match(ANY_DURATION)?.length ?? 0;
  if (known === 0 || known !== there) throw new Error(`${known} of ${there} durations are windows or waits`);
  return rules.replace(DURATION, (duration, count: string, unit: string) =>
    isUnit(unit) ? `${Math.round((Number(count) * UNIT_MS[unit]) / times)}ms` : duration,
  );
}
