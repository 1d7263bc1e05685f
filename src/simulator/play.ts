import type { FixtureAttempt, FixtureFault, FixtureResponse } from '../fixture/format.ts';
import { bodyOf, headOf } from '../fixture/judge.ts';
import type { Line } from './line.ts';

/** What becomes of the connection behind an answer. */
export interface Behind {
  /** Whether it stays open for the next request. */
  readonly isKept: boolean;
  /** Called when the answer is complete; never where a fault ended it. */
  readonly done: () => void;
}

type Headers = Readonly<Record<string, string>>;

/** Headers that frame a message: ours are written in their place. */
const FRAMING: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'date',
]);

const BARE_STATUS: ReadonlySet<number> = new Set([204, 304]);

/** Between two blanks of a body that never ends but is never silent, in milliseconds. */
const DRIP_MS = 40;

/** Octets that a client's HTTP parser refuses, by the code it refuses them with. */
const MALFORMED: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: `HTTP/1.1 200 OK\r\nX-Trace: ${'x'.repeat(256 * 1024)}\r\n\r\n`,
  HPE_INVALID_STATUS: 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n',
  HPE_INVALID_HEADER_TOKEN: 'HTTP/1.1 200 OK\r\nX Trace: a\r\nContent-Length: 0\r\n\r\n',
  HPE_INVALID_CONTENT_LENGTH: 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  ERR_HTTP_UPGRADE: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n',
};

const NO_HTTP = 'SSH-2.0-OpenSSH_9.6\r\n';

/** Status line and headers as octets; line breaks in a value are written as blanks. */
export function headOctets(status: number, headers: Headers): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n\0]/g, ' ')}\r\n`);
  return Buffer.from(`HTTP/1.1 ${String(status)} ${status < 400 ? 'OK' : 'Error'}\r\n${lines.join('')}\r\n`, 'latin1');
}

function ownHeaders(response: FixtureResponse): Headers {
  return Object.fromEntries(Object.entries(headOf(response).headers).filter(([name]) => !FRAMING.has(name)));
}

function framed(response: FixtureResponse, framing: Headers): Buffer {
  return headOctets(response.status, { ...ownHeaders(response), ...framing });
}

/** The body in its recorded pieces, each with the pause before it; what is left over follows at once. */
function piecesOf({ pieces = [] }: FixtureResponse, octets: Buffer): { afterMs: number; octets: Buffer }[] {
  let from = 0;
  const cut = pieces.map(({ afterMs = 0, bytes }) => {
    const piece = octets.subarray(from, from + bytes);
    from += bytes;
    return { afterMs, octets: piece };
  });
  return [...cut, { afterMs: 0, octets: octets.subarray(from) }];
}

function write(line: Line, head: Buffer, response: FixtureResponse, octets: Buffer, then: () => void): void {
  if (response.pieces === undefined) {
    line.write(Buffer.concat([head, octets]));
    then();
    return;
  }
  const pieces = piecesOf(response, octets);
  const next = (index: number) => {
    const piece = pieces[index];
    if (piece === undefined) {
      then();
      return;
    }
    line.after(piece.afterMs, () => {
      if (piece.octets.length > 0) line.write(piece.octets);
      next(index + 1);
    });
  };
  line.write(head);
  next(0);
}

function answer(line: Line, response: FixtureResponse, { isKept, done }: Behind): void {
  const isBare = response.status < 200 || BARE_STATUS.has(response.status);
  const octets = isBare ? Buffer.alloc(0) : bodyOf(response);
  const framing = {
    ...(!isBare && { 'content-length': String(octets.length) }),
    ...(!isKept && { connection: 'close' }),
  };
  write(line, framed(response, framing), response, octets, done);
}

/** The octets of the body that come before a fault: the recorded ones, with blanks where there are not so many. */
function octetsBefore({ afterBytes }: FixtureFault, recorded: Buffer | undefined): Buffer {
  const count = afterBytes ?? recorded?.length ?? 0;
  const octets = recorded?.subarray(0, count) ?? Buffer.alloc(0);
  return Buffer.concat([octets, Buffer.alloc(count - octets.length, ' ')]);
}

function breakBody(line: Line, fault: FixtureFault, recorded: FixtureResponse | undefined): void {
  const response = recorded ?? { status: 200 };
  if (fault.limit === 'body-bytes') {
    line.write(framed(response, { connection: 'close' }));
    line.flood();
    return;
  }
  const whole = recorded === undefined ? undefined : bodyOf(recorded);
  const octets = octetsBefore(fault, whole);
  const isDripped = fault.limit === 'deadline';
  const announced = String(Math.max(octets.length + 1, whole?.length ?? 0));
  const framing: Headers = isDripped ? { connection: 'close' } : { 'content-length': announced };
  write(line, framed(response, framing), response, octets, () => {
    if (isDripped) line.drip(DRIP_MS);
    else if (fault.limit !== undefined) line.stall();
    else line.end();
  });
}

function breakHead(line: Line, { code = '', limit }: FixtureFault): void {
  if (limit !== undefined) line.stall();
  else if (code.startsWith('HPE_') || code === 'ERR_HTTP_UPGRADE') {
    line.write(Buffer.from(Object.hasOwn(MALFORMED, code) ? (MALFORMED[code] ?? NO_HTTP) : NO_HTTP, 'latin1'));
    line.stall();
  } else line.reset();
}

/** Plays an attempt to a request that was read. `latencyMs` comes before the head, on top of the recorded pause. */
export function playAttempt(line: Line, attempt: FixtureAttempt, latencyMs: number, behind: Behind): void {
  const { response, fault } = attempt;
  line.after(latencyMs + (response?.delayMs ?? 0), () => {
    if (fault?.phase === 'body') breakBody(line, fault, response);
    else if (fault !== undefined) breakHead(line, fault);
    else if (response !== undefined) answer(line, response, behind);
  });
}

/** Answers with an object as JSON. */
export function answerJson(line: Line, status: number, body: unknown, behind: Behind): void {
  answer(line, { status, json: body }, behind);
}
