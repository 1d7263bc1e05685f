/** Ten thousand connections that say nothing, and what they do to those who call: how soon they are closed, and the time of a call. */
import { once } from 'node:events';
import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { Child } from './child.ts';
import { PATH, REQUEST } from './message.ts';
import { median, setting } from './rounds.ts';
import { startBroker } from './setup.ts';

const IDLE = setting('BENCH_IDLE', 10_000);
const CALLS = setting('BENCH_CALLS', 300);
/** Dialled at once: more would only wait in the kernel's queue. */
const AT_ONCE = 200;

const { child: broker, origin } = await startBroker();
const { child, ready } = await Child.start('./gateway-server.ts', ['gateway', origin]);
const { url } = ready as { url: string };
const { port, hostname } = new URL(url);

async function timeOfCall(): Promise<number> {
  const startMs = performance.now();
  const init = { method: 'POST', body: JSON.stringify(REQUEST), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(url + PATH, init);
  await answer.text();
  if (!answer.ok) throw new Error(`expected an answer, and ${answer.status} came`);
  return performance.now() - startMs;
}

async function timesOfCalls(): Promise<number[]> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) times.push(await timeOfCall());
  return times;
}

function told(times: readonly number[]): string {
  const p99 = [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
  return `median ${median(times).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

await timesOfCalls();
console.log(`alone: ${told(await timesOfCalls())}`);
let open = 0;
const closed: Promise<unknown>[] = [];
const startMs = performance.now();
for (let dialled = 0; dialled < IDLE; dialled += AT_ONCE) {
  const sockets = Array.from({ length: AT_ONCE }, () => net.connect(Number(port), hostname));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) {
    open += 1;
    closed.push(
      once(
        socket.resume().on('error', () => undefined),
        'close',
      ).then(() => (open -= 1)),
    );
  }
}
console.log(`${IDLE} dialled in ${((performance.now() - startMs) / 1_000).toFixed(1)} s, ${open} of them open now`);
console.log(`beside them: ${told(await timesOfCalls())}`);
await Promise.all(closed);
console.log(
  `all of them closed by the gateway ${((performance.now() - startMs) / 1_000).toFixed(1)} s after the first`,
);
console.log(`behind them: ${told(await timesOfCalls())}`);
child.end();
broker.end();
