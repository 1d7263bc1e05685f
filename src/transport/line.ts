import http from 'node:http';
import https from 'node:https';
import type { BrokerProfile } from '../model/broker.ts';
import { addressOf, type Address, type Lookup } from './address.ts';
import { ConnectionPool } from './connection-pool.ts';

/** The way to one broker: its address, and the sockets to it. */
export interface Line extends Address {
  /** Our own connections. */
  readonly pool: ConnectionPool;
  /** Sockets of Node's own client, kept open between calls. */
  readonly kept: http.Agent;
  /** A new socket of Node's own client for every request, closed behind it. */
  readonly fresh: http.Agent;
}

/** How long an unused socket is kept; shorter than servers keep theirs, so that few die under a request. */
const IDLE_MS = 4_000;

/** The line to a broker. No proxy is read from the environment, since agents and connections are ours. */
export function openLine(
  profile: BrokerProfile,
  lookup?: Lookup,
  certificateSeen?: NonNullable<Address['certificateSeen']>,
): Line {
  const address = { ...addressOf(profile, lookup), certificateSeen };
  const { isTls, secure } = address;
  const most = profile.concurrency.inFlight;
  const kept = { keepAlive: true, maxFreeSockets: most, scheduling: 'lifo', timeout: IDLE_MS } as const;
  return {
    ...address,
    pool: new ConnectionPool(address, { most, idleMs: IDLE_MS }),
    kept: isTls ? new https.Agent({ ...kept, ...secure }) : new http.Agent(kept),
    fresh: isTls ? new https.Agent({ ...secure, keepAlive: false }) : new http.Agent({ keepAlive: false }),
  };
}

/** Closes every socket of the line. */
export function closeLine({ pool, kept, fresh }: Line): void {
  pool.close();
  kept.destroy();
  fresh.destroy();
}

/** Closes the sockets that no request is using. */
export function closeIdle({ pool, kept }: Line): void {
  pool.closeIdle();
  for (const sockets of Object.values(kept.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}
