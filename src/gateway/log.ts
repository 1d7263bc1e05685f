import type { Exchange } from './exchange.ts';

/** How much a line of the log matters. */
export type Level = 'info' | 'warn' | 'error';

/** One line of the gateway's log. Nothing in it is personal: no address of a caller, no path with a query, no message. */
export interface LogLine {
  readonly schema: 1;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly level: Level;
  readonly event:
    'request' | 'call' | 'listening' | 'reloaded' | 'reload-refused' | 'draining' | 'drained' | 'unreadable';
  readonly [field: string]: string | number | boolean | readonly string[];
}

/** Takes every line, once. */
export type Log = (line: LogLine) => void;

/** How a request ended for its caller. */
export type Result = 'ok' | 'error' | 'aborted';

/** Routes that a machine asks every few seconds; a line of each would hide the others. */
const QUIET: ReadonlySet<string> = new Set(['healthz', 'readyz', 'metrics']);

/** A caller's mistake or the broker's own answer is no news for the person on call; an outage is, and our own most. */
export function levelOf({ error }: Pick<Exchange, 'error'>, status: number): Level {
  if (error === undefined || error.blame === 'caller') return 'info';
  if (error.fault === 'standard') return status === 500 ? 'error' : 'warn';
  return error.blame === 'platform' ? 'error' : 'warn';
}

function fault({ error }: Pick<Exchange, 'error'>): Record<string, string | number> {
  if (error === undefined) return {};
  const { code, category, fault: name, blame, phase, outcome } = error;
  return { code, category, ...(name !== 'standard' && { fault: name, phase, outcome }), blame };
}

/** The fields of a request's line; `undefined` for one that is not worth a line. */
export function requestLine(
  exchange: Exchange,
  { status, result, elapsedMs }: { readonly status: number; readonly result: Result; readonly elapsedMs: number },
): (Record<string, string | number> & { readonly level: Level }) | undefined {
  const { requestId, route, broker, operation, attempts } = exchange;
  if (QUIET.has(route) && result === 'ok') return undefined;
  return {
    level: levelOf(exchange, status),
    requestId,
    route,
    status,
    result,
    elapsedMs: Math.round(elapsedMs * 10) / 10,
    ...(broker !== undefined && { broker }),
    ...(operation !== undefined && { operation }),
    ...(attempts !== undefined && { attempts }),
    ...fault(exchange),
  };
}
