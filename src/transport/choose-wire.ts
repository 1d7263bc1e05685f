import { channel } from 'node:diagnostics_channel';
import http from 'node:http';
import { types } from 'node:util';
import { openHttpWire } from './http-wire.ts';
import { openSocketWire } from './socket-wire.ts';
import type { OpenWire } from './open-wire.ts';

/** Where Node tells of its HTTP client's requests; a tracing agent listens here, or puts functions of its own in place. */
const STARTED = channel('http.client.request.start');

/** What `http.request` looks like as Node has it. */
const NODES_OWN = /^function request\(.*\breturn new ClientRequest\(/s;

interface Client {
  readonly request: typeof http.request;
  readonly ClientRequest: typeof http.ClientRequest;
}

function isUntouched({ request, ClientRequest }: Client): boolean {
  return !types.isProxy(request) && !types.isProxy(ClientRequest) && NODES_OWN.test(String(request));
}

let judged: (Client & { readonly isOwn: boolean }) | undefined;

/** Whether anybody has put something in the way of Node's HTTP client, as nock does; judged anew when that changes. */
function isWatched(): boolean {
  const { request, ClientRequest } = http;
  if (judged?.request !== request || judged.ClientRequest !== ClientRequest) {
    judged = { request, ClientRequest, isOwn: isUntouched({ request, ClientRequest }) };
  }
  return !judged.isOwn || STARTED.hasSubscribers;
}

/** Our own connections; Node's client where somebody watches it, since they are to see the requests, or to answer them. */
export const openWire: OpenWire = (...args) => (isWatched() ? openHttpWire : openSocketWire)(...args);
