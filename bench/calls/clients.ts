import http from 'node:http';
import type { Readable } from 'node:stream';
import axios from 'axios';
import axiosRetry from 'axios-retry';
import got from 'got';
import pTimeout from 'p-timeout';
import { Pool } from 'undici';
import { createConnector } from '../../src/connector.ts';
import { REQUEST } from './message.ts';

/** Calls under way at once, and sockets kept. */
export const IN_FLIGHT = 64;

const PATH = '/account/balance/search';
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
const DEADLINE_MS = 10_000;

/** One call: sends the message, reads the whole answer, parses it. */
export type Call = () => Promise<unknown>;

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function agent(): http.Agent {
  return new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT, maxFreeSockets: IN_FLIGHT });
}

function nodeHttp(baseUrl: string): Call {
  const kept = agent();
  const { hostname, port, pathname } = new URL(baseUrl + PATH);
  return () =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(REQUEST);
      const headers = { ...HEADERS, 'content-length': Buffer.byteLength(body) };
      const request = http.request(
        { method: 'POST', hostname, port, path: pathname, headers, agent: kept },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('end', () => {
            resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
          });
          response.once('error', reject);
        },
      );
      request.once('error', reject);
      request.end(body);
    });
}

/** The clients that are compared, each doing the same work for a broker at `baseUrl`. */
export const CLIENTS: Readonly<Record<string, (baseUrl: string) => Call>> = {
  connector: (baseUrl) => {
    const exco = createConnector({ brokers: [{ alias: 'samsung', baseUrl }] });
    return () => exco.call('samsung', 'account.balance', REQUEST);
  },
  'axios + axios-retry + p-timeout': (baseUrl) => {
    const client = axios.create({ baseURL: baseUrl, httpAgent: agent() });
    axiosRetry(client);
    return () => pTimeout(client.post(PATH, REQUEST), { milliseconds: DEADLINE_MS });
  },
  axios: (baseUrl) => {
    const client = axios.create({ baseURL: baseUrl, httpAgent: agent() });
    return () => client.post(PATH, REQUEST);
  },
  got: (baseUrl) => {
    const client = got.extend({ agent: { http: agent() } });
    return () => client.post(baseUrl + PATH, { json: REQUEST }).json();
  },
  fetch: (baseUrl) => async () => {
    const response = await fetch(baseUrl + PATH, { method: 'POST', headers: HEADERS, body: JSON.stringify(REQUEST) });
    return response.json();
  },
  'undici Pool': (baseUrl) => {
    const { origin, pathname } = new URL(baseUrl + PATH);
    const pool = new Pool(origin, { connections: IN_FLIGHT });
    return async () => {
      const { body } = await pool.request({
        method: 'POST',
        path: pathname,
        headers: HEADERS,
        body: JSON.stringify(REQUEST),
      });
      return JSON.parse(await textOf(body)) as unknown;
    };
  },
  'node:http': nodeHttp,
};
