import type { TlsOptions as ServerTls } from 'node:tls';
import type { TlsOptions } from '../../../src/brokers/options.ts';
import { openBroker } from '../../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../../support/certificates.ts';
import type { Ending, FaultCase, Scene } from '../../support/fault-case.ts';
import { ISSUED } from '../../support/messages.ts';
import { answers } from '../../support/scripts.ts';
import { NETWORK_ERROR } from './words.ts';

const NEVER_SENT: Ending = { sent: 'no', outcome: 'not-executed', attempts: 1, requests: 0 };
const BOTH = { read: NEVER_SENT, write: NEVER_SENT } as const;

async function secured(serverTls: ServerTls, tls: TlsOptions = { ca: CA }): Promise<Scene> {
  return { server: await openBroker({ tls: serverTls }, answers(ISSUED)), broker: { tls } };
}

/** A server that answers to the first octets of a handshake with these, in clear text. */
async function saying(octets: string | Uint8Array): Promise<Scene> {
  const server = await openBroker({
    isDeaf: true,
    greet: (peer) => {
      peer.socket.once('data', () => {
        peer.write(octets);
        peer.end();
      });
    },
  });
  return { server, baseUrl: `https://127.0.0.1:${server.port}`, broker: { tls: { ca: CA } } };
}

/** A fatal alert (RFC 8446 section 6): record type 21, TLS 1.2, two octets. */
function alert(description: number): Uint8Array {
  return Uint8Array.from([21, 3, 3, 0, 2, 2, description]);
}

function rejecting(what: string, description: number): FaultCase {
  return {
    what: `the server's alert says ${what}`,
    fault: 'tls-client-rejected',
    scene: () => saying(alert(description)),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'platform' },
    ...BOTH,
  };
}

const DEMANDING = { ...SERVER_IDENTITIES.good, ca: CA, requestCert: true, rejectUnauthorized: true } as const;

export const TLS: readonly FaultCase[] = [
  {
    what: 'the certificate has expired',
    fault: 'tls-certificate',
    scene: () => secured(SERVER_IDENTITIES.expired),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'broker' },
    ...BOTH,
  },
  {
    what: 'the certificate is not yet valid',
    fault: 'tls-certificate',
    scene: () => secured(SERVER_IDENTITIES.notYetValid),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'broker' },
    ...BOTH,
  },
  {
    what: 'the certificate is for another host',
    fault: 'tls-certificate',
    scene: () => secured(SERVER_IDENTITIES.otherHost),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'broker' },
    ...BOTH,
  },
  {
    what: 'the certificate is for another name than the configured one',
    fault: 'tls-certificate',
    scene: () => secured(SERVER_IDENTITIES.good, { ca: CA, servername: 'broker.example' }),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'broker' },
    ...BOTH,
  },
  {
    what: 'the certificate is self-signed',
    fault: 'tls-untrusted',
    scene: () => secured(SERVER_IDENTITIES.selfSigned),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'platform' },
    ...BOTH,
  },
  {
    what: 'the issuer is unknown',
    fault: 'tls-untrusted',
    scene: () => secured(SERVER_IDENTITIES.unknownAuthority),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'platform' },
    ...BOTH,
  },
  {
    what: 'no authority of the broker is configured',
    fault: 'tls-untrusted',
    scene: () => secured(SERVER_IDENTITIES.good, {}),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'platform' },
    ...BOTH,
  },
  {
    what: 'the client certificate is missing under TLS 1.2',
    fault: 'tls-client-rejected',
    scene: () => secured({ ...DEMANDING, maxVersion: 'TLSv1.2' }),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'platform' },
    ...BOTH,
  },
  {
    what: 'the client certificate is missing under TLS 1.3, which shows only after the handshake',
    fault: 'tls-client-rejected',
    scene: () => secured({ ...DEMANDING, minVersion: 'TLSv1.3' }),
    error: { ...NETWORK_ERROR, phase: 'head', blame: 'platform' },
    ...BOTH,
  },
  rejecting('bad certificate', 42),
  rejecting('unsupported certificate', 43),
  rejecting('certificate revoked', 44),
  rejecting('certificate expired', 45),
  rejecting('certificate unknown', 46),
  rejecting('unknown authority', 48),
  rejecting('access denied', 49),
  {
    what: 'the server speaks nothing newer than TLS 1.1',
    fault: 'tls-handshake',
    scene: () =>
      secured({ ...SERVER_IDENTITIES.good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'broker' },
    ...BOTH,
  },
  {
    what: 'no cipher is shared',
    fault: 'tls-handshake',
    scene: () => secured({ ...SERVER_IDENTITIES.good, maxVersion: 'TLSv1.2', ciphers: 'PSK-AES128-GCM-SHA256' }),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'broker' },
    ...BOTH,
  },
  {
    what: 'the server speaks clear text on its TLS port',
    fault: 'tls-handshake',
    scene: () => saying('HTTP/1.1 400 Bad Request\r\n\r\nThis port is for HTTP.'),
    error: { ...NETWORK_ERROR, phase: 'tls', blame: 'broker' },
    ...BOTH,
  },
];
