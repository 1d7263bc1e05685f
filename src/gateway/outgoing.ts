import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { Reply } from '../model/reply.ts';
import type { OwnOctets } from './own-octets.ts';
import type { Withheld } from './withheld.ts';

function cleanedList(list: readonly unknown[], fields: Withheld): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < list.length; at += 1) {
    const item = list[at];
    if (typeof item !== 'object' || item === null) continue;
    const clean = cleaned(item, fields);
    if (clean === item) continue;
    copy ??= [...list];
    copy[at] = clean;
  }
  return copy ?? list;
}

function cleaned(value: object, fields: Withheld): object {
  if (Array.isArray(value)) return cleanedList(value, fields);
  if (!isJsonObject(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const inner = value[key];
    const clean = fields.has(key)
      ? undefined
      : typeof inner === 'object' && inner !== null
        ? cleaned(inner, fields)
        : inner;
    if (clean === inner) continue;
    copy ??= { ...value };
    copy[key] = clean;
  }
  return copy ?? value;
}

/** An answer without the withheld fields, at any depth. Parts that lose nothing are not copied, and it is not changed itself. */
export function without(fields: Withheld, data: JsonObject): object {
  // A field set to `undefined` is one that JSON leaves out.
  return cleaned(data, fields);
}

/** The same in JSON: the broker's own octets where those will do, since it costs a sixth of a request to write them anew. */
export function octetsWithout(fields: Withheld, reply: Reply, own: OwnOctets): Buffer {
  // Octets, since a text with Korean in it would be encoded twice on its way out: to be counted, and to be sent.
  return own.without(fields, reply) ?? Buffer.from(JSON.stringify(without(fields, reply.data)));
}
