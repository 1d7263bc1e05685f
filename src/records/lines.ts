/** Room that is taken at first, in octets; doubled when it is used up. */
const FIRST_BYTES = 65_536;

/** Most octets that UTF-8 makes of one UTF-16 unit. */
const MOST_BYTES_A_UNIT = 3;

/**
 * Whole lines that wait to be written, in order. They are kept as octets: text that waits for the disk is copied by every
 * collection meanwhile, and encoded in the end anyway.
 */
export class Lines {
  readonly #maxBytes: number;
  #octets: Buffer;
  /** Where each line ends. */
  #ends: number[] = [];
  /** Lines at the front that are written. */
  #gone = 0;

  /** Holds at most `maxBytes` octets. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#octets = Buffer.allocUnsafe(Math.min(FIRST_BYTES, maxBytes));
  }

  get count(): number {
    return this.#ends.length - this.#gone;
  }

  /** Whether there was room for the line, which has its end. */
  add(line: string): boolean {
    const start = this.#endOf(this.#ends.length);
    this.#reserve(start + line.length * MOST_BYTES_A_UNIT);
    const end = start + this.#octets.write(line, start);
    if (end > this.#maxBytes) return false;
    this.#ends.push(end);
    return true;
  }

  /** Octets of as many lines as fit into `room`; of at least one where `isOneForced`, or a long line would never be written. */
  fitting(room: number, isOneForced: boolean): Uint8Array {
    const start = this.#endOf(this.#gone);
    let last = this.#ends.length;
    while (last > this.#gone && this.#endOf(last) - start > room) last -= 1;
    if (last === this.#gone && isOneForced) last = Math.min(last + 1, this.#ends.length);
    return this.#octets.subarray(start, this.#endOf(last));
  }

  /** Forgets the lines that lie whole in the first `bytes` octets: they are written. */
  drop(bytes: number): void {
    const end = this.#endOf(this.#gone) + bytes;
    while (this.#gone < this.#ends.length && this.#endOf(this.#gone + 1) <= end) this.#gone += 1;
  }

  /** Where the first so many lines end. */
  #endOf(lines: number): number {
    return lines === 0 ? 0 : (this.#ends[lines - 1] ?? 0);
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#octets.length) return;
    const wider = Buffer.allocUnsafe(Math.max(bytes, Math.min(this.#octets.length * 2, this.#maxBytes)));
    this.#octets.copy(wider);
    this.#octets = wider;
  }
}
