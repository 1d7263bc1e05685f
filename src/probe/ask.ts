import http, { type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Fault } from '../catalog/faults.ts';
import { decodeBody } from '../flow/decode.ts';
import { statusFault } from '../flow/status-fault.ts';
import type { BrokerProfile } from '../model/broker.ts';
import type { HttpStepResult, StepFault } from '../model/probe.ts';
import type { Phase, ResponseHead } from '../model/wire.ts';
import { since } from './dial.ts';
import { patiently, type Patience } from './watch.ts';

/** Octets of a page that are read, to look for the words of a maintenance page. */
const PAGE_BYTES = 65_536;

const HALF_SECOND_MS = 500;

/**
 * What a status says of a server that was asked for nothing in particular: that it cannot reach what is behind it, or
 * that we ask too often. Any other one, 404 and 405 above all, proves that an HTTP server is there and no more: the
 * operations are POST, and not every server is at home at its base path. A bare 500 is how many of them say that.
 */
const TELLING: ReadonlySet<Fault> = new Set<Fault>(['http-unavailable', 'http-timeout', 'throttled']);

interface Page extends ResponseHead {
  readonly body: Buffer;
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')] as const);
  return Object.fromEntries(pairs);
}

function readPage(res: IncomingMessage, done: (page: Page) => void, fail: (error: unknown) => void): void {
  const chunks: Buffer[] = [];
  let octets = 0;
  const end = () => {
    done({ status: res.statusCode ?? 0, headers: headersOf(res), body: Buffer.concat(chunks) });
    res.destroy();
  };
  res.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    octets += chunk.length;
    if (octets >= PAGE_BYTES) end();
  });
  res.once('end', end);
  res.on('error', fail);
}

function judge(page: Page, broker: BrokerProfile): StepFault | undefined {
  const { kind } = decodeBody({ kind: 'answered', ...page, receivedAtMs: 0 }, broker);
  if (kind === 'page') return { fault: 'maintenance-page', phase: 'message' };
  const fault = statusFault(page.status);
  return fault !== undefined && TELLING.has(fault) ? { fault, phase: 'message' } : undefined;
}

/** Our clock less a `Date` header, which stands for a second somewhere in which the response was made. */
function clockOffsetMs(date: string | undefined, sentMs: number, nowMs: number): number | undefined {
  const second = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(second) ? undefined : Math.round((sentMs + nowMs) / 2 - (second + HALF_SECOND_MS));
}

/**
 * One GET of the base path: safe by definition (RFC 9110 section 9.2.1), so that it changes nothing, and unlike OPTIONS,
 * which security policies forbid, served everywhere. The configured headers go with it, as a gateway may ask for them.
 */
function send(broker: BrokerProfile, socket: Socket): http.ClientRequest {
  const { baseUrl, headers, limits } = broker;
  return http.request({
    method: 'GET',
    host: baseUrl.hostname,
    port: baseUrl.port,
    path: baseUrl.pathname,
    headers: { accept: '*/*', ...headers, host: baseUrl.host, connection: 'close' },
    maxHeaderSize: limits.headBytes,
    createConnection: () => socket,
  });
}

/** Asks for the base path over a socket that is ready, and closes the socket. */
export async function ask(broker: BrokerProfile, socket: Socket, patience: Patience): Promise<HttpStepResult> {
  const startMs = patience.clock.nowMs();
  let phase: Phase = 'send';
  const sentMs = patience.clock.wallMs();
  let status: number | undefined;
  let offsetMs: number | undefined;
  const ended = await patiently<Page>(
    patience,
    () => ({ phase, sent: phase === 'send' ? 'no' : 'yes' }),
    (done, fail) => {
      const req = send(broker, socket);
      req.once('finish', () => {
        phase = 'head';
      });
      req.once('response', (res) => {
        phase = 'body';
        status = res.statusCode;
        offsetMs = clockOffsetMs(res.headers.date, sentMs, patience.clock.wallMs());
        readPage(res, done, fail);
      });
      req.once('upgrade', () => {
        fail({ code: 'ERR_HTTP_UPGRADE' });
      });
      req.on('error', fail);
      req.once('close', () => {
        fail({ code: 'ECONNRESET' });
      });
      req.end();
    },
  );
  socket.destroy();
  const failed = 'failed' in ended ? ended.failed : judge(ended.value, broker);
  return {
    ms: since(startMs, patience),
    ...(failed !== undefined && { failed }),
    ...(status !== undefined && { status }),
    ...(offsetMs !== undefined && { clockOffsetMs: offsetMs }),
  };
}
