import net, { type AddressInfo, type Socket } from 'node:net';
import tls, { type TLSSocket, type TlsOptions } from 'node:tls';
import { atEnd } from './release.ts';

/** A request that was received in full. */
export interface SeenRequest {
  /** Request line and headers as they came. */
  readonly head: string;
  readonly path: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Number of the connection it came on; first is 1. */
  readonly connection: number;
}

/** One connection, as a script sees it. */
export class Peer {
  readonly socket: Socket;
  readonly #raw: Socket;

  constructor(socket: Socket, raw: Socket) {
    this.socket = socket;
    this.#raw = raw;
  }

  write(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Sends FIN behind what was written. */
  end(): void {
    this.socket.end();
  }

  /** Sends RST. */
  reset(): void {
    this.#raw.resetAndDestroy();
  }

  /** Writes octets past TLS, straight onto the wire. */
  writeRaw(bytes: string | Uint8Array): void {
    this.#raw.write(bytes);
  }

  /** Writes `pieces` one after the other, one every `everyMs`, for as long as the connection lasts. */
  drip(pieces: Iterable<string, undefined>, everyMs: number): void {
    const left = pieces[Symbol.iterator]();
    const timer = setInterval(() => {
      const next = left.next();
      if (next.done === true) clearInterval(timer);
      else this.socket.write(next.value);
    }, everyMs);
    this.socket.once('close', () => clearInterval(timer));
  }

  /** Writes `piece` again and again, as fast as it is taken, up to so many octets or for as long as the connection lasts. */
  flood(piece: Uint8Array, octets = Infinity): void {
    let left = octets;
    const more = () => {
      for (let isTaken = true; isTaken && left > 0 && !this.socket.destroyed; left -= piece.length) {
        isTaken = this.socket.write(piece.subarray(0, left));
      }
    };
    this.socket.on('drain', more);
    more();
  }
}

/** What a broker does with a request it has received in full. */
export type Script = (peer: Peer, request: SeenRequest) => void;

export interface BrokerServerOptions {
  /** TLS instead of clear text. */
  readonly tls?: TlsOptions;
  /** Done with every connection at once. */
  readonly greet?: (peer: Peer) => void;
  /** Reads no request, unless `greet` does. */
  readonly isDeaf?: boolean;
}

const END_OF_HEAD = '\r\n\r\n';

function parse(octets: Buffer, connection: number): { request: SeenRequest; rest: Buffer } | undefined {
  const endOfHead = octets.indexOf(END_OF_HEAD);
  if (endOfHead < 0) return undefined;
  const head = octets.toString('latin1', 0, endOfHead);
  const [requestLine = '', ...lines] = head.split('\r\n');
  const pairs = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  const headers = Object.fromEntries(pairs) as Record<string, string>;
  const start = endOfHead + END_OF_HEAD.length;
  const end = start + Number(headers['content-length'] ?? 0);
  if (octets.length < end) return undefined;
  const body = octets.toString('utf8', start, end);
  return {
    request: { head, path: requestLine.split(' ')[1] ?? '', headers, body, connection },
    rest: octets.subarray(end),
  };
}

/** A broker on a loopback socket that does what it is told, byte by byte, and keeps count. */
export class BrokerServer {
  /** Every request received in full. */
  readonly requests: SeenRequest[] = [];
  /** Connections accepted so far. */
  connections = 0;
  readonly #scripts: readonly Script[];
  readonly #options: BrokerServerOptions;
  readonly #listener: net.Server;
  readonly #open = new Map<number, Socket>();
  readonly #conversing = new Set<Socket>();
  readonly #waiting = new Set<() => void>();

  constructor(options: BrokerServerOptions, scripts: readonly Script[]) {
    this.#options = options;
    this.#scripts = scripts;
    this.#listener = options.tls === undefined ? net.createServer() : tls.createServer(options.tls);
    this.#listener.on('connection', (raw) => this.#accept(raw));
    this.#listener.on('secureConnection', (socket: TLSSocket) => this.#converse(socket));
    this.#listener.on('tlsClientError', () => undefined);
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  get baseUrl(): string {
    return `${this.#options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.port}`;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#open.size;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#listener.listen(0, '127.0.0.1', resolve));
  }

  /** Until no connection is open. */
  allClosed(): Promise<void> {
    return this.closedTo(0);
  }

  /** Until no more than this many connections are open. */
  closedTo(count: number): Promise<void> {
    return this.#until(() => this.#open.size <= count);
  }

  /** Until this many requests have been received in full. */
  received(count: number): Promise<void> {
    return this.#until(() => this.requests.length >= count);
  }

  /** Until this many connections have been accepted. */
  accepted(count: number): Promise<void> {
    return this.#until(() => this.connections >= count);
  }

  /** Takes what a deaf broker was sent, so that it sees the end of its connections. */
  hear(): void {
    for (const socket of this.#conversing) socket.resume();
  }

  close(): Promise<void> {
    for (const raw of this.#open.values()) raw.destroy();
    return new Promise((resolve) => {
      this.#listener.close(() => resolve());
    });
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #changed(): void {
    for (const look of [...this.#waiting]) look();
  }

  #accept(raw: Socket): void {
    this.connections += 1;
    const number = this.connections;
    this.#open.set(number, raw);
    raw.on('error', () => undefined);
    raw.once('close', () => {
      this.#open.delete(number);
      this.#changed();
    });
    this.#changed();
    if (this.#options.tls === undefined) this.#converse(raw);
  }

  #converse(socket: Socket): void {
    const [connection = 0, raw = socket] =
      [...this.#open].find(([, each]) => each.remotePort === socket.remotePort) ?? [];
    const peer = new Peer(socket, raw);
    this.#conversing.add(socket);
    socket.once('close', () => this.#conversing.delete(socket));
    socket.on('error', () => undefined);
    this.#options.greet?.(peer);
    if (this.#options.isDeaf === true) return;
    let octets: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      octets = octets.length === 0 ? chunk : Buffer.concat([octets, chunk]);
      for (let parsed = parse(octets, connection); parsed !== undefined; parsed = parse(octets, connection)) {
        octets = parsed.rest;
        this.#answer(peer, parsed.request);
      }
    });
  }

  #answer(peer: Peer, request: SeenRequest): void {
    const script = this.#scripts[Math.min(this.requests.length, this.#scripts.length - 1)];
    this.requests.push(request);
    this.#changed();
    script?.(peer, request);
  }
}

/** A broker that does with its n-th request what its n-th script says, and the last one with all others; closed with the test. */
export async function openBroker(options: BrokerServerOptions, ...scripts: readonly Script[]): Promise<BrokerServer> {
  const server = new BrokerServer(options, scripts);
  await server.listen();
  atEnd(() => server.close());
  return server;
}
