import type { Fault } from '../catalog/faults.ts';
import type { Expired, Phase, Unanswered } from '../model/wire.ts';

interface Rule {
  readonly codes: ReadonlySet<string>;
  readonly fault: Fault;
}

function rule(fault: Fault, ...codes: string[]): Rule {
  return { fault, codes: new Set(codes) };
}

/** System and TLS codes that name their fault in whatever phase they come (Node: errors, system errors; OpenSSL: X509_V_*). */
const BY_CODE: readonly Rule[] = [
  rule('local-resources', 'EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM'),
  rule('connect-refused', 'ECONNREFUSED'),
  rule('host-unreachable', 'EHOSTUNREACH', 'EHOSTDOWN'),
  rule('network-unreachable', 'ENETUNREACH', 'ENETDOWN', 'ENONET'),
  rule('tls-certificate', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED'),
  rule('tls-certificate', 'ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH', 'CERT_SIGNATURE_FAILURE'),
  rule('tls-untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_UNTRUSTED'),
  rule('tls-untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'INVALID_CA'),
  rule('tls-untrusted', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_CHAIN_TOO_LONG', 'INVALID_PURPOSE', 'CERT_REJECTED'),
];

/** The peer's complaint about our certificate, as OpenSSL words the TLS alert (RFC 8446 section 6.2). */
const CLIENT_REJECTED =
  /certificate[ _]required|bad[ _]certificate|unsupported[ _]certificate|certificate[ _](?:revoked|expired|unknown)|unknown[ _]ca|access[ _]denied/i;

/** TLS 1.2 says `handshake failure` both when our certificate is missing and when no cipher is shared. */
const HANDSHAKE_FAILURE = /handshake[ _]failure/i;

/** A name that does not exist, as against a name server that does not answer. */
const NO_SUCH_NAME: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA', 'EBADNAME']);

function isTlsCode(code: string): boolean {
  return (
    code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('ERR_OSSL_')
  );
}

/** Phases in which the handshake is not over, so that the library's complaint is about it. */
const BEFORE_READY: readonly Phase[] = ['dns', 'connect', 'tls'];

function lossFault(phase: Phase, isSent: boolean): Fault {
  if (phase === 'body') return 'body-cut';
  return isSent ? 'reset-before-response' : 'connect-reset';
}

/** Behind the handshake a broken record is a lost connection, and only an alert about our certificate still speaks of it. */
function tlsFault({ code, reason = '', phase, sent }: Unanswered): Fault {
  const words = `${code} ${reason}`;
  if (phase !== 'body' && CLIENT_REJECTED.test(words)) return 'tls-client-rejected';
  // The server had shown its own certificate already, so a cipher was agreed and ours is what it missed.
  if (HANDSHAKE_FAILURE.test(words) && reason.includes('after server certificate')) return 'tls-client-rejected';
  return BEFORE_READY.includes(phase) ? 'tls-handshake' : lossFault(phase, sent !== 'no');
}

/** Why no complete response came, by phase first and code second: the same code means another fault in another phase. */
export function unansweredFault(outcome: Unanswered): Fault {
  const { code, phase, sent } = outcome;
  if (code === 'ERR_INTERNAL') return 'internal';
  const known = BY_CODE.find(({ codes }) => codes.has(code));
  if (known !== undefined && phase !== 'body') return known.fault;
  if (phase === 'dns') return NO_SUCH_NAME.has(code) ? 'dns-not-found' : 'dns-unavailable';
  if (isTlsCode(code)) return tlsFault(outcome);
  if (code.startsWith('HPE_') || code === 'ERR_HTTP_UPGRADE') return phase === 'body' ? 'body-cut' : 'http-malformed';
  if (code === 'ETIMEDOUT' && phase === 'connect') return 'connect-timeout';
  return lossFault(phase, sent !== 'no');
}

const EXPIRED: Readonly<Record<Phase, Fault>> = {
  local: 'deadline-exceeded',
  dns: 'dns-unavailable',
  connect: 'connect-timeout',
  tls: 'connect-timeout',
  send: 'response-timeout',
  head: 'response-timeout',
  body: 'body-timeout',
  message: 'body-timeout',
};

/** Which limit was broken, by what we were waiting for when it fired. */
export function expiredFault({ phase }: Expired): Fault {
  return EXPIRED[phase];
}
