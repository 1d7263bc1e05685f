import * as v from 'valibot';
import type { CredentialsHook, HeadersHook } from '../model/hook.ts';
import { NO_RESERVED_HEADER, RESERVED_HEADERS } from './value-schemas.ts';

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const HeadersSchema = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(HEADER_NAME, 'expected an HTTP header name')),
    v.pipe(v.string('expected a text'), v.regex(HEADER_VALUE, 'expected a header value without line breaks')),
  ),
  v.check(
    (headers) => Object.keys(headers).every((name) => !RESERVED_HEADERS.has(name.toLowerCase())),
    NO_RESERVED_HEADER,
  ),
);

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

const HeadersHookSchema = v.custom<HeadersHook>(isFunction, 'expected a function that gives headers');

/** Headers by name, or a function that gives them. */
export const HeadersChoiceSchema = v.union(
  [HeadersSchema, HeadersHookSchema],
  'expected headers by name, or a function that gives them',
);

/** Where credentials come from; only a program can give it. */
export const CredentialsSchema = v.strictObject({
  get: HeadersHookSchema,
  renew: v.custom<CredentialsHook['renew']>(isFunction, 'expected a function that renews the credentials'),
});

/**
 * What a hook gave, as headers with their names in lower case.
 *
 * @throws TypeError when they are none, or belong to the transport. What stood there is not shown.
 */
export function parseHeaders(given: unknown): Record<string, string> {
  const result = v.safeParse(HeadersSchema, given);
  if (!result.success) throw new TypeError(`headers: ${result.issues[0].message}`);
  return Object.fromEntries(Object.entries(result.output).map(([name, value]) => [name.toLowerCase(), value]));
}
