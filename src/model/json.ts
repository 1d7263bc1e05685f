/** A JSON object as it came, nothing known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `value` is a JSON object: no array, not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field of `value`; `undefined` where `value` is no object. Never reads through a prototype. */
export function fieldOf(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/**
 * The text of a scalar without surrounding blanks, or `undefined` where it carries no value.
 * Absent, null, "" and the text "null" all mean "no value" on this wire.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value).trim();
  return text === '' || text === 'null' ? undefined : text;
}
