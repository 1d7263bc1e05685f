/** Longest body looked at, in octets: a bound for what is kept ready. */
const LONGEST = 64 * 1_024;
/** How much longer escapes may make a text, in letters: so many, and an eighth of what is read. Beyond that they cost more. */
const ROOM = 64;

const octets = Buffer.allocUnsafeSlow(LONGEST);
/** The same octets by fours. */
const words = new Int32Array(octets.buffer, octets.byteOffset, LONGEST / 4);
const HIGH_BITS = 0x80_80_80_80 | 0;

const LONGEST_ESCAPES = 12;
const text = Buffer.allocUnsafeSlow(LONGEST + LONGEST / 8 + ROOM + LONGEST_ESCAPES);

const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
const HEX_DIGITS = Buffer.from('0123456789abcdef', 'latin1');

/** Index of the first octet from `from` on that is no letter of ASCII, or `end`. */
function beyondAscii(from: number, end: number): number {
  let at = from;
  while (at % 4 !== 0 && at < end && (octets[at] ?? 0) < 0x80) at += 1;
  if (at % 4 === 0) while (at + 4 <= end && ((words[at / 4] ?? 0) & HIGH_BITS) === 0) at += 4;
  while (at < end && (octets[at] ?? 0) < 0x80) at += 1;
  return at;
}

/** Writes a unit of UTF-16 as an escape; gives the index behind it. */
function writeUnit(unit: number, to: number): number {
  text[to] = BACKSLASH;
  text[to + 1] = SMALL_U;
  for (let digit = 0; digit < 4; digit += 1) text[to + 2 + digit] = HEX_DIGITS[(unit >> (12 - 4 * digit)) & 0x0f] ?? 0;
  return to + 6;
}

function writePoint(point: number, to: number): number {
  if (point < 0x1_00_00) return writeUnit(point, to);
  const rest = point - 0x1_00_00;
  return writeUnit(0xdc00 | (rest & 0x3ff), writeUnit(0xd800 | (rest >> 10), to));
}

/** Octets of the letter that begins with `lead`. */
function lengthOf(lead: number): 2 | 3 | 4 {
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The letter of `length` octets at `at`. */
function pointAt(at: number, length: number): number {
  let point = (octets[at] ?? 0) & (0x7f >> length);
  for (let next = at + 1; next < at + length; next += 1) point = (point << 6) | ((octets[next] ?? 0) & 0x3f);
  return point;
}

/** The text with escapes; `undefined` where there would be too many of them, or one where none may stand. */
function escaped(end: number): string | undefined {
  let from = 0;
  let to = 0;
  for (let at = beyondAscii(0, end); at < end; at = beyondAscii(at, end)) {
    // A letter behind a backslash is no JSON, and must not become any.
    if (octets[at - 1] === BACKSLASH) return undefined;
    octets.copy(text, to, from, at);
    to += at - from;
    while (at < end && (octets[at] ?? 0) >= 0x80) {
      const length = lengthOf(octets[at] ?? 0);
      to = writePoint(pointAt(at, length), to);
      at += length;
      if (to - at > ROOM + at / 8) return undefined;
    }
    from = at;
  }
  octets.copy(text, to, from, end);
  return text.toString('latin1', 0, to + end - from);
}

/**
 * The text of JSON in valid UTF-8, for a parser: the few letters that are not of ASCII are escapes in it (RFC 8259 section 7). The
 * engine keeps a text of ASCII in half the room, and beside its values the text is the largest thing that an answer leaves to the
 * collector. Reads the same as the plain text does, and is no JSON where that is none.
 */
export function jsonText(utf8: Buffer): string {
  if (utf8.length > LONGEST) return utf8.toString('utf8');
  utf8.copy(octets);
  return escaped(utf8.length) ?? utf8.toString('utf8');
}
