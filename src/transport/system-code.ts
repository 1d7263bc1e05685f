/** Codes of one failed dial over several addresses, the most telling first (Node reports them as one AggregateError). */
const TELLING = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

function ownCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The system, resolver, TLS or parser code of an error; `ERR_UNKNOWN` where it has none. */
export function systemCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)) {
    const codes = error.errors.map(ownCode);
    const telling = TELLING.find((code) => codes.includes(code));
    if (telling !== undefined) return telling;
  }
  return ownCode(error) ?? 'ERR_UNKNOWN';
}

/**
 * OpenSSL's words about a TLS failure, without the per-process number in front of them. `isKeyed` says that the keys were
 * agreed, so that the server had shown its certificate.
 */
export function tlsReason(error: unknown, isKeyed: boolean): string | undefined {
  const code = systemCode(error);
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined;
  const words = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const alert = /SSL routines:[\w:]*:([^:\n]+)/.exec(words)?.[1] ?? '';
  return isKeyed ? `${alert}, after server certificate` : alert;
}
