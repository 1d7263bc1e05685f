import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import type { BrokerProfile } from '../model/broker.ts';
import { sharedLookup } from './lookup.ts';

/** How names are looked up. */
export type Lookup = LookupFunction;

/** An address that a look-up found, with its family. */
export type FoundAddress = Exclude<Parameters<Parameters<Lookup>[2]>[1], string>[number];

/** Where a broker listens, and what it takes to be let in. */
export interface Address {
  readonly isTls: boolean;
  /** Name, or an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** Host and port as the `Host` header wants them. */
  readonly authority: string;
  readonly lookup: Lookup;
  readonly secure: tls.SecureContextOptions & { readonly servername?: string; readonly rejectUnauthorized: true };
  /** Told the end of the broker's certificate, in milliseconds since 1970, behind every TLS handshake that shows one. */
  readonly certificateSeen?: ((endMs: number) => void) | undefined;
}

/** Oldest TLS spoken (wire facts, section 3.4; RFC 8996 retires what came before). */
const OLDEST_TLS = 'TLSv1.2';

/** The address of a broker. Certificates are always verified: stated here, it also overrules what the environment says. */
export function addressOf({ baseUrl, tls: material }: BrokerProfile, lookup: Lookup = sharedLookup): Address {
  const isTls = baseUrl.protocol === 'https:';
  return {
    isTls,
    host: baseUrl.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: baseUrl.port === '' ? (isTls ? 443 : 80) : Number(baseUrl.port),
    authority: baseUrl.host,
    lookup,
    secure: { ...material, rejectUnauthorized: true, minVersion: OLDEST_TLS },
  };
}
