import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { atEnd } from './release.ts';

/** Listens in a thread that then sleeps for good, so that nobody ever accepts. */
const DEAF_LISTENER = `
  const net = require('node:net');
  const { parentPort } = require('node:worker_threads');
  const server = net.createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** Connections that the system takes for a listener with a backlog of 1 before it ignores further ones (Linux). */
const TAKEN = 2;

/** Base URL of a host that does not answer to a dial: its queue of connections is full. Freed with the test. */
export async function openFullBacklog(): Promise<string> {
  const worker = new Worker(DEAF_LISTENER, { eval: true });
  atEnd(() => worker.terminate());
  const [port] = (await once(worker, 'message')) as [number];
  for (let taken = 0; taken < TAKEN; taken += 1) {
    const socket: Socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    atEnd(() => socket.destroy());
    await once(socket, 'connect');
  }
  return `http://127.0.0.1:${port}`;
}

/** Base URL of a port that nobody listens on. */
export async function closedPort(): Promise<string> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 1}`;
}
