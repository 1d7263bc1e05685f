import { isJsonObject, fieldOf, type JsonObject } from '../model/json.ts';

/** The plain schemas that a schema stands for: what is optional within, and each choice of a union. */
function choicesOf(schema: unknown): JsonObject[] {
  if (!isJsonObject(schema)) return [];
  const wrapped = fieldOf(schema, 'wrapped');
  if (wrapped !== undefined) return choicesOf(wrapped);
  const choices = fieldOf(schema, 'options');
  return Array.isArray(choices) && choices.every(isJsonObject) ? choices.flatMap(choicesOf) : [schema];
}

/** The schemas of what stands under `key`: a field, any item of a list, any value of a record. */
function schemasUnder(schema: unknown, key: unknown): unknown[] {
  return choicesOf(schema)
    .map((each) => fieldOf(fieldOf(each, 'entries'), String(key)) ?? fieldOf(each, 'item') ?? fieldOf(each, 'value'))
    .filter((inner) => inner !== undefined);
}

/** Names of the options that `schema` knows at the place of `keys`. */
export function knownOptions(schema: unknown, keys: readonly unknown[]): string[] {
  const here = keys.reduce<unknown[]>((all, key) => all.flatMap((each) => schemasUnder(each, key)), [schema]);
  const entries = here.flatMap(choicesOf).map((each) => fieldOf(each, 'entries'));
  return [...new Set(entries.filter(isJsonObject).flatMap((each) => Object.keys(each)))];
}
