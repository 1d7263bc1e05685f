/** A thousand connections that stall at once, several times over: what the simulator holds before, meanwhile and after. */
import net, { type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { loadFixtures } from '../src/testing/load.ts';
import { startSimulator, type Simulator } from '../src/simulator/simulator.ts';

const CONNECTIONS = 1_000;
const ROUNDS = 5;
const HELD_MS = 500;
const STALLS = 'stall.json';

function megabytes(): string {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return `rss ${(rss / 2 ** 20).toFixed(1)} MB, heap ${(heapUsed / 2 ** 20).toFixed(1)} MB`;
}

function report(when: string, simulator: Simulator): void {
  console.log(`${when}: ${String(simulator.open)} connections, ${megabytes()}`);
}

async function round(simulator: Simulator, request: string, expected: number): Promise<void> {
  const sockets: Socket[] = [];
  for (let index = 0; index < CONNECTIONS; index += 1) {
    const socket = net.connect(simulator.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(request);
    sockets.push(socket);
  }
  while (simulator.counts().requests < expected) await pause(10);
  await pause(HELD_MS);
  report('  held', simulator);
  for (const socket of sockets) socket.destroy();
  while (simulator.open > 0) await pause(10);
}

const fixture = loadFixtures('fixtures').find(({ file }) => file.endsWith(STALLS));
if (fixture === undefined) throw new Error(`expected a fixture ${STALLS}`);
const simulator = await startSimulator({ fixtures: [fixture] });
const { pathname } = new URL(`${simulator.baseUrl(fixture.broker)}/account/balance/search`);
const body = JSON.stringify(fixture.request);
const request = `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
report('before', simulator);
for (let index = 1; index <= ROUNDS; index += 1) {
  await round(simulator, request, index * CONNECTIONS);
  report(`after ${String(index)}`, simulator);
}
await simulator.close();
report('closed', simulator);
