import http from 'node:http';
import https from 'node:https';
import type { ResponseHead, WireRequest } from '../model/wire.ts';
import { watchDial } from './dial.ts';
import type { Line } from './line.ts';
import type { OpenWire } from './open-wire.ts';
import type { WireEvents } from './wire.ts';

/** The connection was lost without a word of the system's. */
const LOST = { code: 'ECONNRESET' };

/** The broker changes to a protocol that nobody asked for. */
const UPGRADE = { code: 'ERR_HTTP_UPGRADE' };

const SWITCHING_PROTOCOLS = 101;

function headOf({ statusCode = 0, headers }: http.IncomingMessage): ResponseHead {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return { status: statusCode, headers: flat };
}

function open(
  line: Line,
  { method = 'POST', path, headers, body, limits }: WireRequest,
  freshSocket: boolean,
): http.ClientRequest {
  const { isTls, host, port, kept, fresh, lookup } = line;
  return (isTls ? https : http).request({
    method,
    host,
    port,
    path,
    headers: method === 'GET' ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
    agent: freshSocket ? fresh : kept,
    maxHeaderSize: limits.headBytes,
    lookup,
  });
}

/** Hands the response on. Whichever comes first ends it: an aborted one ends with an error, one that died late with a close. */
function listen(res: http.IncomingMessage, events: WireEvents): void {
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    if (res.complete && res.readableEnded) events.complete();
    else events.failed(LOST);
  };
  events.head(headOf(res));
  res.on('data', (chunk: Buffer) => {
    events.body(chunk);
  });
  res.once('end', end).once('error', end).once('close', end);
}

/** A wire over Node's own HTTP client: what a test that plays answers, or an agent that traces requests, can see. */
export const openHttpWire: OpenWire = (line, request, freshSocket, events) => {
  const req = open(line, request, freshSocket);
  let answer: http.IncomingMessage | undefined;
  req.once('socket', (socket) => {
    watchDial(socket, line, req.reusedSocket, events);
  });
  req.once('finish', () => {
    events.flushed();
  });
  req.once('response', (res) => {
    if (res.statusCode === SWITCHING_PROTOCOLS) {
      events.failed(UPGRADE);
      return;
    }
    answer = res;
    listen(res, events);
  });
  req.once('upgrade', (_res, socket) => {
    socket.destroy();
    events.failed(UPGRADE);
  });
  req.on('error', (error) => {
    // Octets behind a complete answer poison the socket, not the answer: it still ends in order.
    if (answer?.complete !== true) events.failed(error);
  });
  req.once('close', () => {
    if (answer === undefined) events.failed(LOST);
  });
  req.end(request.body);
  return {
    get reusedSocket() {
      return req.reusedSocket;
    },
    destroy() {
      req.destroy();
      req.socket?.destroy();
    },
  };
};
