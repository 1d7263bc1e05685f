/** Steps that turn one text into the other: a letter put in, left out, exchanged, or swapped with its neighbour. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 0; row < from.length; row += 1) {
    const current = [row + 1];
    for (let column = 0; column < to.length; column += 1) {
      const exchanged = (above[column] ?? 0) + (from[row] === to[column] ? 0 : 1);
      const isSwapped = column > 0 && from[row] === to[column - 1] && from[row - 1] === to[column];
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : exchanged;
      current.push(Math.min(exchanged, swapped, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    before = above;
    above = current;
  }
  return above.at(-1) ?? to.length;
}

/** Longest text compared; nobody mistypes a longer one. */
const LONGEST = 60;

/** The names that `text` may have been meant for, the likeliest first, at most three. */
export function nearest(text: string, names: readonly string[]): string[] {
  const typed = text.toLowerCase().slice(0, LONGEST);
  if (typed === '') return [];
  const near = names.map((name) => {
    const steps = distance(typed, name.toLowerCase());
    const isPart = typed.length > 2 && name.toLowerCase().includes(typed);
    return { name, steps: isPart ? 1 : steps, isNear: isPart || steps <= Math.max(1, Math.floor(name.length / 3)) };
  });
  return near
    .filter(({ isNear }) => isNear)
    .sort((a, b) => a.steps - b.steps)
    .slice(0, 3)
    .map(({ name }) => name);
}
