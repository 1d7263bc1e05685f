/** A body as it comes, and no more of it than its limit. */
export class Body {
  readonly #limit: number;
  #pieces: Buffer[] = [];
  #length = 0;

  /** `limit`: octets it may have. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Octets so far, those past the limit included. */
  get length(): number {
    return this.#length;
  }

  /** All octets in one piece. */
  get octets(): Buffer {
    const [only] = this.#pieces;
    return this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces, this.#length);
  }

  /** Takes a copy of one more piece; `false` where it goes past the limit. */
  add(piece: Buffer): boolean {
    this.#length += piece.length;
    if (this.#length > this.#limit) return false;
    const copy = Buffer.from(piece);
    // Most bodies come in one piece, and a list that grows grows by seventeen.
    if (this.#pieces.length === 0) this.#pieces = [copy];
    else this.#pieces.push(copy);
    return true;
  }
}
