import { isExcoError, type ExcoError } from '../model/error.ts';
import { standardError, toErrorResponse } from '../model/standard-error.ts';

/** A request that is answered before, or instead of, a call. Carries the standard's error and headers beside it. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
  readonly error: ExcoError;
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: ExcoError, headers: Readonly<Record<string, string>> = {}) {
    super(error.message);
    this.error = error;
    this.headers = headers;
  }
}

/** A refusal with one of the standard's common errors, and what was expected as its description. */
export function refuse(code: number, expected?: string, headers?: Readonly<Record<string, string>>): GatewayRefusal {
  return new GatewayRefusal(standardError(code, expected === undefined ? {} : { description: expected }), headers);
}

/** The framework's own refusals, by its error code. */
const FRAMEWORK: Readonly<Record<string, { readonly code: number; readonly expected?: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 400, expected: 'expected a smaller body' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 400, expected: 'expected as many octets as Content-Length says' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 415, expected: 'expected application/json in UTF-8' },
  FST_ERR_CTP_EMPTY_TYPE: { code: 415, expected: 'expected application/json in UTF-8' },
  FST_ERR_BAD_URL: { code: 400, expected: 'expected a path of plain segments' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 404 },
  FST_ERR_NOT_FOUND: { code: 404 },
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** How a connector words a message that it cannot send: the caller's mistake, found before any dial. */
const WRONG_MESSAGE = /^message: expected /;

/** The standard's error for whatever ended a request, and headers beside it; what nobody foresaw is 3999. Total. */
export function refusalOf(error: unknown): GatewayRefusal {
  if (error instanceof GatewayRefusal) return error;
  if (isExcoError(error)) return new GatewayRefusal(error);
  const known = FRAMEWORK[codeOf(error)];
  if (known !== undefined) return refuse(known.code, known.expected);
  if (error instanceof TypeError && WRONG_MESSAGE.test(error.message)) return refuse(400, error.message);
  return new GatewayRefusal(standardError(3999));
}

/** What is written for a refusal. `body` is the JSON text of the standard's four fields. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal as octets on the wire will have it. */
export function answerOf({ error, headers }: GatewayRefusal): Answer {
  const { status, headers: standard, body } = toErrorResponse(error);
  return { status, headers: { ...standard, ...headers }, body: JSON.stringify(body) };
}
