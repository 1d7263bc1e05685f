import { NUMBERS, PATTERNS } from '../model/patterns.ts';
import type { Disguise } from './disguise.ts';
import { sensitivityOf } from './sensitive.ts';

/** A part of a text: still to be searched, or final. */
interface Piece {
  readonly text: string;
  readonly isFinal: boolean;
}

/** What becomes of a match; `undefined` leaves it to be searched further. */
type Replace = (match: RegExpMatchArray) => string | undefined;

const ESCAPED = String.raw`(?:[^"\\]|\\.)`;

/** Members of a JSON text, whole or cut off. */
const MEMBERS = new RegExp(
  String.raw`"(${ESCAPED}{1,100})"(\s{0,10}:\s{0,10})("${ESCAPED}*(?:"|\\?$)|-?\d[\d.eE+-]*)`,
  'gs',
);

const ELEMENTS = /(<([A-Za-z][\w.-]{0,60})(?:\s[^<>]{0,500})?>)([^<>]{1,1000})(?=<\/\2\s{0,10}>)/g;

const ASSIGNMENTS =
  /(\b([A-Za-z][\w-]{0,60})\s?[:=]\s?["']?)((?<=")[^"]{1,500}|(?<=')[^']{1,500}|[^\s&"'<>;,]{1,500})/g;

/** Words before 님 that are nobody's name. */
const TITLES = '고객|회원|손|선생|사용자|이용자|사장|담당자';

/** Names of people, as Korean pages and messages write them. */
const NAMES: readonly RegExp[] = [
  new RegExp(`(?!${TITLES})[가-힣]{2,4}(?=\\s{0,2}(?:고객|회원)?님)`, 'g'),
  /(?<=(?:성명|이름|예금주|고객명|명의인?|계좌주)\s{0,3}[:=]?\s{0,3})[가-힣]{2,5}/g,
];

/** Amounts, as texts write them. */
const FIGURES = /(?<![\d,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d,])\d{1,15}(?=\s?(?:원|달러))/g;

/** Every match of `pattern` in what is still to be searched, replaced for good. */
function replaced(pieces: readonly Piece[], pattern: RegExp, replace: Replace): Piece[] {
  return pieces.flatMap((piece) => {
    if (piece.isFinal) return [piece];
    const parts: Piece[] = [];
    let from = 0;
    for (const match of piece.text.matchAll(pattern)) {
      const text = match[0] === '' ? undefined : replace(match);
      if (text === undefined) continue;
      parts.push({ text: piece.text.slice(from, match.index), isFinal: false }, { text, isFinal: true });
      from = match.index + match[0].length;
    }
    return [...parts, { text: piece.text.slice(from), isFinal: false }].filter(({ text }) => text !== '');
  });
}

/** The value of a field that stands in a text, as it may stay; `undefined` where it is to be searched as text. */
function fieldIn(name: string, value: string, path: string, disguise: Disguise): string | undefined {
  const sensitivity = sensitivityOf({ name, value }, disguise.fields);
  if (sensitivity === 'kept') return value;
  if (sensitivity === 'words') return undefined;
  return disguise.as(sensitivity, value, path);
}

/** The text of a JSON string literal, its end perhaps cut off; `undefined` where it is none. */
function literal(token: string): string | undefined {
  try {
    const value: unknown = JSON.parse(/(?<!\\)(?:\\\\)*"$/.test(token) && token.length > 1 ? token : `${token}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function member([whole, key = '', colon = '', token = '']: RegExpMatchArray, path: string, disguise: Disguise) {
  const name = literal(`"${key}"`) ?? key;
  if (!token.startsWith('"')) {
    const made = fieldIn(name, token, path, disguise);
    return made === undefined ? undefined : `"${key}"${colon}${made}`;
  }
  const value = literal(token);
  const made = value === undefined ? undefined : fieldIn(name, value, path, disguise);
  if (made === undefined) return undefined;
  if (made === value) return whole;
  const isCut = !/"$/.test(token) || token.length === 1;
  return `"${key}"${colon}${isCut ? JSON.stringify(made).slice(0, -1) : JSON.stringify(made)}`;
}

/** A number in a text, which stays where it is a code of the dialect. */
function numberIn(found: string, path: string, disguise: Disguise): string {
  return disguise.as(disguise.fields.isListed(found) ? 'code' : 'personal', found, path);
}

/**
 * A text in which nothing of a person is left that can be told: fields by their names, the personal values of the
 * messages, and what looks like an account, a credential, an address, a name or an amount.
 */
export function cleanText(text: string, path: string, disguise: Disguise): string {
  const standIn: Replace = ([found]) => disguise.value(found, path);
  const named: Replace = ([, start = '', name = '', value = '']) => {
    const made = fieldIn(name, value, path, disguise);
    return made === undefined ? undefined : `${start}${made}`;
  };
  let pieces: Piece[] = [{ text, isFinal: false }];
  pieces = replaced(pieces, MEMBERS, (match) => member(match, path, disguise));
  pieces = replaced(pieces, ELEMENTS, named);
  pieces = replaced(pieces, ASSIGNMENTS, named);
  const written = disguise.written.patternFor(text);
  if (written !== undefined) pieces = replaced(pieces, written, standIn);
  for (const pattern of [...PATTERNS, ...NAMES]) pieces = replaced(pieces, pattern, standIn);
  pieces = replaced(pieces, NUMBERS, ([found, date]) => date ?? numberIn(found, path, disguise));
  pieces = replaced(pieces, FIGURES, ([found]) => disguise.figure(found, path));
  return pieces.map((piece) => piece.text).join('');
}
