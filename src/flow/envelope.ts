import { isBrokerCode, OK_CODE } from '../catalog/lookup.ts';
import { PLATFORM_DIALECT } from '../dialects/compile.ts';
import { codeKey, numberOf, type Dialect, type Envelope, type MappedCode, type Path } from '../model/dialect.ts';
import { fieldOf, isJsonObject, type JsonObject } from '../model/json.ts';
import { codesInText } from './embedded-code.ts';

/** The result an answer states, in the standard's terms. */
export type Result =
  | { readonly kind: 'success'; readonly text: string }
  | { readonly kind: 'code'; readonly code: number; readonly text: string; readonly reason?: string }
  /** A foreign code that the broker's dialect translates; `theirs` and `text` are what the broker said. */
  | { readonly kind: 'mapped'; readonly mapped: MappedCode; readonly theirs: string; readonly text: string }
  | { readonly kind: 'not-a-code'; readonly theirs?: string }
  | { readonly kind: 'none' };

/** An envelope that stands in a message. */
interface Found {
  readonly envelope: Envelope;
  readonly block: JsonObject;
  readonly code: string | undefined;
}

const NONE: Result = { kind: 'none' };

const ASTERISK = 42;

/** Longest foreign code kept for people; a longer one is no code, and might be somebody's number. */
const LONGEST_CODE = 16;

/** A code as trimmed text; `undefined` where there is none. An object is none: in some dialects `error` is either. */
function scalarText(value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
}

/** The value at a path of own fields, dotted or in steps. */
export function valueAt(message: JsonObject, path: string | Path): unknown {
  let value: unknown = message;
  for (const key of typeof path === 'string' ? path.split('.') : path) value = fieldOf(value, key);
  return value;
}

function textAt(block: JsonObject, path: Path | undefined): string | undefined {
  return path === undefined ? undefined : scalarText(valueAt(block, path));
}

/** The only field of an object whose name ends so; `undefined` where there are several. */
function onlyFieldEnding(value: unknown, ending: string): unknown {
  const keys = isJsonObject(value) ? Object.keys(value).filter((key) => key.endsWith(ending)) : [];
  return keys.length === 1 ? fieldOf(value, keys[0] ?? '') : undefined;
}

function blockAt(message: JsonObject, path: Path): JsonObject | undefined {
  let value: unknown = message;
  for (const key of path)
    value = key.charCodeAt(0) === ASTERISK ? onlyFieldEnding(value, key.slice(1)) : fieldOf(value, key);
  return isJsonObject(value) ? value : undefined;
}

function codeIn(block: JsonObject, { codes }: Envelope): unknown {
  let code: unknown;
  for (const path of codes) {
    code = valueAt(block, path);
    if (code !== undefined) break;
  }
  return code;
}

/** A block proves its envelope by being there, required texts do beside any code; else only a code itself does. */
function foundIn(message: JsonObject, envelope: Envelope): Found | undefined {
  const block = envelope.block === undefined ? message : blockAt(message, envelope.block);
  if (block === undefined) return undefined;
  const value = codeIn(block, envelope);
  const code = scalarText(value);
  const { requires } = envelope;
  const isThere =
    requires.length === 0
      ? envelope.block !== undefined || code !== undefined
      : value !== undefined && requires.every((path) => typeof valueAt(block, path) === 'string');
  return isThere ? { envelope, block, code } : undefined;
}

function envelopeIn(message: JsonObject, { envelopes }: Dialect): Found | undefined {
  for (const envelope of envelopes) {
    const found = foundIn(message, envelope);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a code is one of these; nearly every one that is, is written as the list has it. */
function isIn(codes: ReadonlySet<string>, code: string, { comparesNumbers }: Dialect): boolean {
  return codes.size > 0 && (codes.has(code) || (comparesNumbers && codes.has(codeKey(code, comparesNumbers))));
}

/** The table row of the first code that has one, and that code. */
function listed(codes: readonly string[], dialect: Dialect): { mapped: MappedCode; theirs: string } | undefined {
  if (dialect.respCodes.size === 0 && dialect.respPatterns.length === 0) return undefined;
  const keys = codes.map((code) => codeKey(code, dialect.comparesNumbers));
  for (const [index, key] of keys.entries()) {
    const mapped = dialect.respCodes.get(key);
    if (mapped !== undefined) return { mapped, theirs: codes[index] ?? key };
  }
  for (const key of keys) {
    const row = dialect.respPatterns.find(({ pattern }) => pattern.test(key));
    if (row !== undefined) return { mapped: row.mapped, theirs: key };
  }
  return undefined;
}

/** What no table of the dialect names: the standard's own, or whatever the dialect says of the rest. */
function unlisted({ block, envelope }: Found, code: string, theirs: string, text: string, dialect: Dialect): Result {
  const number = numberOf(code);
  const isOurs = number !== undefined && dialect.passesStandardCodes && isBrokerCode(number);
  if (!isOurs && dialect.otherwise !== undefined) return { kind: 'mapped', mapped: dialect.otherwise, theirs, text };
  if (number === undefined || number === OK_CODE)
    return code.length > LONGEST_CODE ? { kind: 'not-a-code' } : { kind: 'not-a-code', theirs: code };
  const reason = envelope.reason === undefined ? undefined : valueAt(block, envelope.reason);
  return { kind: 'code', code: number, text, ...(typeof reason === 'string' && { reason: reason.trim() }) };
}

function resultIn(found: Found, dialect: Dialect): Result {
  const { envelope, block, code } = found;
  if (code === undefined) return { kind: 'not-a-code' };
  const text = textAt(block, envelope.message) ?? '';
  if (isIn(envelope.success, code, dialect)) return { kind: 'success', text };
  const detail = textAt(block, envelope.detail);
  const stated = detail === undefined || detail === code ? [code] : [detail, code];
  if (stated.some((each) => isIn(dialect.empty, each, dialect))) return { kind: 'success', text };
  const row = listed([...codesInText(text, dialect.detailPatterns), ...stated], dialect);
  if (row !== undefined) return { kind: 'mapped', ...row, text };
  return unlisted(found, code, stated[0] ?? code, text, dialect);
}

/** What a status stands for in a dialect, where nothing else speaks. */
export function resultOfStatus(httpStatus: number, dialect: Dialect | undefined): Result {
  const mapped = dialect?.statusCodes.get(httpStatus);
  return mapped === undefined ? NONE : { kind: 'mapped', mapped, theirs: String(httpStatus), text: '' };
}

/** Whether an answer with nothing in it that the dialect knows is a success all the same. */
export function isBareSuccess(message: JsonObject, httpStatus: number, dialect: Dialect | undefined): boolean {
  if (dialect?.successWhenAbsent !== true || httpStatus < 200 || httpStatus >= 300) return false;
  const { requireAnyOf } = dialect;
  return requireAnyOf.length === 0 || requireAnyOf.some((path) => valueAt(message, path) !== undefined);
}

/** What the answer says of itself, read as the broker words it. Pure. */
export function resultOf(message: JsonObject, httpStatus: number, dialect: Dialect = PLATFORM_DIALECT): Result {
  const found = envelopeIn(message, dialect);
  if (found !== undefined) return resultIn(found, dialect);
  return isBareSuccess(message, httpStatus, dialect)
    ? { kind: 'success', text: '' }
    : resultOfStatus(httpStatus, dialect);
}
