/** A body as it comes, and no more of it than its limit. */
export class Body {
  readonly #limit: number;
  readonly #pieces: Buffer[] = [];
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
    this.#pieces.push(Buffer.from(piece));
    return true;
  }
}
