/** A broker that answers every balance, in a process of its own so that its work is not counted with the clients'. */
import http from 'node:http';
import { ANSWER } from './message.ts';

/** Longer than any client keeps a socket, so that none dies under a request. */
const KEPT_MS = 120_000;

const server = http.createServer((request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': ANSWER.length });
    response.end(ANSWER);
  });
});
server.keepAliveTimeout = KEPT_MS;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('disconnect', () => process.exit());
