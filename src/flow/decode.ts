import type { Fault } from '../catalog/faults.ts';
import type { BrokerProfile } from '../model/broker.ts';
import type { Answered } from '../model/wire.ts';
import { charsetOf, decodeText, roughText } from './charset.ts';
import { inflate } from './inflate.ts';
import { jsonText } from './json-text.ts';
import { parseJson } from './parse-json.ts';

/** What the octets of a complete body hold. */
export type Decoded =
  | { readonly kind: 'value'; readonly value: unknown; readonly warnings: readonly string[] }
  | { readonly kind: 'unreadable'; readonly fault: Fault }
  /** The broker's configured maintenance page. */
  | { readonly kind: 'page' };

type Reading = Pick<BrokerProfile, 'charset' | 'maintenance' | 'limits'>;

/** Octets looked at to tell HTML from JSON. */
const SNIFFED = 512;

const OPENING_BRACE = 0x7b;

const HTML = /^<(?:!doctype\s+html|html|head|body|title|meta|script|style|div|h1|center|!--)/i;

/** Statuses whose bodies are empty by definition (RFC 9110 sections 15.3.5 and 15.3.6). */
const EMPTY_STATUSES: ReadonlySet<number> = new Set([204, 205]);

function unreadable(fault: Fault): Decoded {
  return { kind: 'unreadable', fault };
}

/** Whether the body is a page: by its first tag, or by any tag under an HTML media type. */
function isHtml(octets: Uint8Array, contentType: string | undefined): boolean {
  if (octets[0] === OPENING_BRACE) return false;
  const start = Buffer.from(octets.subarray(0, SNIFFED))
    .toString('latin1')
    .replace(/^(?:ï»¿)?\s+|^ï»¿/, '');
  return HTML.test(start) || (start.startsWith('<') && /\bhtml\b/i.test(contentType ?? ''));
}

function isBlank(octets: Uint8Array): boolean {
  return octets.length === 0 || (octets.length <= SNIFFED && Buffer.from(octets).toString('utf8').trim() === '');
}

/** The JSON value in a complete body, the maintenance page, or why it cannot be read. Pure; bounded in memory. */
export function decodeBody({ status, headers, body }: Answered, broker: Reading): Decoded {
  const inflated = inflate(body, headers['content-encoding'], broker.limits.bodyBytes);
  if (inflated.kind === 'too-large') return unreadable('body-too-large');
  if (inflated.kind === 'corrupt') return unreadable('body-encoding');
  const { octets } = inflated;
  const contentType = headers['content-type'];
  const charset = broker.charset ?? charsetOf(contentType);
  const { pageMatches } = broker.maintenance;
  if (pageMatches.length > 0) {
    const page = roughText(octets, charset).toLowerCase();
    if (pageMatches.some((words) => page.includes(words.toLowerCase()))) return { kind: 'page' };
  }
  if (isBlank(octets) || EMPTY_STATUSES.has(status)) return unreadable('body-empty');
  if (isHtml(octets, contentType)) return unreadable('body-html');
  const decoded = decodeText(octets, charset, jsonText);
  if (decoded.kind === 'undecodable') return unreadable('body-encoding');
  const parsed = parseJson(decoded.text);
  if (parsed.kind === 'invalid') return unreadable('json-invalid');
  return { kind: 'value', value: parsed.value, warnings: decoded.warnings };
}
