/** A request that came in full. */
export interface HttpRequest {
  readonly method: string;
  /** As it stands in the request line, query included. */
  readonly target: string;
  /** By name in lower case; of a name that comes twice the last one. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the client wants the connection to stay open. */
  readonly isKept: boolean;
}

/** Octets that are no request of ours: the status to refuse them with. */
export interface BadRequest {
  readonly refused: 400 | 413 | 431;
}

type Head = Omit<HttpRequest, 'body'>;

const END_OF_HEAD = '\r\n\r\n';
const END_OF_LINE = '\r\n';
const LONGEST_HEAD = 64 * 1024;
const LONGEST_BODY = 16 * 1024 * 1024;
const LONGEST_CHUNK_LINE = 1_024;

const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/;
const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;
const CHUNK_LINE = /^([0-9A-Fa-f]{1,8})(?:;.*)?$/;

const TOO_LARGE: BadRequest = { refused: 413 };
const BAD: BadRequest = { refused: 400 };

function headFrom(text: string): Head | undefined {
  const [first = '', ...lines] = text.split(END_OF_LINE);
  const line = REQUEST_LINE.exec(first);
  const fields = lines.map((each) => HEADER_LINE.exec(each));
  if (line === null || fields.includes(null)) return undefined;
  const headers = Object.fromEntries(fields.map((field) => [(field?.[1] ?? '').toLowerCase(), field?.[2] ?? '']));
  const connection = (headers['connection'] ?? '').toLowerCase();
  const isKept = line[3] === '1' ? connection !== 'close' : connection === 'keep-alive';
  return { method: line[1] ?? '', target: line[2] ?? '', headers, isKept };
}

/**
 * Takes the octets of a connection and gives its requests, one after the other. Heads are bounded to 64 KiB, bodies,
 * with a length or in chunks, to 16 MiB.
 */
export class RequestReader {
  readonly #continued: () => void;
  #octets: Buffer[] = [];
  #length = 0;
  #head: Head | undefined;
  #isContinued = false;
  #chunks: Buffer[] = [];
  #chunksLength = 0;

  /** `continued` is called where a client waits for 100 Continue before it sends a body. */
  constructor(continued: () => void) {
    this.#continued = continued;
  }

  /** Octets that were not asked for yet. */
  get waiting(): number {
    return this.#length;
  }

  push(octets: Buffer): void {
    this.#octets.push(octets);
    this.#length += octets.length;
  }

  /** The next request; `undefined` until more octets come. */
  next(): HttpRequest | BadRequest | undefined {
    if (this.#length === 0) return undefined;
    if (this.#head === undefined) {
      const refused = this.#readHead();
      if (refused !== undefined) return refused;
    }
    const head = this.#head;
    if (head === undefined) return undefined;
    const body = /\bchunked$/i.test(head.headers['transfer-encoding'] ?? '') ? this.#chunked() : this.#sized(head);
    if (body === undefined) {
      this.#continue(head);
      return undefined;
    }
    if ('refused' in body) return body;
    this.#head = undefined;
    this.#isContinued = false;
    return { ...head, body };
  }

  #continue({ headers }: Head): void {
    if (this.#isContinued || headers['expect']?.toLowerCase() !== '100-continue') return;
    this.#isContinued = true;
    this.#continued();
  }

  #joined(): Buffer {
    const [only] = this.#octets;
    const joined = this.#octets.length === 1 && only !== undefined ? only : Buffer.concat(this.#octets);
    this.#octets = [joined];
    return joined;
  }

  #drop(count: number): void {
    const rest = this.#joined().subarray(count);
    this.#octets = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }

  #readHead(): BadRequest | undefined {
    const octets = this.#joined();
    const end = octets.indexOf(END_OF_HEAD);
    if (end > LONGEST_HEAD || (end < 0 && octets.length > LONGEST_HEAD)) return { refused: 431 };
    if (end < 0) return undefined;
    this.#head = headFrom(octets.toString('latin1', 0, end));
    if (this.#head === undefined) return BAD;
    this.#drop(end + END_OF_HEAD.length);
    return undefined;
  }

  #sized({ headers }: Head): Buffer | BadRequest | undefined {
    const given = headers['content-length'] ?? '0';
    if (!/^\d{1,15}$/.test(given)) return BAD;
    const length = Number(given);
    if (length > LONGEST_BODY) return TOO_LARGE;
    if (this.#length < length) return undefined;
    const body = Buffer.from(this.#joined().subarray(0, length));
    this.#drop(length);
    return body;
  }

  #chunked(): Buffer | BadRequest | undefined {
    for (;;) {
      const octets = this.#joined();
      const end = octets.indexOf(END_OF_LINE);
      if (end < 0) return octets.length > LONGEST_CHUNK_LINE ? BAD : undefined;
      const size = CHUNK_LINE.exec(octets.toString('latin1', 0, end))?.[1];
      if (size === undefined) return BAD;
      const length = Number.parseInt(size, 16);
      if (length === 0) return this.#trailed(octets, end);
      if (this.#chunksLength + length > LONGEST_BODY) return TOO_LARGE;
      const start = end + END_OF_LINE.length;
      if (octets.length < start + length + END_OF_LINE.length) return undefined;
      this.#chunks.push(octets.subarray(start, start + length));
      this.#chunksLength += length;
      this.#drop(start + length + END_OF_LINE.length);
    }
  }

  /** The whole body, once the trailer behind the last chunk is there as well. */
  #trailed(octets: Buffer, endOfSize: number): Buffer | BadRequest | undefined {
    const isBare = octets.indexOf(END_OF_LINE, endOfSize + END_OF_LINE.length) === endOfSize + END_OF_LINE.length;
    const end = isBare ? endOfSize : octets.indexOf(END_OF_HEAD, endOfSize);
    if (end < 0) return octets.length > LONGEST_HEAD ? { refused: 431 } : undefined;
    const body = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#chunksLength = 0;
    this.#drop(end + END_OF_HEAD.length);
    return body;
  }
}
