function bits(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all | (1 << number), 0);
}

/** Fields that no caller is given, in any letter case: a broker may spell them its own way. */
export class Withheld {
  readonly #names: ReadonlySet<string>;
  readonly #lengths: number;
  readonly #letters: number;

  constructor(fields: readonly string[]) {
    this.#names = new Set(fields.map((field) => field.toLowerCase()));
    this.#lengths = bits(fields.map(({ length }) => length));
    this.#letters = bits(fields.map((field) => field.charCodeAt(0)));
  }

  has(key: string): boolean {
    return this.hasIn(key, 0, key.length);
  }

  /** Whether the key that stands in `text` from `from` to `to` is one of them. */
  hasIn(text: string, from: number, to: number): boolean {
    // Most keys differ in length or in their first letter, and need no second text made of them. A shift counts modulo 32,
    // which the capital and the small form of a letter have in common.
    return (
      (this.#lengths & (1 << (to - from))) !== 0 &&
      (this.#letters & (1 << text.charCodeAt(from))) !== 0 &&
      this.#names.has(text.slice(from, to).toLowerCase())
    );
  }
}
