import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import type { Clock } from '../runtime/clock.ts';
import { CallerGone } from './disconnect.ts';
import { exchangeOf, openExchange, type Exchange } from './exchange.ts';
import type { Force } from './force.ts';
import { isMessageType, messageOf } from './incoming.ts';
import type { Result } from './log.ts';
import type { Route, RouteName } from './paths.ts';
import { headRefusal } from './reception.ts';
import { answerOf, refusalOf, refuse } from './refusal.ts';
import { requestIdOf } from './request-id.ts';
import { createListener, endWith } from './server.ts';
import { SlowReaders } from './slow-readers.ts';
import { LastRequests, unreadableAnswer } from './unreadable.ts';

/** Status of a request whose caller did not wait; nobody sees it, logs and figures need one. */
const CALLER_GONE = 499;

/** What the app has of its gateway. */
export interface AppSurroundings {
  readonly clock: Clock;
  readonly routes: readonly Route[];
  readonly force: () => Force;
  /** A request is over, answered or not. */
  readonly over: (exchange: Exchange, end: { status: number; result: Result; elapsedMs: number }) => void;
  /** Something came that was no request. */
  readonly unreadable: (status: number, requestId: string) => void;
}

/** The route's own name travels with it. */
export interface RouteConfig {
  readonly route: RouteName;
}

function routeOf(request: FastifyRequest): RouteName {
  const { route } = request.routeOptions.config as Partial<RouteConfig>;
  return request.is404 || route === undefined ? 'none' : route;
}

function sendRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof CallerGone) return reply.code(CALLER_GONE).send('');
  const refusal = refusalOf(error);
  exchangeOf(request.raw).error = refusal.error;
  const { status, headers, body } = answerOf(refusal);
  return reply.code(status).headers(headers).send(body);
}

/** Reads bodies: JSON in UTF-8, every key once. */
function takeMessages(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isMessageType(request.headers['content-type'])) {
      done(refuse(415, 'expected application/json in UTF-8'));
      return;
    }
    const incoming = messageOf(body);
    if (incoming.kind === 'wrong') done(refuse(400, incoming.expected));
    else done(null, incoming.message);
  });
}

/** Makes the function that notes a request as it comes, and reports its end exactly once. */
function noting({ clock, over }: AppSurroundings, last: LastRequests, readers: SlowReaders) {
  return (request: FastifyRequest, reply: FastifyReply): Exchange => {
    const exchange = openExchange(request.raw, request.id, clock.nowMs());
    exchange.route = routeOf(request);
    last.note(request.raw, reply.raw);
    const reader = readers.note(reply.raw);
    // By the framework, which hands all headers over at once: one that Node has already makes it take the others one by one.
    reply.header('X-Request-Id', exchange.requestId);
    reply.raw.once('close', () => {
      const isGone = readers.over(reader) || !reply.raw.writableFinished;
      const status = isGone ? CALLER_GONE : reply.raw.statusCode;
      const result = isGone ? 'aborted' : exchange.error === undefined ? 'ok' : 'error';
      over(exchange, { status, result, elapsedMs: clock.nowMs() - exchange.startMs });
    });
    return exchange;
  };
}

function parserCodeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

/** The framework with this gateway's reading, refusing and limits; routes are still to be added. */
export function createApp(surroundings: AppSurroundings): FastifyInstance {
  const last = new LastRequests();
  const { clock, routes, force } = surroundings;
  const readers = new SlowReaders(clock, () => force().settings.limits.answerMs);
  const note = noting(surroundings, last, readers);
  const { settings } = force();
  const app = fastify({
    serverFactory: (listener) => createListener(listener, settings),
    bodyLimit: settings.limits.bodyBytes,
    requestIdHeader: false,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    return503OnClosing: false,
    clientErrorHandler(error, socket: Socket) {
      // A caller that broke its connection off has nothing to be told.
      if (parserCodeOf(error) === 'ECONNRESET') {
        socket.destroy();
        return;
      }
      const requestId = requestIdOf(undefined);
      const { status, octets } = unreadableAnswer(parserCodeOf(error), requestId);
      surroundings.unreadable(status, requestId);
      endWith(socket, last.mayAnswer(socket) ? octets : undefined);
    },
    frameworkErrors: (error, request, reply) => {
      note(request, reply);
      sendRefusal(error, request, reply);
    },
  });
  takeMessages(app);
  app.addHook('onRequest', (request, reply, done) => {
    const { route } = note(request, reply);
    done(headRefusal({ raw: request.raw, route }, routes, force().keys));
  });
  app.addHook('onClose', (_app, done) => {
    readers.close();
    done();
  });
  app.setErrorHandler((error, request, reply) => sendRefusal(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendRefusal(refuse(404), request, reply));
  return app;
}
