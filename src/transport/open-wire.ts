import type { WireRequest } from '../model/wire.ts';
import type { Line } from './line.ts';
import type { Wire, WireEvents } from './wire.ts';

/**
 * Sends a request over a socket of the line, on a new one where `freshSocket` demands it, and reads the response.
 *
 * @throws what Node throws for a request that cannot be sent at all.
 */
export type OpenWire = (line: Line, request: WireRequest, freshSocket: boolean, events: WireEvents) => Wire;
