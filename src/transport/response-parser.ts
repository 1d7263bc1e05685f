import type { ResponseHead } from '../model/wire.ts';
import { ChunkedBody } from './chunked.ts';
import { HeadReader, type Framing, type ParsedHead } from './response-head.ts';

/** What the reading of a response comes to. */
export interface ResponseEvents {
  head(head: ResponseHead): void;
  body(octets: Buffer): void;
}

const SWITCHING_PROTOCOLS = 101;

/** Reads the octets of one connection as the response to one request (RFC 9112); a new one is made for the next. */
export class ResponseParser {
  readonly #headOctets: number;
  readonly #events: ResponseEvents;
  #reader: HeadReader;
  #framing: Framing | undefined;
  #chunked: ChunkedBody | undefined;
  #left = 0;
  #isOver = false;
  #keptMs = 0;

  /** `headOctets`: longest head taken, in octets. */
  constructor(headOctets: number, events: ResponseEvents) {
    this.#headOctets = headOctets;
    this.#events = events;
    this.#reader = new HeadReader(headOctets);
  }

  /** Whether the whole response has come. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** For how long the connection may wait for another request, in milliseconds, once it is over; 0 for not at all. */
  get keptMs(): number {
    return this.#keptMs;
  }

  /** Reads on; gives the code of Node's parser for what is wrong. Octets behind the response end its connection's use. */
  feed(octets: Buffer): string | undefined {
    let at = 0;
    while (this.#framing === undefined && at < octets.length) {
      const read = this.#reader.read(octets, at);
      if (typeof read === 'string') return read;
      at = read;
      const { parsed } = this.#reader;
      const wrong = parsed === undefined ? undefined : this.#onHead(parsed);
      if (wrong !== undefined) return wrong;
    }
    return at < octets.length ? this.#body(at === 0 ? octets : octets.subarray(at)) : undefined;
  }

  /** The connection ended in order: the end of a body whose end nothing else tells. */
  end(): void {
    if (this.#framing?.kind === 'until-close') this.#isOver = true;
  }

  #onHead({ head, framing, keptMs }: ParsedHead): string | undefined {
    if (head.status === SWITCHING_PROTOCOLS) return 'ERR_HTTP_UPGRADE';
    if (head.status >= 100 && head.status < 200) {
      this.#reader = new HeadReader(this.#headOctets);
      return undefined;
    }
    this.#framing = framing;
    this.#keptMs = keptMs;
    if (framing.kind === 'length') this.#left = framing.octets;
    if (framing.kind === 'chunked') this.#chunked = new ChunkedBody(this.#headOctets, this.#events);
    this.#isOver = framing.kind === 'none' || (framing.kind === 'length' && framing.octets === 0);
    this.#events.head(head);
    return undefined;
  }

  #body(octets: Buffer): string | undefined {
    if (this.#isOver) {
      this.#keptMs = 0;
      return undefined;
    }
    if (this.#chunked !== undefined) return this.#chunk(octets, this.#chunked);
    if (this.#framing?.kind === 'until-close') {
      this.#events.body(octets);
      return undefined;
    }
    if (octets.length > this.#left) this.#keptMs = 0;
    const own = octets.length > this.#left ? octets.subarray(0, this.#left) : octets;
    this.#left -= own.length;
    if (this.#left === 0) this.#isOver = true;
    this.#events.body(own);
    return undefined;
  }

  #chunk(octets: Buffer, chunked: ChunkedBody): string | undefined {
    const read = chunked.read(octets, 0);
    if (typeof read === 'string') return read;
    this.#isOver = chunked.isOver;
    if (this.#isOver && read < octets.length) this.#keptMs = 0;
    return undefined;
  }
}
