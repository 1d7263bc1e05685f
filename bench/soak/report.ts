/** One thing that must hold, and what was seen of it. */
export interface Check {
  readonly name: string;
  readonly isKept: boolean;
  readonly seen: string;
  /** What spoke against it, as far as it was kept. */
  readonly against?: readonly string[];
}

const MOST_SHOWN = 5;

/** A check as lines. */
export function linesOf({ name, isKept, seen, against = [] }: Check): string[] {
  const shown = against.slice(0, MOST_SHOWN).map((each) => `         ${each}`);
  const more = against.length - shown.length;
  return [
    `${isKept ? 'kept  ' : 'MISSED'} ${name}: ${seen}`,
    ...shown,
    ...(more > 0 ? [`         and ${more} more`] : []),
  ];
}

/** How often each outcome came, by code and fault. */
export function outcomeRows(outcomes: ReadonlyMap<string, number>): string[][] {
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const rows = [...outcomes].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return [
    ['outcome', 'calls', 'share'],
    ...rows.map(([outcome, count]) => [outcome, String(count), `${((count * 100) / total).toFixed(2)} %`]),
    ['all', String(total), '100.00 %'],
  ];
}
