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

/** A part of a text that is left out. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/**
 * One pass over a JSON text that a parser has taken: its shape as it is written, and where its withheld members stand, each
 * with the comma that goes with it. Latin-1 will do for octets in UTF-8: what it looks for is ASCII.
 */
export class JsonScan implements Shape {
  keys = 0;
  texts = 0;
  withheld = 0;
  readonly cuts: Cut[] = [];
  readonly #text: string;
  readonly #fields: Withheld;
  #depth = 0;
  /** By depth: whether a member before the present one stays. */
  readonly #stays: boolean[] = [];
  /** By depth: the last comma. */
  readonly #commas: number[] = [];
  #keyFrom = 0;
  #keyTo = 0;
  #cutFrom = 0;
  /** Where the member stands that is left out now; 0 for none. */
  #cutDepth = 0;

  constructor(text: string, fields: Withheld) {
    this.#text = text;
    this.#fields = fields;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) at = this.#onString(at);
      else if (code === COLON) this.#onKey();
      else if (code === COMMA) this.#onComma(at);
      else if (code === OPENING_BRACE || code === OPENING_BRACKET) this.#onOpening();
      else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) this.#onClosing(at);
    }
  }

  #onOpening(): void {
    this.#depth += 1;
    this.#stays[this.#depth] = false;
  }

  #onClosing(at: number): void {
    if (this.#cutDepth === this.#depth) this.#endCut(at);
    this.#depth -= 1;
  }

  /** It is a key where a colon follows. */
  #onString(at: number): number {
    this.texts += 1;
    this.#keyFrom = at;
    this.#keyTo = endOfString(this.#text, at);
    return this.#keyTo;
  }

  #onKey(): void {
    const isWithheld = this.#fields.hasIn(this.#text, this.#keyFrom + 1, this.#keyTo);
    this.keys += 1;
    if (isWithheld) this.withheld += 1;
    if (this.#cutDepth > 0) return;
    const depth = this.#depth;
    if (isWithheld) {
      this.#cutDepth = depth;
      this.#cutFrom = this.#stays[depth] === true ? (this.#commas[depth] ?? this.#keyFrom) : this.#keyFrom;
    } else this.#stays[depth] = true;
  }

  #onComma(at: number): void {
    const depth = this.#depth;
    // Behind a member that stays its own comma has gone, and this one parts its neighbours.
    if (this.#cutDepth === depth) this.#endCut(this.#stays[depth] === true ? at : at + 1);
    this.#commas[depth] = at;
  }

  #endCut(to: number): void {
    this.cuts.push({ from: this.#cutFrom, to });
    this.#cutDepth = 0;
  }
}
