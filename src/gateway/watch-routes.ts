import type { FastifyInstance } from 'fastify';
import type { Diagnoses } from './diagnoses.ts';
import type { Metrics } from './metrics.ts';
import { refuse } from './refusal.ts';
import { boardOf } from './status-board.ts';
import { PAGE_HEADERS, pageLanguage, pageOf } from './status-page.ts';
import type { StatusStream } from './status-stream.ts';
import type { BrokerView, HealthSource } from './view.ts';

/** What the routes for those who watch have of their gateway. */
export interface WatchSurroundings {
  readonly health: HealthSource;
  readonly diagnoses: Diagnoses;
  readonly metrics: Metrics;
  readonly stream: StatusStream;
  readonly isReady: () => boolean;
}

/** Version of the objects that the health paths answer with. */
const SCHEMA = 1;

interface Named {
  Params: { alias: string };
}

interface Probing {
  Querystring: { probe?: unknown };
}

interface Spoken {
  Querystring: { lang?: unknown };
}

/** The broker of any of its names. */
function brokerOf(name: string, { health }: WatchSurroundings): BrokerView {
  const view = health.of(name);
  if (view === undefined) throw refuse(404, 'expected the name of a configured broker');
  return view;
}

/** Whether the broker is to be asked: only when somebody wants it, since whatever watches this path asks it for ever. */
function isProbe({ probe }: Probing['Querystring']): boolean {
  if (probe === undefined || probe === 'false') return false;
  if (probe === 'true') return true;
  throw refuse(400, 'probe: expected true or false');
}

function addProbes(app: FastifyInstance, { isReady, metrics }: WatchSurroundings): void {
  app.get('/healthz', { config: { route: 'healthz' } }, () => ({ schema: SCHEMA, status: 'ok' }));
  app.get('/readyz', { config: { route: 'readyz' } }, () => {
    if (!isReady()) throw refuse(503);
    return { schema: SCHEMA, status: 'ok' };
  });
  app.get('/metrics', { config: { route: 'metrics' } }, async (_request, reply) =>
    reply.header('Content-Type', metrics.contentType).send(await metrics.text()),
  );
}

function addStatus(app: FastifyInstance, { health, stream, isReady }: WatchSurroundings): void {
  app.get<Spoken>('/status', { config: { route: 'status' } }, (request, reply) => {
    const lang = pageLanguage(request.query.lang, request.headers['accept-language']);
    return reply.headers(PAGE_HEADERS).send(pageOf(health.view(), lang));
  });
  app.get<Spoken>(
    '/status/events',
    { config: { route: 'status-events' }, exposeHeadRoute: false },
    (request, reply) => {
      if (!isReady() || !stream.hasRoom) throw refuse(503);
      reply.hijack();
      reply.raw.setHeader('X-Request-Id', request.id);
      stream.add(reply.raw, pageLanguage(request.query.lang, request.headers['accept-language']));
    },
  );
}

/** The board in one language, for the stream. */
export function boardWords(health: HealthSource): (lang: 'en' | 'ko') => string {
  return (lang) => boardOf(health.view(), lang);
}

/** Probes of the machinery, health as JSON, figures, and the page for people. */
export function addWatchRoutes(app: FastifyInstance, surroundings: WatchSurroundings): void {
  addProbes(app, surroundings);
  addStatus(app, surroundings);
  app.get('/v1/health', { config: { route: 'health' } }, () => ({ schema: SCHEMA, ...surroundings.health.view() }));
  app.get<Named>('/v1/health/:alias', { config: { route: 'broker-health' } }, ({ params }) => ({
    schema: SCHEMA,
    ...brokerOf(params.alias, surroundings),
  }));
  app.get<Named & Probing>('/v1/diagnosis/:alias', { config: { route: 'diagnosis' } }, async ({ params, query }) => {
    const { broker } = brokerOf(params.alias, surroundings);
    return { schema: SCHEMA, ...(await surroundings.diagnoses.of(broker, isProbe(query))) };
  });
}
