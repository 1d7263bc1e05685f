import express from 'express';
import { toErrorResponse } from 'op-exco-connector';

/** What a browser or a fintech company hangs up on is given up at the broker too. */
function signalOf(response) {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** A linkage server with one service: a customer's balance at one broker. */
export function createApp(exco) {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.post('/:broker/account/balance/search', async (request, response) => {
    const options = { deadlineMs: 8_000, signal: signalOf(response) };
    const { data } = await exco.call(request.params.broker, 'account.balance', request.body, options);
    response.json(data);
  });
  // Express knows an error handler by its four parameters.
  app.use((error, _request, response, next) => {
    if (response.headersSent || response.destroyed) return next(error);
    const { status, headers, body } = toErrorResponse(error);
    response.status(status).set(headers).send(JSON.stringify(body));
  });
  return app;
}
