import { isJsonObject, textOf } from '../model/json.ts';
import { cleanText } from './clean-text.ts';
import type { Disguise } from './disguise.ts';
import { isPersonalName, sensitivityOf } from './sensitive.ts';

/** Where a value stands: its path in the fixture, the name of its field, and whether it stands below a personal one. */
interface Place {
  readonly path: string;
  readonly name: string;
  readonly isPersonal: boolean;
  /** Names of fields from the top of the message; absent below a list. */
  readonly keys: readonly string[] | undefined;
}

/** A scalar made anew; what came as a number stays one. */
function cleanScalar(
  value: string | number,
  { path, name, isPersonal, keys }: Place,
  disguise: Disguise,
): string | number {
  const text = String(value);
  const sensitivity = isPersonal ? 'personal' : sensitivityOf({ name, value: text, path: keys }, disguise.fields);
  if (sensitivity === 'kept') return value;
  const made = sensitivity === 'words' ? cleanText(text, path, disguise) : disguise.as(sensitivity, text, path);
  if (typeof value === 'string') return made;
  const number = Number(made);
  if (!Number.isFinite(number) || String(number).length !== text.length) disguise.refuse(path);
  return number;
}

function clean(value: unknown, place: Place, disguise: Disguise): unknown {
  const { path, isPersonal, keys } = place;
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) =>
      clean(each, { ...place, path: `${path}[${String(index)}]`, keys: undefined }, disguise),
    );
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        // A name can be a person's too: an account that a map is keyed by.
        const known = cleanText(key, `${path}.*`, disguise);
        const inner = {
          path: `${path}.${known}`,
          name: known,
          isPersonal: isPersonal || isPersonalName(key),
          keys: keys === undefined ? undefined : [...keys, key],
        };
        return [known, clean(each, inner, disguise)];
      }),
    );
  }
  if ((typeof value !== 'string' && typeof value !== 'number') || textOf(value) === undefined) return value;
  return cleanScalar(value, place, disguise);
}

/** A message in which every field of a person has a stand-in, at any depth, and every text is cleaned; the shape stays. */
export function cleanMessage(message: unknown, path: string, disguise: Disguise): unknown {
  return clean(message, { path, name: '', isPersonal: false, keys: [] }, disguise);
}
