/** Requests per second that the simulator answers with one plain fixture; clients run in a process of their own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { loadFixtures } from '../src/testing/load.ts';
import { startSimulator } from '../src/simulator/simulator.ts';

const CONNECTIONS = 16;
const SECONDS = 3;
const PLAIN = 'fixtures/samsung/account.balance/';

/** One connection that asks again as soon as it was answered; resolves to the answers it got. */
function ask(port: number, request: Buffer, untilMs: number): Promise<number> {
  return new Promise((resolve) => {
    let answers = 0;
    let octets = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request));
    socket.setNoDelay(true);
    socket.on('error', () => resolve(answers));
    socket.on('data', (chunk: Buffer) => {
      octets += chunk.toString('latin1');
      const end = octets.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/.exec(octets)?.[1] ?? 0);
      if (end < 0 || octets.length < end + 4 + length) return;
      if (octets.startsWith('HTTP/1.1 200 ')) answers += 1;
      octets = '';
      if (performance.now() < untilMs) socket.write(request);
      else {
        socket.destroy();
        resolve(answers);
      }
    });
  });
}

async function client(port: number, path: string, body: string): Promise<void> {
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Request-Id: bench\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n`;
  const request = Buffer.from(head + body);
  const startMs = performance.now();
  const all = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => ask(port, request, startMs + SECONDS * 1_000)),
  );
  const answers = all.reduce((sum, each) => sum + each, 0);
  process.send?.({ perSecond: Math.round((answers * 1_000) / (performance.now() - startMs)) });
}

async function main(): Promise<void> {
  const fixture = loadFixtures('fixtures').find(
    ({ file, attempts }) => file.startsWith(PLAIN) && attempts.length === 1,
  );
  if (fixture === undefined) throw new Error(`expected a fixture below ${PLAIN}`);
  const simulator = await startSimulator({ fixtures: [fixture] });
  const args = [String(simulator.port), '/v1/samsung/account/balance/search', JSON.stringify(fixture.request)];
  const child = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
  const [{ perSecond }] = (await once(child, 'message')) as [{ perSecond: number }];
  await simulator.close();
  console.log(`simulator: ${String(perSecond)} requests/s, ${String(CONNECTIONS)} connections, ${fixture.file}`);
}

const [port, path = '', body = ''] = process.argv.slice(2);
if (port === undefined) await main();
else {
  await client(Number(port), path, body);
  process.disconnect();
}
