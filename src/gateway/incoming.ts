import { isUtf8 } from 'node:buffer';
import { parseJson } from '../flow/parse-json.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';

/** A request's message, or what was expected of it; no part of what came is quoted. */
export type Incoming =
  { readonly kind: 'message'; readonly message: JsonObject } | { readonly kind: 'wrong'; readonly expected: string };

/** Media types that a message may come as; JSON is UTF-8 (RFC 8259 section 8.1). */
const MEDIA_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset[ \t]*=[ \t]*"?utf-?8"?[ \t]*)?;?[ \t]*$/i;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Whether a `Content-Type` is one that messages come as. */
export function isMessageType(contentType: string | undefined): boolean {
  return contentType !== undefined && MEDIA_TYPE.test(contentType);
}

/** How many keys stand in a JSON text: colons outside of strings. */
function keysWritten(text: string): number {
  let count = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === COLON) count += 1;
  }
  return count;
}

/** How many keys a value read from JSON has, at every level. */
function keysKept(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + keysKept(item), 0);
  let count = 0;
  for (const inner of Object.values(value)) count += 1 + keysKept(inner);
  return count;
}

/**
 * Reads a request's body. A key that is written and not kept came twice, or is `__proto__` or `constructor`: two readers
 * would understand such a message in two ways, so it is refused. Pure; never throws.
 */
export function messageOf(body: Buffer): Incoming {
  if (!isUtf8(body)) return { kind: 'wrong', expected: 'expected JSON in UTF-8' };
  const text = body.toString('utf8');
  const parsed = parseJson(text);
  if (parsed.kind === 'invalid') return { kind: 'wrong', expected: 'expected JSON' };
  const { value } = parsed;
  if (!isJsonObject(value)) return { kind: 'wrong', expected: 'expected a JSON object' };
  if (keysWritten(text) !== keysKept(value)) {
    return { kind: 'wrong', expected: 'expected every key once, and neither __proto__ nor constructor' };
  }
  return { kind: 'message', message: value };
}
