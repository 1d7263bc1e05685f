import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { bodyOf, headOf } from '../../src/fixture/judge.ts';
import type { Fixture, FixtureAttempt } from '../../src/fixture/format.ts';

/** A broker on a loopback socket that does to each request what its fixture says, attempt by attempt. */
export interface EmbeddedBroker {
  readonly baseUrl: string;
  /** Requests that reached it in full. */
  readonly requests: () => number;
  close(): Promise<void>;
}

/** Length of the first complete HTTP request in `octets`; `undefined` while some of it is missing. */
function requestLength(octets: Buffer): number | undefined {
  const headEnd = octets.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const length = Number(/content-length: *(\d+)/i.exec(octets.toString('latin1', 0, headEnd))?.[1] ?? 0);
  return octets.length >= headEnd + 4 + length ? headEnd + 4 + length : undefined;
}

function play({ response, fault }: FixtureAttempt, socket: Socket): void {
  if (response !== undefined) {
    const { status, headers } = headOf(response);
    const body = bodyOf(response);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `HTTP/1.1 ${String(status)} Fixture\r\n${lines.join('')}content-length: ${String(body.length)}\r\n\r\n`,
    );
    socket.write(body.subarray(0, fault?.afterBytes));
  }
  if (fault?.code === 'ECONNRESET' && fault.phase === 'body') socket.end();
  else if (fault?.code === 'ECONNRESET') socket.resetAndDestroy();
}

/** A port of this machine on which nobody listens. */
async function refusingPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The embedded broker has no port.');
  return address.port;
}

function urlOf(port: number, broker: string): string {
  return `http://127.0.0.1:${String(port)}/v1/${broker}`;
}

/** Starts the broker of a fixture. One that refuses connections is a port without a listener. */
export async function startBroker({ broker, attempts }: Fixture): Promise<EmbeddedBroker> {
  if (attempts.every(({ fault }) => fault?.code === 'ECONNREFUSED')) {
    return { baseUrl: urlOf(await refusingPort(), broker), requests: () => 0, close: () => Promise.resolve() };
  }
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let octets = Buffer.alloc(0);
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      octets = Buffer.concat([octets, chunk]);
      const length = requestLength(octets);
      if (length === undefined) return;
      octets = octets.subarray(length);
      const attempt = attempts[requests % attempts.length];
      requests += 1;
      if (attempt !== undefined) play(attempt, socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: urlOf(portOf(server), broker),
    requests: () => requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
