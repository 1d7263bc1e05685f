import { findError, OK_CODE } from '../catalog/lookup.ts';
import type { CatalogRow } from '../catalog/tables.ts';
import { ExcoError, isExcoError, type StandardErrorBody } from './error.ts';
import { redactText } from './redact.ts';

/** What may be said of an error that the linkage server states. */
export interface StandardErrorOptions {
  /** Additional words for the caller of the platform; cleaned of anything personal before they are shown. */
  readonly description?: string;
  /** Who states it. Default: the owner of the row's table; `op-exco` for the common errors. Needed for table C. */
  readonly category?: string;
}

/** An answer for any web framework. `body` is the standard's four fields; `String(body)` is their JSON text. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: StandardErrorBody;
}

/** Media type of the standard's error body (section "Error Message Format"). */
const CONTENT_TYPE = 'application/json; charset=utf-8';

function categoryOf(row: CatalogRow, category: string | undefined): string {
  if (category !== undefined) return category;
  if (row.section === 'broker')
    throw new TypeError(`standardError(${String(row.code)}): options.category: expected the broker's alias`);
  return row.section === 'common' ? 'op-exco' : row.section;
}

/**
 * An error that only the linkage server can know of: no such user, account discarded, not logged in.
 *
 * @throws TypeError for a code that the standard does not have, and for the success row 200.
 * @example standardError(3010, { description: 'discarded on 2018-05-16' }).httpStatus; // 500
 */
export function standardError(code: number, options: StandardErrorOptions = {}): ExcoError {
  const row = findError(code);
  if (row === undefined || row.code === OK_CODE)
    throw new TypeError(`standardError: ${String(code)} is no error code of the standard`);
  const description = options.description === undefined ? '' : redactText(options.description);
  const body: StandardErrorBody = {
    category: categoryOf(row, options.category),
    code: row.code,
    message: row.message,
    ...(description !== '' && { description }),
  };
  return new ExcoError(body, {
    httpStatus: row.httpStatus,
    fault: 'standard',
    phase: 'local',
    sent: 'no',
    outcome: 'not-executed',
    blame: row.httpStatus < 500 || row.section === 'broker' ? 'caller' : 'platform',
    attempts: 0,
  });
}

/**
 * What to answer for `error`. Anything that is no `ExcoError` becomes 3999, and none of its text is shown.
 * Total; never throws.
 *
 * @example
 * const { status, headers, body } = toErrorResponse(error);
 * response.writeHead(status, headers).end(String(body));
 */
export function toErrorResponse(error: unknown): ErrorResponse {
  const known = isExcoError(error) ? error : standardError(3999);
  const body = known.toJSON();
  Object.defineProperty(body, 'toString', { value: () => JSON.stringify(body), enumerable: false });
  const seconds = known.retryAfterMs === undefined ? undefined : Math.ceil(known.retryAfterMs / 1_000);
  return {
    status: known.httpStatus,
    headers: { 'Content-Type': CONTENT_TYPE, ...(seconds !== undefined && { 'Retry-After': String(seconds) }) },
    body,
  };
}
