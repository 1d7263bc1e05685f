import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { Operation } from '../model/operation.ts';
import type { Clock } from '../runtime/clock.ts';
import { turnEnd } from '../runtime/turn.ts';
import type { InFlight } from './admission.ts';
import { answerTo } from './call.ts';
import { goneSignal } from './disconnect.ts';
import { exchangeOf, type Exchange } from './exchange.ts';
import { answerToAll, itemsOf } from './fan-out.ts';
import type { FanOutArrival } from '../calling/fan-out.ts';
import type { Force } from './force.ts';
import { callPath } from './paths.ts';
import { refuse } from './refusal.ts';
import { timeLimitOf } from './time-limit.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What the routes of calls have of their gateway. */
export interface CallSurroundings {
  readonly clock: Clock;
  readonly force: () => Force;
  readonly inFlight: InFlight;
  readonly operations: readonly Operation[];
  /** Hears of every call of a fan-out as it ends. */
  readonly arrived: (arrival: FanOutArrival, requestId: string) => void;
}

/** Counts calls in until their request is over. */
function enter(exchange: Exchange, calls: number, inFlight: InFlight, { settings }: Force): void {
  const refusal = inFlight.enter(calls, settings.limits.inFlight);
  if (refusal !== undefined) throw refusal;
  exchange.inFlight += calls;
}

function messageIn(request: FastifyRequest): JsonObject {
  const body: unknown = request.body;
  if (!isJsonObject(body)) throw refuse(400, 'expected a JSON object');
  return body;
}

/** What is left of the caller's own time, in milliseconds. */
function leftMsOf(request: FastifyRequest, exchange: Exchange, clock: Clock): number | undefined {
  const limit = timeLimitOf(request.headers);
  if (limit.kind === 'wrong') throw refuse(400, limit.expected);
  return limit.limitMs === undefined ? undefined : limit.limitMs - (clock.nowMs() - exchange.startMs);
}

/** Operations by their path, in the order given. */
function byPath(operations: readonly Operation[]): Map<string, [Operation, ...Operation[]]> {
  const found = new Map<string, [Operation, ...Operation[]]>();
  for (const operation of operations) {
    const others = found.get(operation.path);
    if (others === undefined) found.set(operation.path, [operation]);
    else others.push(operation);
  }
  return found;
}

/** `POST /v1/{alias}{operation path}` for every operation, and `POST /v1/fan-out`. */
export function addCallRoutes(app: FastifyInstance, surroundings: CallSurroundings): void {
  const { clock, force, inFlight, operations, arrived } = surroundings;
  for (const [, sharing] of byPath(operations)) {
    app.post<{ Params: { alias: string } }>(
      callPath(sharing[0]),
      { config: { route: 'call' } },
      async (request, reply) => {
        const now = force();
        const exchange = exchangeOf(request.raw);
        const message = messageIn(request);
        const leftMs = leftMsOf(request, exchange, clock);
        enter(exchange, 1, inFlight, now);
        const signal = goneSignal(request.raw.socket);
        const asked = { alias: request.params.alias, operations: sharing, message, leftMs, signal };
        const octets = await answerTo(asked, now, exchange);
        // Answers of one turn leave together, as the requests to brokers do: each alone wakes its receiver anew.
        await turnEnd();
        return reply.header('Content-Type', JSON_TYPE).send(octets);
      },
    );
  }
  app.post('/v1/fan-out', { config: { route: 'fan-out' } }, async (request, reply) => {
    const now = force();
    const exchange = exchangeOf(request.raw);
    const items = itemsOf(messageIn(request), now.settings.limits.fanOutCalls);
    const leftMs = leftMsOf(request, exchange, clock);
    enter(exchange, items.length, inFlight, now);
    const asked = { items, operations, leftMs, signal: goneSignal(request.raw.socket) };
    const text = await answerToAll(asked, now, exchange, (arrival) => {
      arrived(arrival, exchange.requestId);
    });
    return reply.header('Content-Type', JSON_TYPE).send(text);
  });
}
