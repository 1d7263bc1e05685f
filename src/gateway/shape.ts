import { isJsonObject } from '../model/json.ts';
import type { Withheld } from './withheld.ts';

/** What a JSON text or value is made of, as far as two readers could differ about it; all at every level. */
export interface Shape {
  readonly keys: number;
  /** Keys, and values in quotes. */
  readonly texts: number;
  /** Keys of fields that no caller is given. */
  readonly withheld: number;
}

/**
 * The shape of a value read from JSON. It has fewer keys than its text where one came twice or was unsafe, and more texts
 * where a number would have lost digits.
 */
export function shapeOf(value: object, fields: Withheld): Shape {
  const counts = { keys: 0, texts: 0, withheld: 0 };
  count(value, fields, counts);
  return counts;
}

type Counts = { -readonly [Name in keyof Shape]: Shape[Name] };

function countInner(inner: unknown, fields: Withheld, counts: Counts): void {
  if (typeof inner === 'string') counts.texts += 1;
  else if (typeof inner === 'object' && inner !== null) count(inner, fields, counts);
}

function count(value: object, fields: Withheld, counts: Counts): void {
  if (Array.isArray(value)) {
    for (const item of value) countInner(item, fields, counts);
  } else if (isJsonObject(value)) {
    for (const key in value) {
      counts.keys += 1;
      counts.texts += 1;
      if (fields.has(key)) counts.withheld += 1;
      countInner(value[key], fields, counts);
    }
  }
}

/** Whether a value says all that its text says, and nothing else. */
export function isSameShape(written: Shape, read: Shape): boolean {
  return written.keys === read.keys && written.texts === read.texts && written.withheld === read.withheld;
}
