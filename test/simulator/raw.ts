import { once } from 'node:events';
import net from 'node:net';
import { atEnd } from '../support/release.ts';

/** A connection in clear text, octet by octet. */
export interface Raw {
  readonly socket: net.Socket;
  /** Everything that came, once it holds `words`. */
  readonly until: (words: string) => Promise<string>;
  /** The statuses of the answers, once there are this many. */
  readonly statuses: (count: number) => Promise<string[]>;
  /** Everything that came, once the other side has closed. */
  readonly closed: () => Promise<string>;
}

export async function dial(port: number): Promise<Raw> {
  const socket = net.connect(port, '127.0.0.1');
  atEnd(() => socket.destroy());
  socket.on('error', () => undefined);
  let came = '';
  socket.setEncoding('utf8').on('data', (text: string) => (came += text));
  await once(socket, 'connect');
  return {
    socket,
    async until(words) {
      while (!came.includes(words)) await once(socket, 'data');
      return came;
    },
    async statuses(count) {
      const all = () => [...came.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status);
      while (all().length < count) await once(socket, 'data');
      return all();
    },
    async closed() {
      await new Promise<void>((resolve) => {
        if (socket.closed) resolve();
        else socket.once('close', () => resolve());
      });
      return came;
    },
  };
}

/** A request with a JSON body. */
export function post(path: string, body: unknown, ...headers: readonly string[]): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const lines = ['Host: x', `Content-Length: ${Buffer.byteLength(text)}`, ...headers];
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${text}`;
}
