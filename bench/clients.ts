import http from 'node:http';
import axios from 'axios';
import axiosRetry from 'axios-retry';
import got from 'got';
import pTimeout from 'p-timeout';
import { Pool } from 'undici';
import { loadBuilt } from './built.ts';
import { ALIAS, PATH, REQUEST } from './message.ts';

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
const DEADLINE_MS = 10_000;

/** One call: sends the message, reads the whole answer, parses it. */
export type Call = () => Promise<unknown>;

/** Who is called. */
export interface Setting {
  /** Where the brokers listen, as `http://host:port`. */
  readonly origin: string;
  /** Sockets to one broker, open at once. */
  readonly sockets: number;
  /** Brokers called in turn, each with sockets of its own; only the connector and node:http tell one from another. */
  readonly brokers: number;
}

function agent({ sockets }: Setting): http.Agent {
  return new http.Agent({ keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets });
}

function nodeHttp(setting: Setting): Call {
  // As many agents as the connector has: what many sockets cost without it.
  const agents = Array.from({ length: setting.brokers }, () => agent(setting));
  let turn = 0;
  const { hostname, port, pathname } = new URL(setting.origin + PATH);
  return () =>
    new Promise((resolve, reject) => {
      turn = (turn + 1) % agents.length;
      const body = JSON.stringify(REQUEST);
      const headers = { ...HEADERS, 'content-length': Buffer.byteLength(body) };
      const request = http.request({ method: 'POST', hostname, port, path: pathname, headers, agent: agents[turn] });
      request.once('error', reject);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        });
      });
      request.end(body);
    });
}

/** The connector as it is published, with its defaults: every check, limit, breaker and budget is on. */
async function connector({ origin, sockets, brokers }: Setting): Promise<Call> {
  const { createConnector } = await loadBuilt();
  const baseUrl = origin + PATH.slice(0, PATH.indexOf('/account'));
  const aliases = Array.from({ length: brokers }, (_, index) => `${ALIAS}${String(index)}`);
  const exco = createConnector({
    brokers: aliases.map((alias, index) => ({
      alias,
      comId: String(90_000 + index),
      baseUrl,
      concurrency: { inFlight: sockets, queue: sockets },
    })),
  });
  let turn = 0;
  return () => {
    turn = (turn + 1) % aliases.length;
    return exco.call(aliases[turn] ?? '', 'account.balance', REQUEST);
  };
}

/** The clients that are compared, each doing the same work. */
export const CLIENTS: Readonly<Record<string, (setting: Setting) => Call | Promise<Call>>> = {
  connector,
  'axios + axios-retry + p-timeout': (setting) => {
    const client = axios.create({ baseURL: setting.origin, httpAgent: agent(setting) });
    axiosRetry(client);
    return () => pTimeout(client.post(PATH, REQUEST), { milliseconds: DEADLINE_MS });
  },
  axios: (setting) => {
    const client = axios.create({ baseURL: setting.origin, httpAgent: agent(setting) });
    return () => client.post(PATH, REQUEST);
  },
  got: (setting) => {
    const client = got.extend({ agent: { http: agent(setting) } });
    return () => client.post(setting.origin + PATH, { json: REQUEST }).json();
  },
  fetch:
    ({ origin }) =>
    async () => {
      const response = await fetch(origin + PATH, { method: 'POST', headers: HEADERS, body: JSON.stringify(REQUEST) });
      return response.json();
    },
  'undici Pool': ({ origin, sockets }) => {
    const pool = new Pool(origin, { connections: sockets });
    const asked = { method: 'POST', path: PATH, headers: HEADERS } as const;
    return async () => {
      const { body } = await pool.request({ ...asked, body: JSON.stringify(REQUEST) });
      return JSON.parse(await body.text()) as unknown;
    };
  },
  'node:http': nodeHttp,
};
