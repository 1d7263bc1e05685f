import http from 'node:http';
import { COMMON_HEADERS } from '../flow/prepare.ts';
import type { WireRequest } from '../model/wire.ts';

/** What a path may be made of: no blank, no line's end. */
const PATH = /^[\x21-\x7e]+$/;

/** The lines of headers that nearly every request has, and the values that they hold. */
const COMMON_LINES: ReadonlyMap<string, { readonly value: string; readonly line: string }> = new Map(
  Object.entries(COMMON_HEADERS).map(([name, value]) => [name, { value, line: `${name}: ${value}\r\n` }]),
);

/**
 * The line of one header.
 *
 * @throws TypeError for what could be read as anything else.
 */
function lineOf(name: string, value: string): string {
  const common = COMMON_LINES.get(name);
  if (common?.value === value) return common.line;
  http.validateHeaderName(name);
  http.validateHeaderValue(name, value);
  return `${name}: ${value}\r\n`;
}

/**
 * A whole request to `authority` as it goes over the wire, in one piece: head and body leave in one write.
 *
 * @throws TypeError for a path or a header that could be read as anything else.
 */
export function requestOctets(
  authority: string,
  { method = 'POST', path, headers, body }: WireRequest,
  isKept: boolean,
): Buffer {
  if (!PATH.test(path)) throw new TypeError('path: expected visible characters of ASCII');
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${authority}\r\nconnection: ${isKept ? 'keep-alive' : 'close'}\r\n`;
  for (const name in headers) head += lineOf(name, headers[name] ?? '');
  const length = Buffer.byteLength(body);
  head += method === 'GET' ? '\r\n' : `content-length: ${String(length)}\r\n\r\n`;
  const octets = Buffer.allocUnsafe(head.length + length);
  octets.write(head, 'latin1');
  octets.write(body, head.length, 'utf8');
  return octets;
}
