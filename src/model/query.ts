import type { JsonObject } from './json.ts';

/** The message that the query of a URL carries, every value as text; a name that comes several times is a list. */
export function messageOfQuery(query: string): JsonObject {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}
