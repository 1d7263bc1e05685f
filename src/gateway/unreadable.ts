import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { standardError } from '../model/standard-error.ts';
import { answerOf, GatewayRefusal } from './refusal.ts';

/** The parser's word for what it could not read, to the standard's common error; everything else is a bad request. */
const CODES: Readonly<Record<string, { readonly code: number; readonly expected: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 408, expected: 'expected the whole request sooner' },
  HPE_HEADER_OVERFLOW: { code: 400, expected: 'expected a smaller head' },
  HPE_INVALID_VERSION: { code: 505, expected: 'expected HTTP/1.1' },
};

const UNREADABLE = { code: 400, expected: 'expected an HTTP/1.1 request' } as const;

/**
 * The octets that answer a request which the parser could not read: the standard's error, and the end of the connection,
 * since nobody knows where the next request would begin.
 */
export function unreadableAnswer(
  parserCode: string,
  requestId: string,
): { readonly status: number; readonly octets: string } {
  const { code, expected } = CODES[parserCode] ?? UNREADABLE;
  const { status, headers, body } = answerOf(new GatewayRefusal(standardError(code, { description: expected })));
  const lines = Object.entries({
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Request-Id': requestId,
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  return {
    status,
    octets: [`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n'),
  };
}

/** The last request of each connection, to tell whose turn it is when the parser gives up. */
export class LastRequests {
  readonly #last = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>();

  note(request: IncomingMessage, response: ServerResponse): void {
    const last = this.#last.get(request.socket);
    if (last === undefined) this.#last.set(request.socket, { request, response });
    else {
      last.request = request;
      last.response = response;
    }
  }

  /**
   * Whether octets written now would be the answer to what could not be read: not while an earlier answer is still to
   * come, which they would be taken for, and not inside of one, which they would tear apart.
   */
  mayAnswer(socket: Socket): boolean {
    const last = this.#last.get(socket);
    if (last === undefined) return true;
    const { request, response } = last;
    if (request.complete) return response.writableFinished;
    return !response.headersSent && response.socket === socket;
  }
}
