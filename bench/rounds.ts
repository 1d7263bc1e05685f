/** The middle of several figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/**
 * Measures every name once a round, in turn; what the machine does meanwhile falls on all of them. Each is first once,
 * and never always behind the same one.
 */
export async function rounds<Name, Figure>(
  count: number,
  names: readonly Name[],
  measure: (name: Name) => Figure | Promise<Figure>,
): Promise<Map<Name, Figure[]>> {
  const seen = new Map<Name, Figure[]>(names.map((name) => [name, []]));
  for (let round = 0; round < count; round += 1) {
    const first = Math.floor(round / 2) % names.length;
    const turn = [...names.slice(first), ...names.slice(0, first)];
    // Every second round the other way, or each would always follow the same neighbour.
    for (const name of round % 2 === 0 ? turn : turn.reverse()) seen.get(name)?.push(await measure(name));
  }
  return seen;
}

/**
 * Everything that `run` measures, `times` over: each time in processes of their own, since one that is laid out well or
 * badly at its start stays so, and two that do the same differ by a tenth as long as they live.
 */
export async function afresh<Name, Figure>(
  times: number,
  run: () => Promise<Map<Name, Figure[]>>,
): Promise<Map<Name, Figure[]>> {
  const all = new Map<Name, Figure[]>();
  for (let time = 0; time < times; time += 1)
    for (const [name, figures] of await run()) all.set(name, [...(all.get(name) ?? []), ...figures]);
  return all;
}

/** The middle of the ratios of each round, since two figures of one round have met the same machine. */
export function ratio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((figure, round) => figure / (under[round] ?? Number.NaN)));
}

/** A ratio beside what it should come to. */
export function verdict(name: string, value: number, most: number): string {
  return `${name}: ${value.toFixed(2)} x (at most ${most.toFixed(2)} x: ${value <= most ? 'kept' : 'MISSED'})`;
}

/** Rows as lines, columns aligned: the first to the left, figures to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

/** A setting of a benchmark from the environment: `BENCH_ROUNDS=3` for a quick look. */
export function setting(name: string, otherwise: number): number {
  return Number(process.env[name] ?? otherwise);
}
