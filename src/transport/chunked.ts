import { fieldOf } from './response-head.ts';

/** Longest line of a chunk's size with its extensions, in octets. */
const LONGEST_SIZE_LINE = 16 * 1_024;

const LF = 0x0a;
const CR = 0x0d;

/** A chunk's size, then extensions: names, and values that may be quoted (RFC 9112 section 7.1.1). */
const SIZE_LINE = /^([0-9A-Fa-f]{1,13})(?:;[\t\x20-\x7e\x80-\xff]*)?$/;

/** What the reading of a chunked body comes to. */
export interface ChunkedEvents {
  body(octets: Buffer): void;
}

/** Reads a chunked body (RFC 9112 section 7.1): sizes, data, trailers; strict in every line's end. */
export class ChunkedBody {
  readonly #events: ChunkedEvents;
  readonly #trailerOctets: number;
  #state: 'size' | 'data' | 'data-end' | 'trailer' | 'over' = 'size';
  #left = 0;
  #line = '';
  #trailers = 0;

  /** `trailerOctets`: what all trailers together may come to. */
  constructor(trailerOctets: number, events: ChunkedEvents) {
    this.#trailerOctets = trailerOctets;
    this.#events = events;
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** Reads from `from` on; gives the index behind what it has read, or the code of what is wrong. */
  read(octets: Buffer, from: number): number | string {
    let at = from;
    while (at < octets.length && this.#state !== 'over') {
      if (this.#state === 'data') {
        at = this.#data(octets, at);
        continue;
      }
      const end = octets.indexOf(LF, at);
      this.#line += octets.toString('latin1', at, end < 0 ? octets.length : end + 1);
      if (this.#line.length > LONGEST_SIZE_LINE) return 'HPE_CHUNK_EXTENSIONS_OVERFLOW';
      if (end < 0) return octets.length;
      if (this.#line.charCodeAt(this.#line.length - 2) !== CR) return 'HPE_CR_EXPECTED';
      const wrong = this.#onLine(this.#line.slice(0, -2));
      if (wrong !== undefined) return wrong;
      this.#line = '';
      at = end + 1;
    }
    return at;
  }

  #data(octets: Buffer, at: number): number {
    const end = Math.min(octets.length, at + this.#left);
    this.#left -= end - at;
    if (this.#left === 0) this.#state = 'data-end';
    this.#events.body(octets.subarray(at, end));
    return end;
  }

  #onLine(line: string): string | undefined {
    if (this.#state === 'size') return this.#onSize(line);
    if (this.#state === 'data-end') {
      this.#state = 'size';
      return line === '' ? undefined : 'HPE_STRICT';
    }
    return this.#onTrailer(line);
  }

  #onSize(line: string): string | undefined {
    const digits = SIZE_LINE.exec(line)?.[1];
    if (digits === undefined) return 'HPE_INVALID_CHUNK_SIZE';
    this.#left = Number.parseInt(digits, 16);
    this.#state = this.#left === 0 ? 'trailer' : 'data';
    return undefined;
  }

  /** Trailers must be well-formed, and are not looked at: nothing that is judged may stand there. */
  #onTrailer(line: string): string | undefined {
    if (line === '') {
      this.#state = 'over';
      return undefined;
    }
    this.#trailers += line.length;
    if (this.#trailers > this.#trailerOctets) return 'HPE_HEADER_OVERFLOW';
    const field = fieldOf(line);
    if (field === undefined) return 'HPE_INVALID_HEADER_TOKEN';
    return field.name === 'content-length' ? 'HPE_INVALID_CONTENT_LENGTH' : undefined;
  }
}
