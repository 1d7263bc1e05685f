import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers } from '../support/scripts.ts';
import { post } from '../simulator/raw.ts';
import { BALANCE_PATH, given, send } from './given.ts';

/** More than the kernels of both sides hold, so that the answer waits in the gateway. */
const LONG = { ...BALANCE, filling: 'x'.repeat(7 * 1_024 * 1_024) };

/** A caller that asks, and reads `octets` of the answer every now and then; with 0, never. */
async function slowCaller(port: number, octets: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1');
  atEnd(() => socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(post(BALANCE_PATH, MESSAGES['account.balance'], 'Content-Type: application/json'));
  if (octets === 0) return socket;
  socket.on('readable', () => void socket.read(octets));
  return socket;
}

describe('a caller that does not take its answer', () => {
  it.each([
    ['never reads', 0],
    ['reads drop by drop', 1],
  ])('and %s is closed when its time is over, and its call counts no more', async (_what, octets) => {
    const { port, url, lines } = await given({
      scripts: [answers(LONG), answers(BALANCE)],
      gateway: { limits: { writeMs: 200, inFlight: 1 } },
    });
    await slowCaller(port, octets);
    while (!lines.some(({ event }) => event === 'request')) await new Promise(setImmediate);
    expect(lines.filter(({ event }) => event === 'request')).toMatchObject([{ status: 499, result: 'aborted' }]);
    expect((await send(url + BALANCE_PATH)).status).toBe(200);
  });

  it('loses only its own connection: another takes a long answer meanwhile', async () => {
    const { port, url, lines } = await given({
      scripts: [answers(LONG)],
      gateway: { limits: { writeMs: 200 } },
    });
    await slowCaller(port, 0);
    expect((await send(url + BALANCE_PATH)).text).toHaveLength(JSON.stringify(LONG).length);
    while (lines.filter(({ event }) => event === 'request').length < 2) await new Promise(setImmediate);
    expect(lines.filter(({ event }) => event === 'request').map(({ result }) => result).sort()).toEqual(['aborted', 'ok']);
  });
});

describe('a call that takes long at the broker', () => {
  it('is no slow reader: only what is whole counts', async () => {
    const { url } = await given({
      scripts: [(peer) => void setTimeout(() => answers(BALANCE)(peer), 900)],
      broker: { timeouts: { headMs: 5_000 } },
      gateway: { limits: { writeMs: 1 } },
    });
    expect((await send(url + BALANCE_PATH)).status).toBe(200);
  });
});
