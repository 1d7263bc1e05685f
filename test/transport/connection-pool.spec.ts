import { describe, expect, it } from '@jest/globals';
import { createRegistry } from '../../src/brokers/registry.ts';
import { addressOf } from '../../src/transport/address.ts';
import type { Connection } from '../../src/transport/connection.ts';
import { ConnectionPool } from '../../src/transport/connection-pool.ts';
import { openBroker, type BrokerServer, type Peer, type Script } from '../support/broker-server.ts';
import { atEnd } from '../support/release.ts';
import { answers, headOf, responseOf } from '../support/scripts.ts';

const IDLE_MS = 400;
/** Timers are counted in whole milliseconds, and may be one early. */
const EARLY_MS = 2;
const REQUEST = Buffer.from('GET / HTTP/1.1\r\nHost: broker\r\n\r\n');
const HEAD_OCTETS = 4_096;

const right = answers('{}');

async function pooled(...scripts: readonly Script[]) {
  const server = await openBroker({}, ...scripts);
  const [broker] = createRegistry({ brokers: [{ alias: 'samsung', baseUrl: server.baseUrl }] }).brokers;
  if (broker === undefined) throw new Error('There is no broker.');
  const pool = new ConnectionPool(addressOf(broker), { most: 2, idleMs: IDLE_MS });
  atEnd(() => pool.close());
  return { server, pool };
}

/** Asks on the connection that the pool gives, and says which that was once it has its answer. */
async function ask(pool: ConnectionPool): Promise<Connection> {
  const connection = pool.take(false);
  await answerOn(connection);
  return connection;
}

/** Sends a request; until its answer is whole. */
function answerOn(connection: Connection): Promise<void> {
  const nothing = (): void => undefined;
  const events = { reached: nothing, flushed: nothing, head: nothing, body: nothing };
  return new Promise((complete, failed) => {
    connection.send(REQUEST, HEAD_OCTETS, { ...events, complete, failed });
  });
}

function holdUp(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

function connectionsOf(server: BrokerServer): number[] {
  return server.requests.map(({ connection }) => connection);
}

describe('connections without a request', () => {
  it('are closed each when its own time is over', async () => {
    const slowly: Script = (peer, request) => setTimeout(() => right(peer, request), IDLE_MS / 2);
    const { server, pool } = await pooled(right, right, slowly);
    await Promise.all([ask(pool), ask(pool)]);
    await ask(pool);
    const lastUsedMs = performance.now();
    expect(server.open).toBe(2);
    await server.closedTo(1);
    await server.allClosed();
    expect(performance.now() - lastUsedMs).toBeGreaterThanOrEqual(IDLE_MS - EARLY_MS);
  });

  it('are closed as soon as the server would close them, less a second', async () => {
    const { server, pool } = await pooled((peer) => {
      peer.write(headOf(200, { 'Content-Length': '0', 'Keep-Alive': 'timeout=1' }));
    }, right);
    const first = await ask(pool);
    await server.allClosed();
    expect(await ask(pool)).not.toBe(first);
  });

  it('are not used when their time is over, though nobody came to close them', async () => {
    const { server, pool } = await pooled(right);
    const first = await ask(pool);
    expect(await ask(pool)).toBe(first);
    holdUp(IDLE_MS + EARLY_MS);
    expect(await ask(pool)).not.toBe(first);
    expect(connectionsOf(server)).toEqual([1, 1, 2]);
  });

  it('are no more than the pool may keep', async () => {
    const { server, pool } = await pooled(right);
    await Promise.all([ask(pool), ask(pool), ask(pool)]);
    await server.closedTo(2);
    expect(server.open).toBe(2);
    pool.closeIdle();
    await server.allClosed();
    await ask(pool);
    expect(connectionsOf(server)[3]).toBe(4);
  });
});

describe('a request on a kept connection', () => {
  /** A connection that has brought one answer, and its other end. */
  async function kept() {
    const peers: Peer[] = [];
    const { server, pool } = await pooled((peer, request) => {
      peers.push(peer);
      right(peer, request);
    });
    const connection = await ask(pool);
    const [peer] = peers;
    if (peer === undefined || pool.take(false) !== connection) throw new Error('The connection was not kept.');
    return { server, connection, peer };
  }

  it('leaves at the end of the turn it was made in, and not at all where it is given up before', async () => {
    const { server, connection } = await kept();
    void answerOn(connection);
    connection.destroy();
    await server.allClosed();
    expect(server.requests).toHaveLength(1);
  });

  it('has no answer that came before it has left', async () => {
    const { server, connection, peer } = await kept();
    // What is written here is read in the next turn, and this request leaves behind that.
    await new Promise((resolve) => setImmediate(resolve));
    peer.write(responseOf('{}'));
    await expect(answerOn(connection)).rejects.toEqual({ code: 'ECONNRESET' });
    await server.allClosed();
    expect(server.requests).toHaveLength(1);
  });
});
