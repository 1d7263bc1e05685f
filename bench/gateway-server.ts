/** One way from HTTP to the broker, in a process of its own; says what it cost when it is asked. */
import http from 'node:http';
import { pathToFileURL } from 'node:url';
import axios from 'axios';
import fastify from 'fastify';
import { Pool } from 'undici';
import type { JsonObject } from '../src/model/json.ts';
import { loadBuilt } from './built.ts';
import { ALIAS, PATH } from './message.ts';

type Door = typeof import('../src/gateway/index.ts');

/** What the process has used, and holds. */
export interface Used {
  readonly cpuUs: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

const SOCKETS = 64;
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

function brokerAt(origin: string) {
  return { alias: ALIAS, comId: '90001', baseUrl: origin + PATH.slice(0, PATH.indexOf('/account')) };
}

/** The gateway as it is published, with its defaults and its log. */
async function gateway(origin: string): Promise<string> {
  const { createGateway } = (await import(pathToFileURL('dist/esm/gateway/index.js').href)) as Door;
  let octets = 0;
  const log = (line: object) => void (octets += JSON.stringify(line).length);
  return createGateway({ brokers: [brokerAt(origin)] }, { log }).listen({ port: 0 });
}

/** A proxy that parses and writes, and checks nothing. */
async function axiosProxy(origin: string): Promise<string> {
  const app = fastify();
  const httpAgent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS });
  const client = axios.create({ baseURL: origin, httpAgent });
  app.post('*', async (request) => {
    const { data } = await client.post<unknown>(request.url, request.body);
    return data;
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The same over the fastest client there is. */
async function undiciProxy(origin: string): Promise<string> {
  const app = fastify();
  const pool = new Pool(origin, { connections: SOCKETS });
  app.post('*', async (request) => {
    const body = JSON.stringify(request.body);
    const answer = await pool.request({ method: 'POST', path: request.url, headers: HEADERS, body });
    return answer.body.json();
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The same over the connector alone: what of the gateway's cost is the connector's. */
async function connectorProxy(origin: string): Promise<string> {
  const app = fastify();
  const { createConnector } = await loadBuilt();
  const exco = createConnector({ brokers: [brokerAt(origin)] });
  app.post<{ Body: JsonObject }>('*', async (request) => {
    const { data } = await exco.call(ALIAS, 'account.balance', request.body);
    return data;
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The ways that are compared. */
export const WAYS: Readonly<Record<string, (origin: string) => Promise<string>>> = {
  gateway,
  'fastify + axios': axiosProxy,
  'fastify + undici': undiciProxy,
  'fastify + connector': connectorProxy,
};

if (process.send !== undefined) {
  const [name = '', origin = ''] = process.argv.slice(2);
  const url = await WAYS[name]?.(origin);
  process.on('message', () => {
    // There under --expose-gc: then what is held is told, and not what waits to be collected.
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ cpuUs: user + system, rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20 } satisfies Used);
  });
  process.once('disconnect', () => process.exit());
  process.send({ url });
}
