/** Many brokers in a process of their own, each on a port of its own; the first of them can be told to say nothing. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWER } from './message.ts';

/** What the process is told to do. */
export interface Order {
  readonly isStalled: boolean;
}

/** What it answers: requests that the first broker has received since it was told before. */
export interface Heard {
  readonly requests: number;
}

/** Longer than any client keeps a socket, so that none dies under a request. */
const KEPT_MS = 120_000;

const brokers = Number(process.argv[2]);
let isStalled = false;
let requests = 0;

function answer(response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': ANSWER.length });
  response.end(ANSWER);
}

function open(isFirst: boolean): Promise<number> {
  const server = http.createServer((request, response) => {
    request.resume().once('end', () => {
      if (isFirst) requests += 1;
      if (!isFirst || !isStalled) answer(response);
    });
  });
  server.keepAliveTimeout = KEPT_MS;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

const ports = await Promise.all(Array.from({ length: brokers }, (_, index) => open(index === 0)));
process.on('message', (order: Order) => {
  ({ isStalled } = order);
  process.send?.({ requests } satisfies Heard);
  requests = 0;
});
process.once('disconnect', () => process.exit());
process.send?.({ ports });
