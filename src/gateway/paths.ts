import type { Operation } from '../model/operation.ts';

/** What the gateway answers to, as a closed set of names for logs and metrics; `none` is everything else. */
export type RouteName =
  | 'call'
  | 'fan-out'
  | 'healthz'
  | 'readyz'
  | 'metrics'
  | 'health'
  | 'broker-health'
  | 'diagnosis'
  | 'status'
  | 'status-events'
  | 'none';

/** One path and the method it takes; `:alias` stands for a broker's name. */
export interface Route {
  readonly name: RouteName;
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

const OWN_ROUTES: readonly Route[] = [
  { name: 'fan-out', method: 'POST', path: '/v1/fan-out' },
  { name: 'health', method: 'GET', path: '/v1/health' },
  { name: 'broker-health', method: 'GET', path: '/v1/health/:alias' },
  { name: 'diagnosis', method: 'GET', path: '/v1/diagnosis/:alias' },
  { name: 'healthz', method: 'GET', path: '/healthz' },
  { name: 'readyz', method: 'GET', path: '/readyz' },
  { name: 'metrics', method: 'GET', path: '/metrics' },
  { name: 'status', method: 'GET', path: '/status' },
  { name: 'status-events', method: 'GET', path: '/status/events' },
];

/** Answered without an API key: a balancer has none. */
export const OPEN_ROUTES: ReadonlySet<RouteName> = new Set<RouteName>(['healthz', 'readyz']);

/** Where calls of a broker's operation are taken; several operations may share a path. */
export function callPath(operation: Operation): string {
  return `/v1/:alias${operation.path}`;
}

/** Every route of a gateway that takes these operations. */
export function routesFor(operations: readonly Operation[]): readonly Route[] {
  const paths = [...new Set(operations.map(callPath))];
  return [...OWN_ROUTES, ...paths.map((path): Route => ({ name: 'call', method: 'POST', path }))];
}

/**
 * Plain segments, and none of them a climb. No name here needs an escape, so that a path with one is an attempt to be
 * read in two ways.
 */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]{1,100}){1,12}$/;

/** The path of a request's target, or `undefined` where it holds anything but plain segments. The query is left aside. */
export function plainPathOf(target: string): string | undefined {
  const end = target.indexOf('?');
  const path = end < 0 ? target : target.slice(0, end);
  return PLAIN_PATH.test(path) ? path : undefined;
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length && pattern.every((each, at) => each.startsWith(':') || each === segments[at])
  );
}

/** Methods that a plain path takes, `HEAD` beside `GET`; none for a path that is not there. */
export function methodsAt(path: string, routes: readonly Route[]): readonly string[] {
  const segments = path.split('/');
  const found = routes.filter((route) => matches(route.path.split('/'), segments));
  return [...new Set(found.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
}
