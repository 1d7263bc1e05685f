import { isJsonObject } from '../model/json.ts';

/** Deepest nesting read; deeper text is no message of the standard, and walking it would exhaust the stack. */
const MAX_DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;

/** Largest whole number that a JavaScript number and every smaller one hold exactly. */
const LARGEST_EXACT = 2 ** 53;

export type Parsed = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'invalid' };

const INVALID: Parsed = { kind: 'invalid' };

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Digits, sign, point and exponent: the characters a number is made of. */
function isNumberPart(code: number): boolean {
  return isDigit(code) || code === MINUS || code === 0x2b || code === 0x2e || code === 0x45 || code === 0x65;
}

/** Index of the quote that ends the string starting at `from`, or the length of the text. */
export function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}

/** A JSON number in full (RFC 8259 section 6): anything else is left for the parser to refuse. */
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Longest number compared digit by digit; a longer one beyond 2^53 counts as lost, whatever it says. */
const MAX_COMPARED = 400;

/** Whether a JavaScript number would lose what this JSON number says. Below 2^53 the usual rounding is accepted. */
function losesDigits(token: string): boolean {
  const value = Number(token);
  if (Math.abs(value) < LARGEST_EXACT || Number.isNaN(value)) return false;
  const match = NUMBER.exec(token);
  if (match === null) return false;
  if (!Number.isFinite(value) || token.length > MAX_COMPARED) return true;
  const [, sign = '', whole = '', fraction = '', exponent] = match;
  const digits = BigInt(sign + whole + fraction);
  if (fraction === '' && exponent === undefined) return digits > LARGEST_EXACT || digits < -LARGEST_EXACT;
  const shift = Number(exponent ?? 0) - fraction.length;
  const exact = BigInt(value);
  return shift >= 0 ? digits * 10n ** BigInt(shift) !== exact : digits !== exact * 10n ** BigInt(-shift);
}

/** Shortest text of a whole number beyond 2^53; a shorter one can only get there with an exponent. */
const SHORTEST_LONG = 16;

/** End of the run of number characters that starts at `from`, and whether it has an exponent. */
function numberAt(text: string, from: number): { end: number; exponent: boolean } {
  let end = from + 1;
  let exponent = false;
  for (let code = text.charCodeAt(end); isNumberPart(code); code = text.charCodeAt(end)) {
    if (code === 0x65 || code === 0x45) exponent = true;
    end += 1;
  }
  return { end, exponent };
}

/** A JSON text with every number that would lose digits put in quotes. One pass that skips strings. */
function withLongNumbersQuoted(text: string): string {
  let copiedTo = 0;
  let quoted = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === MINUS || isDigit(code)) {
      const { end, exponent } = numberAt(text, at);
      const from = at;
      at = end - 1;
      if ((end - from < SHORTEST_LONG && !exponent) || !losesDigits(text.slice(from, end))) continue;
      quoted += `${text.slice(copiedTo, from)}"${text.slice(from, end)}"`;
      copiedTo = end;
    }
  }
  return copiedTo === 0 ? text : quoted + text.slice(copiedTo);
}

const UNSAFE_KEYS = ['__proto__', 'constructor'];

/** Cheap test before the walk: the key spelt out, or any escape that could spell it. */
function mayHoldUnsafeKey(text: string): boolean {
  return text.includes('__proto__') || text.includes('constructor') || text.includes('\\u00');
}

function dropUnsafeKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of UNSAFE_KEYS) if (Object.hasOwn(value, key)) Reflect.deleteProperty(value, key);
  for (const inner of Object.values(value)) dropUnsafeKeys(inner);
}

/**
 * Looks at every value once. The engine's parser needs no stack for nesting; whoever walks the value would. Runs over
 * every answer: scalars, which nearly all values are, cost next to nothing.
 */
class Survey {
  /** There are numbers that may have lost digits. */
  hasLongNumbers = false;
  /** Values nest past the limit. */
  isTooDeep = false;

  constructor(value: unknown) {
    this.#look(value, 0);
  }

  #look(value: unknown, depth: number): void {
    if (typeof value === 'number') {
      if (Math.abs(value) >= LARGEST_EXACT) this.hasLongNumbers = true;
    } else if (typeof value === 'object' && value !== null) this.#within(value, depth);
  }

  #within(value: object, depth: number): void {
    if (depth >= MAX_DEPTH) {
      this.isTooDeep = true;
    } else if (Array.isArray(value)) {
      for (const item of value) this.#look(item, depth + 1);
    } else if (isJsonObject(value)) {
      for (const key in value) this.#look(value[key], depth + 1);
    }
  }
}

/** The value of a JSON text, numbers that a JavaScript number cannot hold as text; `undefined` where it nests too deep. */
function exactValue(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const { isTooDeep, hasLongNumbers } = new Survey(value);
  if (isTooDeep) return undefined;
  return hasLongNumbers ? JSON.parse(withLongNumbersQuoted(text)) : value;
}

/**
 * Reads one JSON text, and nothing behind it. Numbers that a JavaScript number cannot hold come back as text with all
 * their digits; the keys `__proto__` and `constructor` are left out, at any depth. Pure; never throws.
 */
export function parseJson(text: string): Parsed {
  try {
    const value = exactValue(text);
    if (value === undefined) return INVALID;
    if (mayHoldUnsafeKey(text)) dropUnsafeKeys(value);
    return { kind: 'value', value };
  } catch {
    return INVALID;
  }
}
