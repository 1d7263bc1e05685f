import * as v from 'valibot';

const PLACE = /^(?:header:[A-Za-z0-9!#$%&'*+.^_`|~-]+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)$/;

/** Headers that belong to the transport; a config that set them could break or split a request. */
export const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive', 'upgrade', 'te', 'trailer', 'expect'],
  ...['proxy-connection', 'proxy-authorization', 'accept-encoding', 'content-type'],
]);

/** Said of a header that is one of them. */
export const NO_RESERVED_HEADER = `expected no header that the transport sets itself: ${[...RESERVED_HEADERS].join(', ')}`;

/** A text that says something. */
export const text = v.pipe(v.string(), v.nonEmpty('expected a text that is not empty'));
/** PEM, in place or in a file. */
export const PemSchema = v.union([text, v.strictObject({ file: text })], 'expected PEM text or { "file": path }');
/** A span of time, from 1 millisecond to an hour. */
export const milliseconds = v.pipe(
  v.number('expected a number of milliseconds'),
  v.integer('expected a whole number of milliseconds'),
  v.minValue(1, 'expected at least 1 millisecond'),
  v.maxValue(3_600_000, 'expected at most 3600000 milliseconds'),
);
/** A size, from 1 KiB to 1 GiB. */
export const octets = v.pipe(v.number(), v.integer(), v.minValue(1_024), v.maxValue(2 ** 30));

/** A whole number in a range, both ends included. */
export function whole(lowest: number, highest: number) {
  const words = `expected a whole number from ${String(lowest)} to ${String(highest)}`;
  return v.pipe(v.number(words), v.integer(words), v.minValue(lowest, words), v.maxValue(highest, words));
}

/** A share up to 1. */
export function share(lowest: number) {
  const words = `expected a share from ${String(lowest)} to 1`;
  return v.pipe(v.number(words), v.minValue(lowest, words), v.maxValue(1, words));
}

/** A place in a request or an answer: a header, or a path in the message. */
export const PlaceSchema = v.pipe(
  v.string(),
  v.regex(PLACE, "expected 'header:NAME' or a path in the message such as commonHeader.trCode"),
  v.check((place) => !RESERVED_HEADERS.has(/^header:(.+)/.exec(place)?.[1]?.toLowerCase() ?? ''), NO_RESERVED_HEADER),
);
