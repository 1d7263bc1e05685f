import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { refuse, type GatewayRefusal } from './refusal.ts';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;
const BEARER = /^bearer +(\S+) *$/i;

/** The key a caller shows: `X-Api-Key`, `Authorization: Bearer`, or the password of a browser that asked for one. */
function keyShown(headers: IncomingHttpHeaders): string | undefined {
  const own = headers['x-api-key'];
  if (typeof own === 'string') return own;
  const { authorization = '' } = headers;
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = BASIC.exec(authorization)?.[1];
  if (basic === undefined) return undefined;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
}

/** Who is let in. Every key is compared in full and over a digest, so that no time tells how much of one was right. */
export class KeyCheck {
  readonly #digests: readonly Buffer[];

  constructor(keys: readonly string[]) {
    this.#digests = keys.map(digest);
  }

  /** Why the request is refused, `undefined` for nothing. A browser is asked for the key as a password. */
  refusal(headers: IncomingHttpHeaders): GatewayRefusal | undefined {
    if (this.#digests.length === 0) return undefined;
    const shown = digest(keyShown(headers) ?? '');
    let isKnown = false;
    for (const known of this.#digests) isKnown = timingSafeEqual(known, shown) || isKnown;
    return isKnown
      ? undefined
      : refuse(401, undefined, { 'WWW-Authenticate': 'Basic realm="op-exco", charset="UTF-8"' });
  }
}

/** Seconds after which a caller that met a full gateway may ask again. */
const RETRY_AFTER_S = '1';

/** How many calls are under way, and no more than the limit of them. */
export class InFlight {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Why so many more are refused, `undefined` when they were counted in. */
  enter(calls: number, most: number): GatewayRefusal | undefined {
    if (this.#count + calls > most) return refuse(503, undefined, { 'Retry-After': RETRY_AFTER_S });
    this.#count += calls;
    return undefined;
  }

  leave(calls: number): void {
    this.#count -= calls;
  }
}
