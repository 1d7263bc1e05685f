/**
 * Counts by two labels, kept until somebody asks for the figures. A request counts in several places, and to find each of
 * them by the text of all its labels costs more than to count; labels must be from closed sets.
 */
export class Tally<First, Second> {
  readonly #counts = new Map<First, Map<Second, number>>();

  add(first: First, second: Second, amount = 1): void {
    let counts = this.#counts.get(first);
    if (counts === undefined) {
      counts = new Map();
      this.#counts.set(first, counts);
    }
    counts.set(second, (counts.get(second) ?? 0) + amount);
  }

  /** Hands over everything counted since the last time, and begins anew. */
  empty(take: (first: First, second: Second, count: number) => void): void {
    for (const [first, counts] of this.#counts) for (const [second, count] of counts) take(first, second, count);
    this.#counts.clear();
  }
}
