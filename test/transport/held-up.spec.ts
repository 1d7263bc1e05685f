import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';

/** Time for the head of an answer, in milliseconds. */
const HEAD_MS = 400;
const HELD_UP_MS = HEAD_MS + 300;

/** A broker on a thread of its own: it answers when it is told to, whatever the loop of the test does meanwhile. */
const BROKER = `
const { createServer } = require('node:http');
const { parentPort, workerData: { told, answer } } = require('node:worker_threads');
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    parentPort.postMessage('asked');
    Atomics.wait(told, 0, 0);
    if (answer !== undefined) response.setHeader('Content-Type', 'application/json').end(answer);
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

let ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

/** What a read comes to whose broker may answer at once, while the loop is held up until the limit is past. */
async function readWhileHeldUp(answer: string | undefined) {
  const told = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(BROKER, { eval: true, workerData: { told, answer } });
  ends.push(() => worker.terminate());
  const [port] = (await once(worker, 'message')) as [number];
  const exco = connectTo(`http://127.0.0.1:${String(port)}/v1/samsung`, {
    timeouts: { headMs: HEAD_MS },
    retry: false,
  });
  const settled = callOf(exco, 'read');
  await once(worker, 'message');
  Atomics.store(told, 0, 1);
  Atomics.notify(told, 0);
  Atomics.wait(told, 1, 0, HELD_UP_MS);
  return settled;
}

describe('a loop that was held up past a limit', () => {
  it('reads an answer that came in time before it blames the broker', async () => {
    expect(await readWhileHeldUp(JSON.stringify(BALANCE))).toMatchObject({ ok: true, reply: { data: BALANCE } });
  });

  it('and blames the broker where none came', async () => {
    expect(await readWhileHeldUp(undefined)).toMatchObject({ ok: false, error: { fault: 'response-timeout' } });
  });
});
