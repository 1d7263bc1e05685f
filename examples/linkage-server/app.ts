import fastify, { type FastifyInstance } from 'fastify';
import { toErrorResponse, type BalanceRequest, type Connector } from 'op-exco-connector';

interface Asked {
  Params: { broker: string };
  Body: BalanceRequest;
}

/** A linkage server with one service: a customer's balance at one broker. */
export function createApp(exco: Connector): FastifyInstance {
  const app = fastify();
  app.setErrorHandler((error, _request, reply) => {
    const { status, headers, body } = toErrorResponse(error);
    return reply.status(status).headers(headers).send(JSON.stringify(body));
  });
  app.post<Asked>('/:broker/account/balance/search', async ({ params, body, id }) => {
    const { data } = await exco.call(params.broker, 'account.balance', body, { requestId: id });
    return data;
  });
  return app;
}
