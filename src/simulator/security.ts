import type { TlsOptions as ServerTls } from 'node:tls';
import type { TlsOptions } from '../brokers/options.ts';
import { authorityCertificate, clientIdentity, serverIdentity } from './certificates.ts';
import type { Door } from './faults.ts';
import type { Treatment } from './listener.ts';
import type { SimulatorOptions } from './options.ts';

/** TLS of a port: what the server is given, and what a client is to be given. */
export interface Security {
  readonly server: ServerTls;
  readonly client: TlsOptions;
}

/** Addresses that our own certificates are for. */
const CERTIFIED: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '0.0.0.0', '::']);

function nameFor(host: string): TlsOptions {
  return CERTIFIED.has(host) ? {} : { servername: 'localhost' };
}

/** What the main port does about TLS; `undefined` for clear text. */
export function mainSecurity(tls: SimulatorOptions['tls'], host: string): Security | undefined {
  if (tls === undefined || tls === false) return undefined;
  const { cert, key, ca, requestClientCert = false } = tls === true ? {} : tls;
  const own = authorityCertificate();
  const isOwn = cert === undefined || key === undefined;
  const identity = isOwn ? serverIdentity('good') : { cert, key };
  const demands = { requestCert: true, rejectUnauthorized: true, ca: ca === undefined ? [own] : [own, ca] };
  const trusted = isOwn ? own : ca;
  return {
    server: { ...identity, ...(requestClientCert && demands) },
    client: {
      ...(trusted !== undefined && { ca: trusted }),
      ...(isOwn && nameFor(host)),
      ...(requestClientCert && clientIdentity('good')),
    },
  };
}

/** What a port with a door of its own does about TLS where it does shake hands. */
export function doorSecurity(host: string): Security {
  return { server: serverIdentity('good'), client: { ca: authorityCertificate(), ...nameFor(host) } };
}

const DEMANDS = { requestCert: true, rejectUnauthorized: true } as const;

/** What is done with a connection that comes to a door. */
export function treatmentOf(door: Exclude<Door, { kind: 'closed' }>): Treatment {
  switch (door.kind) {
    case 'identity':
      return { kind: 'converses', tls: serverIdentity(door.identity) };
    case 'demands': {
      const identity = serverIdentity('good');
      const versions = { minVersion: door.version, maxVersion: door.version };
      return { kind: 'converses', tls: { ...identity, ...versions, ca: authorityCertificate(), ...DEMANDS } };
    }
    case 'deaf':
    case 'reset':
    case 'says':
      return door;
  }
}
