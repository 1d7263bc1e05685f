/** More than any test gives; a source without end must not run for ever. */
const MOST = 1_000;

/** Everything an async iterable gives, in its order. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) {
    items.push(item);
    if (items.length > MOST) throw new Error('It has no end.');
  }
  return items;
}
