import type { Fixture, FixtureFault } from '../fixture/format.ts';
import type { Nearest } from '../fixture/match.ts';
import type { ServerIdentityKind } from './certificates.ts';

/** How a connection is met before a request can be read; all but `closed` on a port that listens. */
export type Door =
  | { readonly kind: 'closed' }
  /** Takes the dial and never shakes hands. */
  | { readonly kind: 'deaf' }
  /** Breaks the TLS handshake (RST) at its first octets. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'identity'; readonly identity: ServerIdentityKind }
  /** Answers to a TLS handshake with these octets. */
  | { readonly kind: 'says'; readonly octets: Uint8Array }
  /** Misses a client certificate, inside the handshake or behind it. */
  | { readonly kind: 'demands'; readonly version: 'TLSv1.2' | 'TLSv1.3' };

const IDENTITIES: Readonly<Record<string, ServerIdentityKind>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'notYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'otherHost',
  HOSTNAME_MISMATCH: 'otherHost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'selfSignedInChain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknownAuthority',
  CERT_UNTRUSTED: 'unknownAuthority',
};

/** Codes that come from the caller's own system or from the network, which a broker has no hand in. */
const BEYOND: Readonly<Record<string, string>> = {
  EMFILE: "the caller's own descriptors",
  ENFILE: "the caller's own descriptors",
  EADDRNOTAVAIL: "the caller's own ports",
  ENOBUFS: "the caller's own memory",
  ENOMEM: "the caller's own memory",
  EHOSTUNREACH: 'a network without a way to the host',
  EHOSTDOWN: 'a network without a way to the host',
  ENETUNREACH: 'a network that is down',
  ENETDOWN: 'a network that is down',
  ENONET: 'a network that is down',
  CERT_REVOKED: 'a list of revoked certificates',
  CERT_SIGNATURE_FAILURE: 'a forged certificate',
  CERT_CHAIN_TOO_LONG: 'a chain of certificates',
  INVALID_CA: 'a chain of certificates',
  INVALID_PURPOSE: 'a certificate for another purpose',
  CERT_REJECTED: "the caller's own rules of trust",
  ERR_INTERNAL: 'the caller itself',
};

/** Alerts (RFC 8446 section 6.2), by the words that OpenSSL has for them. */
const ALERTS: readonly (readonly [words: RegExp, description: number])[] = [
  [/handshake[ _]failure/i, 40],
  [/bad[ _]certificate/i, 42],
  [/unsupported[ _]certificate/i, 43],
  [/certificate[ _]revoked/i, 44],
  [/certificate[ _]expired/i, 45],
  [/certificate[ _]unknown/i, 46],
  [/unknown[ _]ca/i, 48],
  [/access[ _]denied/i, 49],
  [/certificate[ _]required/i, 116],
];

const HANDSHAKE_FAILURE = 40;

const CLEAR_TEXT = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\nThis port is for HTTP.');

function isTlsCode(code: string): boolean {
  return code === 'EPROTO' || /^ERR_(?:SSL|TLS|OSSL)_/.test(code);
}

/** A fatal alert: record type 21, TLS 1.2, two octets. */
function alert(description: number): Uint8Array {
  return Uint8Array.from([21, 3, 3, 0, 2, 2, description]);
}

/** Phases in which a connection is not ready for a request yet. */
function isDialling({ phase }: FixtureFault): boolean {
  return phase === 'connect' || phase === 'tls';
}

function tlsDoor({ phase, code = '', reason = '' }: FixtureFault): Door | undefined {
  const words = `${code} ${reason}`;
  const description = ALERTS.find(([pattern]) => pattern.test(words))?.[1];
  const isAboutClient = description !== undefined && description !== HANDSHAKE_FAILURE;
  if (phase === 'head') return isAboutClient ? { kind: 'demands', version: 'TLSv1.3' } : undefined;
  if (isAboutClient) return { kind: 'says', octets: alert(description) };
  if (phase === 'send') return { kind: 'reset' };
  if (description === undefined) return { kind: 'says', octets: CLEAR_TEXT };
  const isKeyed = reason.includes('after server certificate');
  return isKeyed ? { kind: 'demands', version: 'TLSv1.2' } : { kind: 'says', octets: alert(description) };
}

/**
 * How a fault meets a connection before its request can be read; `undefined` where it comes behind the request. What broke
 * before the request had left plays as a handshake that breaks: on a connection in clear text a small request is gone
 * before the break can overtake it.
 */
export function doorOf(fault: FixtureFault): Door | undefined {
  const { phase, code = '', limit } = fault;
  if (phase === 'body') return undefined;
  const identity = Object.hasOwn(IDENTITIES, code) ? IDENTITIES[code] : undefined;
  if (code === 'ECONNREFUSED') return { kind: 'closed' };
  if (identity !== undefined) return { kind: 'identity', identity };
  if (limit !== undefined || (code === 'ETIMEDOUT' && phase === 'connect')) {
    return isDialling(fault) ? { kind: 'deaf' } : undefined;
  }
  if (code.startsWith('HPE_') || code === 'ERR_HTTP_UPGRADE') return undefined;
  if (isTlsCode(code)) return tlsDoor(fault);
  return phase === 'head' ? undefined : { kind: 'reset' };
}

/** The door of each attempt. */
export function doorsOf({ attempts }: Fixture): (Door | undefined)[] {
  return attempts.map(({ fault }) => (fault === undefined ? undefined : doorOf(fault)));
}

/** Whether a fixture needs a port of its own. */
export function needsDoor(fixture: Fixture): boolean {
  return doorsOf(fixture).some((door) => door !== undefined);
}

function beyond({ phase, code = '' }: FixtureFault): string | undefined {
  if (phase === 'dns') return 'a name server, which is no part of a broker';
  return phase !== 'body' && Object.hasOwn(BEYOND, code) ? BEYOND[code] : undefined;
}

/** Refusals that the settings of a broker alone do not bring about. */
const BY_TRAFFIC: ReadonlySet<string> = new Set(['breaker-open', 'bulkhead-full', 'deadline-exceeded']);

/** What it would take to play a fixture that a broker cannot play; `undefined` where it can. */
export function cannotPlay(fixture: Fixture): string | undefined {
  const { attempts, refused } = fixture;
  if (refused !== undefined && BY_TRAFFIC.has(refused.fault))
    return `it takes the caller's own traffic (${refused.fault})`;
  for (const [index, { fault }] of attempts.entries()) {
    const needed = fault === undefined ? undefined : beyond(fault);
    if (needed !== undefined) return `attempts[${String(index)}] takes ${needed}`;
  }
  const closed = doorsOf(fixture).filter((door) => door?.kind === 'closed').length;
  return closed === 0 || closed === attempts.length
    ? undefined
    : 'a port that refuses some connections and takes others is none that a broker has';
}

/** Why the nearest fixture did not answer; one that matches may be one that only plays as a scenario. */
export function whyNot({ fixture, why }: Nearest<Fixture>): readonly string[] {
  if (why.length > 0) return why;
  if (fixture.refused !== undefined) return ['no request of it reaches a broker'];
  return [cannotPlay(fixture) ?? 'it plays on a port of its own, as a scenario'];
}
