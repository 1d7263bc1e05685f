import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { BrokerProfile } from '../model/broker.ts';
import { sharedLookup } from './lookup.ts';

/** How names are looked up. */
export type Lookup = LookupFunction;

/** An address that a look-up found, with its family. */
export type Address = Exclude<Parameters<Parameters<Lookup>[2]>[1], string>[number];

/** The way to one broker: its address, its sockets, its certificates. */
export interface Line {
  readonly isTls: boolean;
  readonly host: string;
  readonly port: number;
  readonly lookup: Lookup;
  /** Sockets kept open between calls. */
  readonly kept: http.Agent;
  /** A new socket for every request, closed behind it. */
  readonly fresh: http.Agent;
}

/** How long an unused socket is kept; shorter than servers keep theirs, so that few die under a request. */
const IDLE_MS = 4_000;

/** Oldest TLS spoken (wire facts, section 3.4; RFC 8996 retires what came before). */
const OLDEST_TLS = 'TLSv1.2';

/** Host as the resolver wants it: an IPv6 address without its brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/**
 * How TLS is spoken with a broker. Certificates are always verified: stated here, it also overrules what the environment
 * says.
 */
export function secureOptions(tls: BrokerProfile['tls']) {
  return { ...tls, rejectUnauthorized: true, minVersion: OLDEST_TLS } as const;
}

/**
 * The line to a broker. No proxy is read from the environment, since the agents are ours.
 */
export function openLine({ baseUrl, tls, concurrency }: BrokerProfile, lookup: Lookup = sharedLookup): Line {
  const isTls = baseUrl.protocol === 'https:';
  const kept = { keepAlive: true, maxFreeSockets: concurrency.inFlight, scheduling: 'lifo', timeout: IDLE_MS } as const;
  const secure = secureOptions(tls);
  return {
    isTls,
    host: hostOf(baseUrl),
    port: portOf(baseUrl),
    lookup,
    kept: isTls ? new https.Agent({ ...kept, ...secure }) : new http.Agent(kept),
    fresh: isTls ? new https.Agent({ ...secure, keepAlive: false }) : new http.Agent({ keepAlive: false }),
  };
}

/** Closes every socket of the line. */
export function closeLine({ kept, fresh }: Line): void {
  kept.destroy();
  fresh.destroy();
}

/** Closes the sockets that no request is using. */
export function closeIdle({ kept }: Line): void {
  for (const sockets of Object.values(kept.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}
