import type { IncomingMessage } from 'node:http';
import type { ExcoError } from '../model/error.ts';
import type { RouteName } from './paths.ts';

/** Whose request it was and what came of it, for the log line and the figures. Nothing in it is personal. */
export interface Exchange {
  readonly requestId: string;
  /** On the clock that never jumps. */
  readonly startMs: number;
  route: RouteName;
  broker?: string;
  operation?: string;
  /** Why it was answered with an error. */
  error?: ExcoError;
  attempts?: number;
  /** Calls that count as under way because of it. */
  inFlight: number;
}

const EXCHANGES = new WeakMap<IncomingMessage, Exchange>();

/** Notes a request as it comes. */
export function openExchange(raw: IncomingMessage, requestId: string, startMs: number): Exchange {
  const exchange: Exchange = { requestId, startMs, route: 'none', inFlight: 0 };
  EXCHANGES.set(raw, exchange);
  return exchange;
}

/**
 * What is known of a request that was noted.
 *
 * @throws TypeError for one that was not: every request passes the first hook.
 */
export function exchangeOf(raw: IncomingMessage): Exchange {
  const exchange = EXCHANGES.get(raw);
  if (exchange === undefined) throw new TypeError('exchange: expected a request that was noted when it came');
  return exchange;
}
