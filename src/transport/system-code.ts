import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

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

/** Octets that a server's alert alone does not reach: more means that it had shown its certificate. */
const SERVER_FLIGHT_BYTES = 200;

/** OpenSSL's words about a TLS failure, without the per-process number in front of them. */
export function tlsReason(error: unknown, socket: Socket | null | undefined): string | undefined {
  const code = systemCode(error);
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined;
  const words = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  const alert = /SSL routines:[\w:]*:([^:\n]+)/.exec(words)?.[1] ?? '';
  const isLate = socket instanceof TLSSocket && socket.bytesRead > SERVER_FLIGHT_BYTES;
  return isLate ? `${alert}, after server certificate` : alert;
}
