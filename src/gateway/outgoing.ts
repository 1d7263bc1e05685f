import { isJsonObject, type JsonObject } from '../model/json.ts';

/** Whether a key is one of the withheld fields, in any letter case: a broker may spell it its own way. */
type IsWithheld = (key: string) => boolean;

function bits(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all | (1 << number), 0);
}

function withheldBy(fields: readonly string[]): IsWithheld {
  const names = new Set(fields.map((field) => field.toLowerCase()));
  const lengths = bits(fields.map(({ length }) => length));
  const letters = bits(fields.map((field) => field.charCodeAt(0)));
  // Most keys differ in length or in their first letter, and need no second text made of them. A shift counts modulo 32,
  // which the capital and the small form of a letter have in common.
  return (key) =>
    (lengths & (1 << key.length)) !== 0 && (letters & (1 << key.charCodeAt(0))) !== 0 && names.has(key.toLowerCase());
}

function cleanedList(list: readonly unknown[], isWithheld: IsWithheld): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < list.length; at += 1) {
    const item = list[at];
    if (typeof item !== 'object' || item === null) continue;
    const clean = cleaned(item, isWithheld);
    if (clean === item) continue;
    copy ??= [...list];
    copy[at] = clean;
  }
  return copy ?? list;
}

function cleaned(value: object, isWithheld: IsWithheld): object {
  if (Array.isArray(value)) return cleanedList(value, isWithheld);
  if (!isJsonObject(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const inner = value[key];
    const clean = isWithheld(key)
      ? undefined
      : typeof inner === 'object' && inner !== null
        ? cleaned(inner, isWithheld)
        : inner;
    if (clean === inner) continue;
    copy ??= { ...value };
    copy[key] = clean;
  }
  return copy ?? value;
}

/**
 * Makes the function that writes a broker's answer as it is handed on: without `fields`, at any depth. Parts that lose
 * nothing are not copied, and the answer itself is not changed.
 */
export function createOutgoing(fields: readonly string[]): {
  without: (data: JsonObject) => unknown;
  octets: (data: JsonObject) => Buffer;
} {
  const isWithheld = withheldBy(fields);
  // A field set to `undefined` is one that JSON leaves out.
  const without = (data: JsonObject) => (fields.length === 0 ? data : cleaned(data, isWithheld));
  // Octets, since a text with Korean in it would be encoded twice on its way out: to be counted, and to be sent.
  return { without, octets: (data) => Buffer.from(JSON.stringify(without(data))) };
}
