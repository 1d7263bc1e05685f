/** A place in a text as editors count it: first line and first character are 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What may stand next. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'separator';

interface Cursor {
  at: number;
  expected: Expected;
  /** Closing brackets that are still owed, the innermost last. */
  readonly owed: string[];
}

const BLANK = /[ \t\n\r]*/y;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/** Where the string that begins at `from` ends, its quote included, or where it stops being one. */
function stringAt(text: string, from: number): { end: number; isWhole: boolean } {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    const next = text[at] === '\\' ? endOf(ESCAPE, text, at) : text.charCodeAt(at) < 0x20 ? at : at + 1;
    if (next === at) return { end: at, isWhole: false };
    at = next;
  }
  return { end: at + 1, isWhole: at < text.length };
}

function takeString(text: string, cursor: Cursor): boolean {
  const { expected } = cursor;
  if (expected === 'colon' || expected === 'separator') return false;
  const { end, isWhole } = stringAt(text, cursor.at);
  cursor.at = isWhole ? end : Math.min(end, text.length);
  cursor.expected = expected.startsWith('key') ? 'colon' : 'separator';
  return isWhole;
}

/** A bracket, a comma or a colon; whether it may stand there. */
function takeSign(sign: string, cursor: Cursor): boolean {
  const { expected, owed } = cursor;
  const isValueDue = expected.startsWith('value');
  cursor.at += 1;
  if ((sign === '{' || sign === '[') && isValueDue) {
    owed.push(sign === '{' ? '}' : ']');
    cursor.expected = sign === '{' ? 'key-or-end' : 'value-or-end';
  } else if (sign === owed.at(-1) && (expected === 'separator' || expected.endsWith('-or-end'))) {
    owed.pop();
    cursor.expected = 'separator';
  } else if (sign === ',' && expected === 'separator' && owed.length > 0) {
    cursor.expected = owed.at(-1) === '}' ? 'key' : 'value';
  } else if (sign === ':' && expected === 'colon') {
    cursor.expected = 'value';
  } else {
    cursor.at -= 1;
    return false;
  }
  return true;
}

/** Takes the next token; false where the text stops being JSON, and `cursor.at` is that place. */
function take(text: string, cursor: Cursor): boolean {
  const char = text[cursor.at] ?? '';
  if (char === '"') return takeString(text, cursor);
  if ('{}[],:'.includes(char)) return takeSign(char, cursor);
  const end = endOf(NUMBER_OR_WORD, text, cursor.at);
  if (!cursor.expected.startsWith('value') || end === cursor.at) return false;
  cursor.at = end;
  cursor.expected = 'separator';
  return true;
}

function positionAt(text: string, index: number): Position {
  const lines = text.slice(0, index).split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}

/**
 * Where `text` stops being JSON (RFC 8259); `undefined` when it does not. Node's own message quotes the text around the
 * place, which may hold personal data, and does not always say where it is.
 */
export function jsonErrorAt(text: string): Position | undefined {
  const cursor: Cursor = { at: endOf(BLANK, text, 0), expected: 'value', owed: [] };
  while (cursor.at < text.length) {
    if (!take(text, cursor)) return positionAt(text, cursor.at);
    cursor.at = endOf(BLANK, text, cursor.at);
  }
  return cursor.expected === 'separator' && cursor.owed.length === 0 ? undefined : positionAt(text, text.length);
}
