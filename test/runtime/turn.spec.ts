import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { atEndOfTurn, turnEnd } from '../../src/runtime/turn.ts';
import { atEnd } from '../support/release.ts';

/** Pairs of sockets: what is written to the first of a pair is read from the second. */
async function pairs(count: number): Promise<[net.Socket, net.Socket][]> {
  const server = net.createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  atEnd(() => server.close());
  const made: [net.Socket, net.Socket][] = [];
  for (let each = 0; each < count; each += 1) {
    const accepted = once(server, 'connection') as Promise<[net.Socket]>;
    const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
    made.push([socket, (await accepted)[0]]);
    atEnd(() => socket.destroy());
  }
  return made;
}

describe('the end of a turn', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('comes behind everything that is read in the turn', async () => {
    const seen: string[] = [];
    const both = await pairs(2);
    const ended = both.map(
      ([, reading], index) =>
        new Promise<void>((resolve) => {
          reading.once('data', () => {
            seen.push(`read ${index}`);
            atEndOfTurn(() => {
              seen.push(`end ${index}`);
              resolve();
            });
          });
        }),
    );
    // Both are there to be read before the next turn begins.
    for (const [writing] of both) writing.write('x');
    await Promise.all(ended);
    expect(seen.map((each) => each.split(' ')[0])).toEqual(['read', 'read', 'end', 'end']);
  });

  it('is not held up by timers that a test puts in place', async () => {
    jest.useFakeTimers();
    await turnEnd();
    expect(jest.getTimerCount()).toBe(0);
  });
});
