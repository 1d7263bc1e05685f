import type { ResponseHead } from '../model/wire.ts';

/** How the end of a body is known (RFC 9112 section 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly octets: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

/** The head of a response, and what it says of the connection. */
export interface ParsedHead {
  readonly head: ResponseHead;
  readonly framing: Framing;
  /** For how long the connection may wait for another request, in milliseconds; 0 where it may carry none. */
  readonly keptMs: number;
}

type Headers = Readonly<Record<string, string>>;

/** Versions that Node's own parser takes too, broken servers' included. */
const STATUS_LINE = /^HTTP\/(?:0\.9|1\.0|1\.1|2\.0) \d{3}(?: [^\r]*)?$/;

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Characters that no header value may hold (RFC 9110 section 5.5), a line's end within it included. */
const BAD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Headers of which the first counts where a server sends several, as in Node; all others are joined. */
const FIRST_COUNTS: ReadonlySet<string> = new Set(
  (
    'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since ' +
    'last-modified location max-forwards proxy-authorization referer retry-after server user-agent'
  ).split(' '),
);

const DIGITS = /^\d{1,15}$/;

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Names as they came, in lower case: servers send the same few for ever. */
const NAMES = new Map<string, string>();
const MOST_NAMES = 200;

/** A field's name in lower case; `undefined` where it is none. */
function nameOf(text: string): string | undefined {
  const known = NAMES.get(text);
  if (known !== undefined || !NAME.test(text)) return known;
  const name = text.toLowerCase();
  if (NAMES.size < MOST_NAMES) NAMES.set(text, name);
  return name;
}

/** The field line between two places of a text, as name and value; `undefined` where it is none. */
export function fieldOf(text: string, start = 0, end = text.length): { name: string; value: string } | undefined {
  const colon = text.indexOf(':', start);
  if (colon < 0 || colon >= end) return undefined;
  let from = colon + 1;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  const name = nameOf(text.slice(start, colon));
  const value = text.slice(from, to);
  return name === undefined || BAD_VALUE.test(value) ? undefined : { name, value };
}

function add(headers: Record<string, string>, name: string, value: string): void {
  const known = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (known === undefined) headers[name] = value;
  else if (!FIRST_COUNTS.has(name)) headers[name] = `${known}${name === 'cookie' ? '; ' : ', '}${value}`;
}

/** What is wrong with the two headers that tell a body's end: both at once, or one length twice, is how requests are smuggled. */
function wrongFraming({ 'transfer-encoding': coding, 'content-length': length }: Headers, lengths: number) {
  if (coding !== undefined && length !== undefined) return 'HPE_INVALID_TRANSFER_ENCODING';
  if (lengths > 1) return 'HPE_UNEXPECTED_CONTENT_LENGTH';
  return length !== undefined && !DIGITS.test(length) ? 'HPE_INVALID_CONTENT_LENGTH' : undefined;
}

function framingOf(status: number, { 'transfer-encoding': coding, 'content-length': length }: Headers): Framing {
  if (status < 200 || status === 204 || status === 304) return { kind: 'none' };
  if (coding !== undefined) return { kind: /(?:^|,)[\t ]*chunked$/i.test(coding) ? 'chunked' : 'until-close' };
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', octets: Number(length) };
}

/** How much sooner than the server we give up an idle connection, in milliseconds: its last word may be on the way. */
const MARGIN_MS = 1_000;

const CLOSE = /(?:^|[\t ,])close(?:$|[\t ,])/i;
const KEEP_ALIVE = /(?:^|[\t ,])keep-alive(?:$|[\t ,])/i;
const TIMEOUT = /(?:^|[\t ,;])timeout=(\d{1,9})/i;

function keptFor(version: string, headers: Headers, framing: Framing): number {
  const words = headers['connection'] ?? '';
  const isKept = version === '1.1' ? !CLOSE.test(words) : KEEP_ALIVE.test(words);
  if (!isKept || framing.kind === 'until-close') return 0;
  const hint = headers['keep-alive'];
  const seconds = hint === undefined ? undefined : TIMEOUT.exec(hint)?.[1];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Number(seconds) * 1_000 - MARGIN_MS);
}

/** A status line as far as it has come, when it is long enough to be told from anything else. */
const STATUS_START = /^HTTP\/(?:0\.9|1\.0|1\.1|2\.0) \d{3}/;
const STATUS_START_OCTETS = 'HTTP/1.1 200'.length;
const FIRST_OCTETS = 'HTTP/';

const CR = 0x0d;
const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Reads a response head line by line: lines end with CR and LF, none is folded, and nothing is guessed. */
export class HeadReader {
  readonly #limit: number;
  readonly #headers: Record<string, string> = {};
  #line = '';
  #octets = 0;
  #lengths = 0;
  #version: string | undefined;
  #status = 0;
  #parsed: ParsedHead | undefined;

  /** `limit`: longest head taken, in octets. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The head, once it has come whole. */
  get parsed(): ParsedHead | undefined {
    return this.#parsed;
  }

  /** Reads from `from` on; gives the index behind what it has read, or the code of Node's parser for what is wrong. */
  read(octets: Buffer, from: number): number | string {
    const end = octets.indexOf(END_OF_HEAD, from);
    const text = octets.toString('latin1', from, end < 0 ? octets.length : end + END_OF_HEAD.length);
    let at = 0;
    while (at < text.length && this.#parsed === undefined) {
      const end = text.indexOf('\n', at);
      const next = end < 0 ? text.length : end + 1;
      this.#octets += next - at;
      if (this.#octets > this.#limit) return 'HPE_HEADER_OVERFLOW';
      const wrong = end < 0 ? this.#onPartial(text.slice(at)) : this.#onLine(text, at, end);
      if (wrong !== undefined) return wrong;
      at = next;
    }
    return from + at;
  }

  /** Nobody waits for the end of a line that has begun wrong. */
  #onPartial(piece: string): string | undefined {
    this.#line += piece;
    if (this.#version !== undefined || this.#line === '\r') return undefined;
    const isRight =
      this.#line.length < STATUS_START_OCTETS
        ? FIRST_OCTETS.startsWith(this.#line.slice(0, FIRST_OCTETS.length))
        : STATUS_START.test(this.#line);
    return isRight ? undefined : 'HPE_INVALID_CONSTANT';
  }

  /** The line ends at `end`; what came of it before is put in front. */
  #onLine(text: string, from: number, end: number): string | undefined {
    if (this.#line === '') return this.#onWhole(text, from, end);
    const line = this.#line + text.slice(from, end);
    this.#line = '';
    return this.#onWhole(line, 0, line.length);
  }

  #onWhole(text: string, from: number, end: number): string | undefined {
    const isEnded = end > from && text.charCodeAt(end - 1) === CR;
    const to = isEnded ? end - 1 : end;
    if (this.#version === undefined) {
      // Empty lines before the status line are left over from something else, and harmless (RFC 9112 section 2.2).
      if (to === from) return undefined;
      return isEnded ? this.#onStatus(text.slice(from, to)) : 'HPE_CR_EXPECTED';
    }
    if (!isEnded) return 'HPE_CR_EXPECTED';
    if (to > from) return this.#onField(text, from, to);
    this.#onEmpty(this.#version);
    return undefined;
  }

  #onStatus(line: string): string | undefined {
    if (!STATUS_LINE.test(line)) return 'HPE_INVALID_CONSTANT';
    this.#version = line.slice('HTTP/'.length, 'HTTP/1.1'.length);
    this.#status = Number(line.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
    return undefined;
  }

  #onField(text: string, from: number, to: number): string | undefined {
    const field = fieldOf(text, from, to);
    if (field === undefined) return 'HPE_INVALID_HEADER_TOKEN';
    const { name, value } = field;
    if (name === 'content-length') this.#lengths += 1;
    // It would set what the headers inherit instead of a header.
    if (name !== '__proto__') add(this.#headers, name, value);
    return name === 'content-length' || name === 'transfer-encoding'
      ? wrongFraming(this.#headers, this.#lengths)
      : undefined;
  }

  #onEmpty(version: string): void {
    const headers = this.#headers;
    const framing = framingOf(this.#status, headers);
    const keptMs = keptFor(version, headers, framing);
    this.#parsed = { head: { status: this.#status, headers }, framing, keptMs };
  }
}
