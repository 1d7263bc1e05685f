import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Every label that brokers use for Korean legacy text; all mean CP949 (UHC), which contains KS X 1001. */
const CP949_LABELS: ReadonlySet<string> = new Set([
  'euc-kr',
  'euckr',
  'cp949',
  'ms949',
  'uhc',
  'windows-949',
  'x-windows-949',
  'ks_c_5601-1987',
  'ks_c_5601-1989',
  'ksc5601',
  'ksc_5601',
  'korean',
]);

const REPLACEMENT = '�';

export type Text =
  | { readonly kind: 'text'; readonly text: string; readonly warnings: readonly string[] }
  | { readonly kind: 'undecodable' };

const UNDECODABLE: Text = { kind: 'undecodable' };

/** Content types as they came, and their charsets: servers send the same few for ever. */
const CHARSETS = new Map<string, string | undefined>();
const MOST_CHARSETS = 50;

/** The charset parameter of a `Content-Type` header, in lower case. */
export function charsetOf(contentType = ''): string | undefined {
  if (CHARSETS.has(contentType)) return CHARSETS.get(contentType);
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1]?.toLowerCase();
  if (CHARSETS.size < MOST_CHARSETS) CHARSETS.set(contentType, charset);
  return charset;
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Length of a well-formed UTF-8 sequence for one Hangul syllable (U+AC00 to U+D7A3) at `at`, or 0. */
function hangulLength(bytes: Buffer, at: number): 0 | 3 {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return 0;
  const point = ((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
  return (lead & 0xf0) === 0xe0 && point >= 0xac00 && point <= 0xd7a3 ? 3 : 0;
}

/**
 * Whether valid UTF-8 holds letters of two octets and none of more. Hangul takes three, so under a declared Korean
 * charset such a body is legacy text whose few syllables happen to look like Latin letters (`C3 B3` is 처 and ó).
 */
function hasTwoByteLettersOnly(bytes: Buffer): boolean {
  return bytes.some((byte) => byte >= 0x80) && bytes.every((byte) => byte < 0xe0);
}

/**
 * Whether bytes that are not UTF-8 were meant to be: more of them form Hangul in UTF-8 than do not. Legacy Korean text
 * practically never does, so such a body was damaged on the way and must not be read as CP949 into other words.
 */
function isDamagedUtf8(bytes: Buffer): boolean {
  let hangul = 0;
  let stray = 0;
  for (let at = 0; at < bytes.length;) {
    const length = hangulLength(bytes, at);
    if (length > 0) hangul += 1;
    else if ((bytes[at] ?? 0) >= 0x80) stray += 1;
    at += length || 1;
  }
  return hangul >= 2 && hangul * 3 > stray;
}

/**
 * Gets the tables of CP949 ready. They are found, read and spread on first use, for tens of milliseconds; were that the first
 * answer of a broker, every other call would wait for it.
 */
export function loadCp949(): void {
  iconv.getDecoder('cp949');
}

function decodeCp949(bytes: Buffer): string | undefined {
  const text = iconv.decode(bytes, 'cp949');
  return text.includes(REPLACEMENT) ? undefined : text;
}

function decodeDeclared(bytes: Buffer, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function warn(text: string | undefined, how: string): Text {
  if (text === undefined) return UNDECODABLE;
  return { kind: 'text', text, warnings: [`body is not UTF-8, read as ${how}`] };
}

function plainText(utf8: Buffer): string {
  return utf8.toString('utf8');
}

/**
 * Octets as text: UTF-8 where they are UTF-8, as `textOf` has it, else the declared charset, else CP949. A byte order mark
 * is dropped. What no charset can read without loss is `undecodable`.
 */
export function decodeText(
  octets: Uint8Array,
  declared: string | undefined,
  textOf: (utf8: Buffer) => string = plainText,
): Text {
  const bytes = withoutBom(Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength));
  const label = declared?.toLowerCase();
  const isKorean = label === undefined || CP949_LABELS.has(label);
  if (isUtf8(bytes)) {
    const legacy = label !== undefined && isKorean && hasTwoByteLettersOnly(bytes) ? decodeCp949(bytes) : undefined;
    if (legacy !== undefined) return warn(legacy, `CP949 (declared ${label})`);
    return { kind: 'text', text: textOf(bytes), warnings: [] };
  }
  if (!isKorean && !/^utf-?8$/.test(label)) {
    const text = decodeDeclared(bytes, label);
    if (text !== undefined) return warn(text, label);
  }
  if (isDamagedUtf8(bytes)) return UNDECODABLE;
  return warn(decodeCp949(bytes), label !== undefined && isKorean ? `CP949 (declared ${label})` : 'CP949');
}

/** The text of `octets` as far as it can be had: for finding a maintenance page, never for data. */
export function roughText(octets: Uint8Array, declared: string | undefined): string {
  const decoded = decodeText(octets, declared);
  return decoded.kind === 'text' ? decoded.text : Buffer.from(octets).toString('latin1');
}
