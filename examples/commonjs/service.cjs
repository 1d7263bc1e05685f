// A service of node:http alone, in CommonJS: POST /<broker><path of an operation>.
const { createServer } = require('node:http');
const { json } = require('node:stream/consumers');
const { OPERATIONS, createConnector, standardError, toErrorResponse } = require('op-exco-connector');

const byPath = new Map(
  Object.values(OPERATIONS)
    .filter(({ kind }) => kind === 'read')
    .map((operation) => [operation.path, operation]),
);

function createService(exco) {
  return createServer(async (request, response) => {
    try {
      const [, broker, path] = /^\/([\w-]+)(\/.*)$/.exec(request.url) ?? [];
      const operation = byPath.get(path);
      if (request.method !== 'POST' || operation === undefined) throw standardError(3002);
      const { data } = await exco.call(broker, operation, await json(request));
      response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(data));
    } catch (error) {
      const { status, headers, body } = toErrorResponse(error);
      response.writeHead(status, headers).end(JSON.stringify(body));
    }
  });
}

module.exports = { createService };

if (require.main === module) {
  const baseUrl = process.env.SAMSUNG_URL ?? 'https://broker.example/v1/samsung';
  createService(createConnector({ brokers: [{ alias: 'samsung', baseUrl }] })).listen(3000, '127.0.0.1');
}
