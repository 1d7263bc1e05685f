import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';
import type { CertificateFacts } from '../model/probe.ts';

const DAY_MS = 86_400_000;

/** Longest chain that is looked at. */
const CHAIN_LENGTH = 10;

function daysLeft(validTo: string, nowMs: number): number {
  return Math.floor((Date.parse(validTo) - nowMs) / DAY_MS);
}

/** Names of the subject-alternative-name extension, as Node writes it: `DNS:broker.example, IP Address:127.0.0.1`. */
function namesOf({ subjectaltname }: DetailedPeerCertificate): string[] {
  return (subjectaltname ?? '')
    .split(', ')
    .map((name) => name.slice(name.indexOf(':') + 1))
    .filter((name) => name !== '');
}

function factsOf(certificate: DetailedPeerCertificate, nowMs: number): CertificateFacts {
  // A name may lack either field, which the type does not say.
  const { CN, O }: { CN?: string | string[]; O?: string | string[] } = certificate.issuer;
  return {
    validFrom: new Date(certificate.valid_from).toISOString(),
    validTo: new Date(certificate.valid_to).toISOString(),
    daysLeft: daysLeft(certificate.valid_to, nowMs),
    names: namesOf(certificate),
    issuer: [CN ?? O ?? ''].flat().join(', '),
  };
}

/** The chain as it was shown, the server's own certificate first; `shown` is an empty object where there was none. */
export function chainOf(shown: DetailedPeerCertificate | undefined, nowMs: number): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  const seen = new Set<string>();
  // The last issuer is its own.
  for (
    let each: DetailedPeerCertificate | undefined = shown;
    each?.fingerprint256 !== undefined && !seen.has(each.fingerprint256) && chain.length < CHAIN_LENGTH;
    each = each.issuerCertificate
  ) {
    seen.add(each.fingerprint256);
    chain.push(factsOf(each, nowMs));
  }
  return chain;
}

/** Whole days until a PEM certificate expires; `undefined` for one that cannot be read. */
export function daysLeftOf(pem: string, nowMs: number): number | undefined {
  try {
    return daysLeft(new X509Certificate(pem).validTo, nowMs);
  } catch {
    return undefined;
  }
}
