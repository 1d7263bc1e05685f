import { endOfString } from '../flow/parse-json.ts';
import type { Shape } from './shape.ts';
import type { Withheld } from './withheld.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** What stands between the tokens of JSON and says nothing is this or less. */
const BLANK = 0x20;

/** A part of a text that is left out. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/** What one pass over a JSON text finds: its shape as it is written, and where its withheld members stand. */
export interface JsonScan extends Shape {
  /** Each with the comma that goes with it. */
  readonly cuts: readonly Cut[];
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= BLANK) at += 1;
  return at;
}

/** Index of the comma or brace that ends the member whose value begins at `from`. */
function endOfMember(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPENING_BRACE || code === OPENING_BRACKET) depth += 1;
    else if (depth === 0 && (code === COMMA || code === CLOSING_BRACE)) return at;
    else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth -= 1;
  }
  return text.length;
}

/** The cut of the member whose key stands at `key` and whose value begins at `value`, behind those that are left out before it. */
function cutOf(text: string, key: number, value: number, before: Cut | undefined): Cut {
  const end = endOfMember(text, value);
  let comma = key - 1;
  while (text.charCodeAt(comma) <= BLANK) comma -= 1;
  // Behind a member that stays its own comma goes, and the one behind it parts its neighbours.
  if (text.charCodeAt(comma) === COMMA && comma >= (before?.to ?? 0)) return { from: comma, to: end };
  return { from: key, to: text.charCodeAt(end) === COMMA ? end + 1 : end };
}

/**
 * One pass over a JSON text that a parser has taken, from one string of it to the next: a key is one that a colon follows.
 * Latin-1 will do for octets in UTF-8: what it looks for is ASCII.
 */
export function scanJson(text: string, fields: Withheld): JsonScan {
  const cuts: Cut[] = [];
  let [keys, texts, withheld] = [0, 0, 0];
  for (let from = text.indexOf('"'); from >= 0;) {
    const to = endOfString(text, from);
    const behind = afterBlanks(text, to + 1);
    texts += 1;
    if (text.charCodeAt(behind) === COLON) {
      keys += 1;
      if (fields.hasIn(text, from + 1, to)) {
        withheld += 1;
        // Within a member that goes, all goes.
        if (from >= (cuts.at(-1)?.to ?? 0)) cuts.push(cutOf(text, from, behind + 1, cuts.at(-1)));
      }
    }
    // Behind a colon or a comma the next string often follows at once, and need not be searched for.
    from = text.charCodeAt(behind + 1) === QUOTE ? behind + 1 : text.indexOf('"', behind);
  }
  return { keys, texts, withheld, cuts };
}
