import fastify from 'fastify';
import { OPERATIONS, toErrorResponse } from 'op-exco-connector';

/**
 * A linkage server with every read of the standard under the path that the standard gives it, and the brokers' health. The
 * connector ends with the server.
 */
export function createApp(exco, options = {}) {
  const app = fastify(options);
  app.setErrorHandler((error, request, reply) => {
    const { status, headers, body } = toErrorResponse(error);
    // `toLog` leaves out whatever is personal; the request and its body have no place in a log.
    request.log.warn(error.toLog?.() ?? { error: error.name });
    return reply.status(status).headers(headers).send(JSON.stringify(body));
  });
  for (const operation of Object.values(OPERATIONS).filter(({ kind }) => kind === 'read')) {
    app.post(`/:broker${operation.path}`, async ({ params, body, id }) => {
      const { data } = await exco.call(params.broker, operation, body, { requestId: id });
      return data;
    });
  }
  app.get('/health', () => exco.health());
  app.addHook('onClose', () => exco.close());
  return app;
}
