import type { Peer, Script } from './broker-server.ts';

export type Headers = Readonly<Record<string, string>>;

/** Status line and headers, up to the blank line. */
export function headOf(status: number | string, headers: Headers = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Some words\r\n${lines.join('')}\r\n`;
}

/** A complete response. */
export function responseOf(body: string | Uint8Array, status: number | string = 200, headers: Headers = {}): Buffer {
  const octets = Buffer.from(body);
  const own = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': String(octets.length) };
  return Buffer.concat([Buffer.from(headOf(status, { ...own, ...headers })), octets]);
}

/** Answers in full, and keeps the connection. */
export function answers(body: unknown, status: number | string = 200, headers: Headers = {}): Script {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return writes(responseOf(text, status, headers));
}

/** Writes these octets, and keeps the connection. */
export function writes(...pieces: readonly (string | Uint8Array)[]): Script {
  return (peer) => {
    for (const piece of pieces) peer.write(piece);
  };
}

/** Writes these octets, then closes in order (FIN). */
export function writesAndEnds(...pieces: readonly (string | Uint8Array)[]): Script {
  return (peer) => {
    for (const piece of pieces) peer.write(piece);
    peer.end();
  };
}

/**
 * How long octets are ahead of the RST behind them, in milliseconds. An RST that comes with the octets before it reads as
 * a FIN: libuv takes a hang-up behind a short read for the end of the stream without asking for the error.
 */
const AHEAD_MS = 20;

/** Writes these octets, then breaks the connection (RST). */
export function writesAndResets(...pieces: readonly (string | Uint8Array)[]): Script {
  return (peer) => {
    for (const piece of pieces) peer.write(piece);
    setTimeout(() => peer.reset(), AHEAD_MS);
  };
}

/** Says nothing. */
export const stalls: Script = () => undefined;

/** `bytes` one at a time, then `last` for ever. */
export function* byteByByte(bytes: string, last = ' '): Generator<string, undefined> {
  yield* bytes;
  for (;;) yield last;
}

/** Breaks a connection (RST) as soon as the first octet comes. */
export function resetsOnFirstOctets(peer: Peer): void {
  peer.socket.once('data', () => peer.reset());
}

/** Closes a connection in order (FIN) as soon as the first octet comes. */
export function endsOnFirstOctets(peer: Peer): void {
  peer.socket.once('data', () => peer.end());
}
