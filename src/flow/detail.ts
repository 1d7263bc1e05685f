import type { DetailKind } from '../catalog/tables.ts';
import type { Detail } from '../model/verdict.ts';

const OPENING = '[［【';
const CLOSING = ']］】';

/** Longest run of digits that is still a count or a number of days, and not an account number. */
const MAX_COUNT_DIGITS = 9;

/** The text between the outermost brackets; a missing closing bracket ends with the text, as cut messages do. */
function bracketed(text: string): string | undefined {
  const from = [...text].findIndex((char) => OPENING.includes(char));
  if (from < 0) return undefined;
  const inner = [...text].slice(from + 1);
  const to = inner.findLastIndex((char) => CLOSING.includes(char));
  return (to < 0 ? inner : inner.slice(0, to)).join('').trim();
}

/** What follows the fixed text, or the whole text where a broker uses words of its own. */
function remainder(text: string, fixedText: string): string {
  const rest = text.toLowerCase().startsWith(fixedText.toLowerCase()) ? text.slice(fixedText.length) : text;
  return rest.replace(/^[\s,:.-]+/, '').trim();
}

/** The first whole number in `text`, with or without thousands separators, in ASCII or full-width digits. */
function firstNumber(text: string): number | undefined {
  const match = /\d[\d,]*/.exec(text.normalize('NFKC'));
  const digits = match?.[0].replaceAll(',', '');
  return digits === undefined || digits.length > MAX_COUNT_DIGITS ? undefined : Number(digits);
}

function reason(text: string | undefined): Detail | undefined {
  return text === undefined || text === '' ? undefined : { kind: 'reason', text };
}

/**
 * What a broker added behind the fixed text of its code. Accepts brackets of any width, a missing one, no comma,
 * and a unit after a number (the standard's table C, notes on 5004-5007 and 6004-7000).
 */
export function detailOf(text: string, fixedText: string, kind: DetailKind | null): Detail | undefined {
  const inBrackets = bracketed(text);
  if (kind === null) return reason(inBrackets);
  const rest = inBrackets ?? remainder(text, fixedText);
  if (kind === 'reason') return reason(rest);
  const number = firstNumber(rest);
  if (number === undefined) return reason(inBrackets);
  return kind === 'count' ? { kind, count: number } : { kind, days: number };
}
