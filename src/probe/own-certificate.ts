import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

/** Our own certificate of a TLS handshake with its key, as PEM texts. */
export interface OwnIdentity {
  readonly cert: string;
  readonly key: string;
  readonly passphrase?: string;
}

/** What can be said of them without showing either. */
export interface OwnCertificate {
  /** Milliseconds since 1970; absent where no certificate could be read. */
  readonly validFromMs?: number;
  readonly validToMs?: number;
  /** Whether the key is the certificate's; `unreadable` for a text that holds none, or another passphrase. */
  readonly key: 'matches' | 'differs' | 'unreadable';
}

function keyOf({ key, passphrase }: OwnIdentity): KeyObject | undefined {
  try {
    return createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    return undefined;
  }
}

function certificateOf({ cert }: OwnIdentity): X509Certificate | undefined {
  try {
    return new X509Certificate(cert);
  } catch {
    return undefined;
  }
}

/** Holds our certificate against its key: of a chain the first one, which is ours. Pure; never throws. */
export function ownCertificate(identity: OwnIdentity): OwnCertificate {
  const certificate = certificateOf(identity);
  const key = keyOf(identity);
  if (certificate === undefined) return { key: key === undefined ? 'unreadable' : 'differs' };
  return {
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    key: key === undefined ? 'unreadable' : certificate.checkPrivateKey(key) ? 'matches' : 'differs',
  };
}
