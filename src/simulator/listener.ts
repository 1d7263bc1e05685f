import net, { type Socket } from 'node:net';
import tls, { type TlsOptions } from 'node:tls';
import type { Clock } from '../runtime/clock.ts';
import { SimulatorError } from './error.ts';
import { Line } from './line.ts';

/** What is done with a connection. */
export type Treatment =
  | { readonly kind: 'converses'; readonly tls?: TlsOptions | undefined }
  | { readonly kind: 'deaf' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'says'; readonly octets: Uint8Array };

/** What a listener does. */
export interface Manners {
  /** Asked for every connection. */
  readonly treat: () => Treatment;
  /** Told of every connection that is ready for requests, and of what `treat` had said of it. */
  readonly converse: (line: Line, treatment: Treatment) => void;
  readonly clock: Clock;
}

/** Connections that the system holds for us before they are taken. */
const BACKLOG = 4_096;

function ignore(): void {
  // The end of a connection is told by its 'close'.
}

function peerOf({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${String(remotePort)}`;
}

/** A port that takes connections and keeps hold of every one of them. */
export class Listener {
  readonly #manners: Manners;
  readonly #server = net.createServer();
  readonly #open = new Map<string, { readonly raw: Socket; readonly treatment: Treatment }>();
  readonly #secure = new Map<TlsOptions, tls.Server>();

  constructor(manners: Manners) {
    this.#manners = manners;
    this.#server.on('connection', (raw) => {
      this.#take(raw);
    });
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#open.size;
  }

  /**
   * Starts to listen; port 0 is any free one.
   *
   * @throws SimulatorError where the port or the host cannot be had.
   */
  listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const isHost = error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND';
        const [path, expected] = isHost
          ? [`host ${host}`, 'an address of this machine']
          : [`port ${String(port)}`, 'a free port'];
        reject(new SimulatorError(`${path}: expected ${expected} (${error.code ?? 'unknown reason'})`));
      });
      this.#server.listen({ port, host, backlog: BACKLOG }, resolve);
    });
  }

  /** Ends every connection, and stops listening. */
  close(): Promise<void> {
    for (const { raw } of this.#open.values()) raw.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #take(raw: Socket): void {
    const peer = peerOf(raw);
    const treatment = this.#manners.treat();
    this.#open.set(peer, { raw, treatment });
    raw.setNoDelay(true);
    raw.on('error', ignore);
    raw.once('close', () => this.#open.delete(peer));
    switch (treatment.kind) {
      case 'deaf':
        raw.resume();
        return;
      case 'reset':
        raw.once('data', () => raw.resetAndDestroy());
        return;
      case 'says':
        raw.once('data', () => raw.end(treatment.octets));
        return;
      case 'converses':
        if (treatment.tls !== undefined) this.#secured(treatment.tls).emit('connection', raw);
        else this.#manners.converse(new Line(raw, raw, this.#manners.clock), treatment);
    }
  }

  /** Shakes hands on connections that are handed to it; it listens on no port itself. */
  #secured(options: TlsOptions): tls.Server {
    const known = this.#secure.get(options);
    if (known !== undefined) return known;
    const server = tls.createServer(options);
    server.on('secureConnection', (socket) => {
      socket.on('error', ignore);
      const taken = this.#open.get(peerOf(socket));
      if (taken === undefined) socket.destroy();
      else this.#manners.converse(new Line(socket, taken.raw, this.#manners.clock), taken.treatment);
    });
    server.on('tlsClientError', ignore);
    this.#secure.set(options, server);
    return server;
  }
}

/** A port that nobody listens on. */
export async function closedPort(host: string, clock: Clock): Promise<number> {
  const listener = new Listener({ treat: () => ({ kind: 'deaf' }), converse: ignore, clock });
  await listener.listen(0, host);
  const { port } = listener;
  await listener.close();
  return port;
}
