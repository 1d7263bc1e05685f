import { isBrokerCode, OK_CODE } from '../catalog/lookup.ts';
import type { Dialect, MappedCode } from '../model/broker.ts';
import { fieldOf, isJsonObject, type JsonObject } from '../model/json.ts';

/** The result an answer states, in the standard's terms. */
export type Result =
  | { readonly kind: 'success'; readonly text: string }
  | { readonly kind: 'code'; readonly code: number; readonly text: string; readonly reason?: string }
  /** A foreign code that the broker's dialect translates; `detail` is their code and text. */
  | { readonly kind: 'mapped'; readonly mapped: MappedCode; readonly theirs: string; readonly text: string }
  | { readonly kind: 'not-a-code'; readonly theirs?: string }
  | { readonly kind: 'none' };

const NONE: Result = { kind: 'none' };

const NUMERIC = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

/** Longest foreign code kept for people; a longer one is no code, and might be somebody's number. */
const LONGEST_CODE = 16;

/** A code as trimmed text; `undefined` where there is none. An object is none: in some dialects `error` is either. */
function scalarText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

function wordsOf(value: unknown): string {
  return scalarText(value) ?? '';
}

/** The result block: `resp` at the top, else inside the one `*ResponseBody`. */
function resultBlock(message: JsonObject): JsonObject | undefined {
  const top = fieldOf(message, 'resp');
  if (isJsonObject(top)) return top;
  const bodies = Object.keys(message).filter((key) => key.endsWith('ResponseBody'));
  const inner = bodies.length === 1 ? fieldOf(fieldOf(message, bodies[0] ?? ''), 'resp') : undefined;
  return isJsonObject(inner) ? inner : undefined;
}

function readCode(value: unknown, text: string, reason?: string): Result {
  const code = scalarText(value);
  if (code === undefined || !NUMERIC.test(code)) {
    return code === undefined || code === '' || code.length > LONGEST_CODE
      ? { kind: 'not-a-code' }
      : { kind: 'not-a-code', theirs: code };
  }
  const number = Number(code);
  if (number === OK_CODE) return { kind: 'success', text };
  return { kind: 'code', code: number, text, ...(reason !== undefined && { reason }) };
}

/** The platform's own envelope, or the standard's four-field body where a broker passes that on. */
function platformResult(message: JsonObject): Result {
  const block = resultBlock(message);
  if (block !== undefined) {
    const code = Object.hasOwn(block, 'respCode') ? block['respCode'] : fieldOf(block, 'resCode');
    return readCode(code, wordsOf(fieldOf(block, 'respMsg')));
  }
  const { category, code, message: words, description } = message;
  if (typeof category !== 'string' || typeof words !== 'string' || code === undefined) return NONE;
  return readCode(code, words.trim(), typeof description === 'string' ? description.trim() : undefined);
}

/** The value at a dotted path of own fields. */
export function valueAt(message: JsonObject, path: string | readonly string[]): unknown {
  const segments = typeof path === 'string' ? path.split('.') : path;
  return segments.reduce<unknown>((value, key) => fieldOf(value, key), message);
}

function textAt(message: JsonObject, path: string | undefined): string | undefined {
  const text = path === undefined ? undefined : scalarText(valueAt(message, path));
  return text === '' ? undefined : text;
}

/** A code no table of ours knows, as the dialect translates it; `undefined` where it does not. */
function translated(codes: readonly string[], text: string, dialect: Dialect): Result | undefined {
  const theirs = codes[0] ?? '';
  if (codes.some((code) => dialect.empty.includes(code))) return { kind: 'success', text };
  const mapped = codes.map((code) => dialect.respCodes.get(code)).find((each) => each !== undefined);
  if (mapped !== undefined) return { kind: 'mapped', mapped, theirs, text };
  return dialect.otherwise === undefined
    ? undefined
    : { kind: 'mapped', mapped: { code: dialect.otherwise }, theirs, text };
}

/** The platform's envelope from a broker that uses other codes in it. */
function withForeignCodes(result: Result, dialect: Dialect): Result {
  if (result.kind === 'code') {
    const theirs = String(result.code);
    const isOurs = isBrokerCode(result.code) && !dialect.respCodes.has(theirs);
    return isOurs ? result : (translated([theirs], result.text, dialect) ?? result);
  }
  if (result.kind === 'not-a-code' && result.theirs !== undefined)
    return translated([result.theirs], '', dialect) ?? result;
  return result;
}

function foreignResult(message: JsonObject, dialect: Dialect): Result {
  const { result, alternates } = dialect;
  if (result === undefined) return withForeignCodes(platformResult(message), dialect);
  const envelope = [result, ...alternates].find(({ code }) => textAt(message, code) !== undefined);
  if (envelope === undefined) return NONE;
  const code = textAt(message, envelope.code) ?? '';
  const detail = textAt(message, envelope.detail);
  const text = textAt(message, envelope.message) ?? '';
  if (result.success.includes(code)) return { kind: 'success', text };
  const known = translated(detail === undefined ? [code] : [detail, code], text, dialect);
  if (known !== undefined) return known;
  const read = readCode(code, text);
  return read.kind === 'success' ? { kind: 'not-a-code', theirs: code } : read;
}

/** Where the message states no code at all: a success if the dialect says so, else what the status is mapped to. */
function withoutCode(message: JsonObject, httpStatus: number, dialect: Dialect): Result {
  const isOk = httpStatus >= 200 && httpStatus < 300;
  const { requireAnyOf } = dialect;
  const isKnown = requireAnyOf.length === 0 || requireAnyOf.some((path) => valueAt(message, path) !== undefined);
  if (isOk && dialect.successWhenAbsent && isKnown) return { kind: 'success', text: '' };
  const mapped = dialect.statusCodes.get(httpStatus);
  return mapped === undefined ? NONE : { kind: 'mapped', mapped, theirs: String(httpStatus), text: '' };
}

/** What the answer says of itself, read as the broker words it. Pure. */
export function resultOf(message: JsonObject, httpStatus: number, dialect: Dialect | undefined): Result {
  if (dialect === undefined) return platformResult(message);
  const result = foreignResult(message, dialect);
  return result.kind === 'none' ? withoutCode(message, httpStatus, dialect) : result;
}
