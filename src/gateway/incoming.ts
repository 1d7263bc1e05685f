import { isUtf8 } from 'node:buffer';
import { parseJson } from '../flow/parse-json.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { scanJson } from './json-scan.ts';
import { shapeOf } from './shape.ts';
import { Withheld } from './withheld.ts';

/** A request's message, or what was expected of it; no part of what came is quoted. */
export type Incoming =
  { readonly kind: 'message'; readonly message: JsonObject } | { readonly kind: 'wrong'; readonly expected: string };

/** Media types that a message may come as; JSON is UTF-8 (RFC 8259 section 8.1). */
const MEDIA_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset[ \t]*=[ \t]*"?utf-?8"?[ \t]*)?;?[ \t]*$/i;

const NOTHING = new Withheld([]);

/** Whether a `Content-Type` is one that messages come as. */
export function isMessageType(contentType: string | undefined): boolean {
  return contentType !== undefined && MEDIA_TYPE.test(contentType);
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
  if (scanJson(text, NOTHING).keys !== shapeOf(value, NOTHING).keys) {
    return { kind: 'wrong', expected: 'expected every key once, and neither __proto__ nor constructor' };
  }
  return { kind: 'message', message: value };
}
