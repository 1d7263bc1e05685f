import net from 'node:net';
import tls from 'node:tls';
import { atEndOfTurn } from '../runtime/turn.ts';
import type { Address } from './address.ts';
import { watchDial } from './dial.ts';
import { ResponseParser } from './response-parser.ts';
import type { TlsResumption } from './tls-resumption.ts';
import type { WireEvents } from './wire.ts';

/** The connection was lost without a word of the system's. */
const LOST = { code: 'ECONNRESET' };

/** Whom connections come from, and go back to. */
export interface ConnectionKeeper {
  /** Takes it back for another request, for at most so many milliseconds; `false` where it is not wanted. */
  idle(connection: Connection, keptMs: number): boolean;
  closed(connection: Connection): void;
}

/** After how long the system asks whether the other side is still there, in milliseconds. */
const PROBE_MS = 1_000;

/** What one reading of a socket brings goes here, whosever it is, and is over with it: a buffer each costs more than a copy. */
const READ = Buffer.allocUnsafeSlow(64 * 1_024);

function dial(address: Address, resumption: TlsResumption, read: (octets: Buffer) => void): net.Socket {
  const { host, port, lookup, isTls, secure } = address;
  const onread = {
    buffer: READ,
    callback: (count: number) => {
      read(READ.subarray(0, count));
      return true;
    },
  };
  const way = { host, port, lookup, noDelay: true, keepAlive: true, keepAliveInitialDelay: PROBE_MS, onread };
  if (!isTls) return net.connect(way);
  return tls.connect({
    ...way,
    rejectUnauthorized: secure.rejectUnauthorized,
    secureContext: resumption.contextOf(address),
    // A server's name is sent where there is one; an address is none (RFC 6066 section 3).
    servername: secure.servername ?? (net.isIP(host) === 0 ? host : ''),
    ALPNProtocols: ['http/1.1'],
    ...resumption.session,
  });
}

/** One socket to a broker, carrying one request at a time. */
export class Connection {
  readonly #address: Address;
  readonly #resumption: TlsResumption;
  readonly #keeper: ConnectionKeeper;
  readonly #socket: net.Socket;
  #events: WireEvents | undefined;
  #parser: ResponseParser | undefined;
  /** The request, until it leaves. */
  #request: Buffer | undefined;
  #headOctets = 0;
  #isUsed = false;
  /** Kept here: what the socket knows of it is memory that nothing else needs before the request is written. */
  #isOpen = true;
  /** Nobody waits for the socket alone: while a request is under way its limits keep the process alive. */
  #isQuiet = false;
  #isWritten = false;
  #restsUntilMs = 0;
  /** One for all requests: whoever is over before it was written takes the socket along. */
  readonly #written = (error: Error | null | undefined): void => {
    if (error !== null && error !== undefined) return;
    this.#isWritten = true;
    this.#events?.flushed();
  };
  readonly #leave = (): void => {
    const octets = this.#request;
    this.#request = undefined;
    if (octets !== undefined) this.#socket.write(octets, this.#written);
  };

  /** Dials at once. */
  constructor(address: Address, resumption: TlsResumption, keeper: ConnectionKeeper) {
    this.#address = address;
    this.#resumption = resumption;
    this.#keeper = keeper;
    this.#socket = dial(address, resumption, (octets) => {
      this.#read(octets);
    });
    this.#listen(this.#socket);
  }

  /** Whether it has carried a request to its end. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Whether it can take a request, as far as is known here. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Sends a request; its end is told to `events` alone. All that are sent in one turn of the loop leave together at its end:
   * each that leaves between two pieces of work wakes its receiver anew. No answer would be read before that either.
   */
  send(octets: Buffer, headOctets: number, events: WireEvents): void {
    this.#events = events;
    this.#headOctets = headOctets;
    this.#isWritten = false;
    watchDial(this.#socket, this.#address, this.#isUsed, events);
    this.#request = octets;
    atEndOfTurn(this.#leave);
  }

  /** Waits for the next request until then on the clock that never jumps, and keeps no process alive meanwhile. */
  rest(untilMs: number): void {
    this.#restsUntilMs = untilMs;
    if (this.#isQuiet) return;
    this.#isQuiet = true;
    this.#socket.unref();
  }

  /** Until when it waits. */
  get restsUntilMs(): number {
    return this.#restsUntilMs;
  }

  destroy(): void {
    this.#take();
    this.#close();
  }

  #close(): void {
    this.#isOpen = false;
    this.#socket.destroy();
  }

  #listen(socket: net.Socket): void {
    socket.once('end', () => {
      this.#isOpen = false;
      this.#parser?.end();
      if (this.#parser?.isOver === true) this.#complete();
    });
    socket.on('error', (error) => {
      if (!this.#isUsed) this.#resumption.forget();
      this.#fail(error);
    });
    socket.once('close', () => {
      this.#fail(LOST);
      this.#keeper.closed(this);
    });
    if (!this.#address.isTls) return;
    socket.on('session', (session: Buffer) => {
      this.#resumption.keep(session);
    });
  }

  #read(octets: Buffer): void {
    const events = this.#events;
    if (events === undefined || this.#request !== undefined) {
      // Nobody has asked yet: whoever used it next would read it as the answer to something else.
      this.#fail(LOST);
      return;
    }
    const parser = (this.#parser ??= new ResponseParser(this.#headOctets, events));
    const code = parser.feed(octets);
    if (parser.isOver) this.#complete();
    else if (code !== undefined) this.#fail({ code });
  }

  #complete(): void {
    const keptMs = this.#isWritten ? (this.#parser?.keptMs ?? 0) : 0;
    const events = this.#take();
    if (events === undefined) return;
    this.#isUsed = true;
    // The answer first: whoever judges it may close the socket before anybody else gets it.
    events.complete();
    if (keptMs === 0 || !this.#isOpen || !this.#keeper.idle(this, keptMs)) this.#close();
  }

  #fail(error: unknown): void {
    const events = this.#take();
    this.#close();
    events?.failed(error);
  }

  #take(): WireEvents | undefined {
    const events = this.#events;
    this.#events = undefined;
    this.#parser = undefined;
    this.#request = undefined;
    return events;
  }
}
