import type { Fixture } from '../fixture/format.ts';
import { leavesOf, pathOf, type Leaf } from '../fixture/leaves.ts';
import type { DialectFields } from './dialect-fields.ts';
import { sensitivityOf } from './sensitive.ts';
import { WrittenForms } from './written-forms.ts';

/** Shortest value that is looked for inside longer words; a shorter one counts only as a word of its own. */
const SHORTEST_INNER = 7;

/** The readable part of octets, in every way they may be read. */
function readings(base64: string): string {
  const octets = Buffer.from(base64, 'base64');
  return `${octets.toString('latin1')} ${octets.toString('utf8')}`;
}

/** Tells whether one of `values` stands in a text. */
function finder(values: readonly string[]): (text: string) => boolean {
  const long = new WrittenForms(values.filter(({ length }) => length >= SHORTEST_INNER));
  const short = new Set(values.filter(({ length }) => length < SHORTEST_INNER).map((value) => value.toLowerCase()));
  return (text) => {
    if (long.patternFor(text) !== undefined) return true;
    return short.size > 0 && (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => short.has(word));
  };
}

/** Names from the top of the message that a leaf of a fixture stands in; `undefined` below a list, and outside of any. */
function messagePath(keys: Leaf['keys']): readonly string[] | undefined {
  const from = keys[0] === 'request' ? 1 : keys.indexOf('json') + 1;
  const path = keys.slice(from).filter((key) => typeof key === 'string');
  return from > 0 && path.length === keys.length - from ? path : undefined;
}

/** Places of a cleaned fixture at which one of the original values still stands. */
export function remainsIn(
  { request, page, attempts }: Fixture,
  values: readonly string[],
  fields: DialectFields,
): string[] {
  const holds = finder(values);
  return leavesOf({ request, page, attempts })
    .filter(({ keys, value }) => {
      const names = keys.filter((key) => typeof key === 'string');
      if (names.some(holds)) return true;
      const name = names.at(-1) ?? '';
      const text = String(value);
      if (sensitivityOf({ name, value: text, path: messagePath(keys) }, fields) === 'kept') return false;
      return holds(name === 'base64' ? readings(text) : text);
    })
    .map(({ keys }) => pathOf(keys));
}
