import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** Most codings one after the other that are undone; more is an attack. */
const MAX_CODINGS = 3;

export type Inflated =
  | { readonly kind: 'octets'; readonly octets: Uint8Array }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'too-large' };

type Inflate = (octets: Uint8Array, maxOutputLength: number) => Uint8Array;

/** `deflate` means zlib (RFC 9110 section 8.4.1.2), but servers exist that send it bare. */
const inflateEither: Inflate = (octets, maxOutputLength) => {
  const isZlib = ((octets[0] ?? 0) & 0x0f) === 8 && (((octets[0] ?? 0) << 8) | (octets[1] ?? 0)) % 31 === 0;
  return isZlib ? inflateSync(octets, { maxOutputLength }) : inflateRawSync(octets, { maxOutputLength });
};

const CODINGS: ReadonlyMap<string, Inflate> = new Map<string, Inflate>([
  ['gzip', (octets, maxOutputLength) => gunzipSync(octets, { maxOutputLength })],
  ['x-gzip', (octets, maxOutputLength) => gunzipSync(octets, { maxOutputLength })],
  ['deflate', inflateEither],
  ['br', (octets, maxOutputLength) => brotliDecompressSync(octets, { maxOutputLength })],
  ['identity', (octets) => octets],
]);

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/**
 * Undoes a `Content-Encoding`, never producing more than `maxBytes` octets, so that a bomb costs no more memory than a
 * full answer. A cut or damaged stream, and a coding nobody asked for and nobody knows, are `corrupt`.
 */
export function inflate(octets: Uint8Array, contentEncoding: string | undefined, maxBytes: number): Inflated {
  if (contentEncoding === undefined || octets.length === 0) return { kind: 'octets', octets };
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const steps = codings
    .filter((coding) => coding !== '')
    .reverse()
    .map((coding) => CODINGS.get(coding));
  if (steps.length > MAX_CODINGS) return { kind: 'corrupt' };
  let current = octets;
  for (const step of steps) {
    if (step === undefined) return { kind: 'corrupt' };
    try {
      current = step(current, maxBytes);
    } catch (error) {
      return { kind: isTooLarge(error) ? 'too-large' : 'corrupt' };
    }
  }
  return { kind: 'octets', octets: current };
}
