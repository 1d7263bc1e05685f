import type { IncomingMessage } from 'node:http';
import { OPEN_ROUTES, methodsAt, plainPathOf, type Route, type RouteName } from './paths.ts';
import { refuse, type GatewayRefusal } from './refusal.ts';
import type { KeyCheck } from './admission.ts';

/** A request as far as its head tells. */
export interface Head {
  readonly raw: IncomingMessage;
  /** The route it was led to. */
  readonly route: RouteName;
}

const ANSWERED_WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);

function noRoute({ method = '', url = '' }: IncomingMessage, routes: readonly Route[]): GatewayRefusal {
  const path = plainPathOf(url);
  const methods = path === undefined ? [] : methodsAt(path, routes);
  if (methods.length === 0 || methods.includes(method)) return refuse(404);
  return refuse(405, undefined, { Allow: methods.join(', ') });
}

/** Why a request is refused before a body is read; `undefined` for nothing. Keys first: a stranger learns no paths. */
export function headRefusal(
  { raw, route }: Head,
  routes: readonly Route[],
  keys: KeyCheck,
): GatewayRefusal | undefined {
  const { headers, httpVersion, method = '', url = '' } = raw;
  if (httpVersion === '1.1' && headers.host === undefined) return refuse(400, 'Host: expected one');
  if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect))
    return refuse(400, 'Expect: expected nothing but 100-continue');
  const stranger = OPEN_ROUTES.has(route) ? undefined : keys.refusal(headers);
  if (stranger !== undefined) return stranger;
  if (route === 'none' || plainPathOf(url) === undefined) return noRoute(raw, routes);
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody && ANSWERED_WITHOUT_BODY.has(method)) return refuse(400, `${method}: expected no body`);
  return undefined;
}
