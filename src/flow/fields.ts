import { fieldOf, isJsonObject, textOf, type JsonObject } from '../model/json.ts';

/** Names of one and the same thing in the messages of different years, the current one first. */
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    devInfo: ['devInfo', 'DevInfo'],
    vtAccNo: ['vtAccNo', 'vtAccNp'],
    queryType: ['queryType', 'queryParams', 'queryParameter', 'requestParameters'],
    queryParams: ['queryParams', 'queryParameter', 'queryType', 'requestParameters'],
    queryParameter: ['queryParameter', 'queryParams', 'queryType', 'requestParameters'],
  }),
);

/** A value of a message and the full path it stands at. */
export interface Located {
  readonly path: string;
  readonly value: unknown;
}

/** Names of a message's body in all years. */
const BODY = /^body$|(?:Request|Response)Body$/;

function objectsUnder(parent: JsonObject, suffix: string): JsonObject[] {
  const found: JsonObject[] = [];
  for (const key of Object.keys(parent)) {
    const value = key.endsWith(suffix) ? parent[key] : undefined;
    if (isJsonObject(value)) found.push(value);
  }
  return found;
}

/** The message without the one extra root (`portfolioRequest`, …) that the generators of 2016 put around it. */
export function rootOf(message: JsonObject): JsonObject {
  const keys = Object.keys(message);
  const [only] = objectsUnder(message, 'Request');
  return keys.length === 1 && only !== undefined ? only : message;
}

/** The request or response body of a message: `balanceRequestBody`, or `body` in the oldest form. */
export function bodiesOf(root: JsonObject): readonly JsonObject[] {
  let bodies: JsonObject[] = [];
  for (const key in root) if (BODY.test(key)) bodies = withObject(bodies, fieldOf(root, key));
  return bodies;
}

/** `list` with `item` behind it where that is an object. A list of one, which nearly all of these are, takes the room of one. */
export function withObject(list: JsonObject[], item: unknown): JsonObject[] {
  if (!isJsonObject(item)) return list;
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** The account block: at the top, or inside the body. */
function accountBlocksOf(root: JsonObject): JsonObject[] {
  return [root, ...bodiesOf(root)].map((block) => fieldOf(block, 'accInfo')).filter(isJsonObject);
}

/** All names of a field, the current one first. */
export function namesOf(name: string): readonly string[] {
  return SYNONYMS.get(name) ?? [name];
}

/** Every value of the field `name` of `block`: one for each of its names that is there, the current one first. */
function namedValues(block: unknown, name: string): unknown[] {
  return namesOf(name)
    .map((each) => fieldOf(block, each))
    .filter((value) => value !== undefined);
}

/** The field `name` of `block` under the first of its names that carries a value, else under the first that is there. */
export function namedField(block: unknown, name: string): unknown {
  const values = namedValues(block, name);
  return (
    values.find((value) => isJsonObject(value) || Array.isArray(value) || textOf(value) !== undefined) ?? values[0]
  );
}

function topField(root: JsonObject, name: string): unknown {
  const own = namedField(root, name);
  if (own !== undefined && own !== null) return own;
  if (name === 'accInfo') return accountBlocksOf(root)[0];
  if (name === 'virtualAccountList' || name.endsWith('RequestBody')) return bodiesOf(root)[0];
  return undefined;
}

function walk(value: unknown, path: string, segments: readonly string[]): Located[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return [{ path, value }];
  const name = segment.replace(/\[\]$/, '');
  const inner = path === '' && isJsonObject(value) ? topField(value, name) : namedField(value, name);
  const at = path === '' ? name : `${path}.${name}`;
  if (name === segment) return walk(inner, at, rest);
  const items: readonly unknown[] = Array.isArray(inner) ? inner : isJsonObject(inner) ? [inner] : [];
  if (items.length === 0) return [{ path: at, value: undefined }];
  return items.flatMap((item, index) => walk(item, `${at}[${String(index)}]`, rest));
}

const SEGMENTS = new Map<string, readonly string[]>();

/** The names on a path of an operation; kept, since an operation has few and every call asks for them. */
export function segmentsOf(path: string): readonly string[] {
  const known = SEGMENTS.get(path);
  if (known !== undefined) return known;
  const segments = path.split('.');
  SEGMENTS.set(path, segments);
  return segments;
}

/**
 * Every value of a message at `path`; `[]` stands for each item of a list. What is not there is located all the same,
 * with `undefined`; a list that is absent or empty is located once, as itself.
 */
export function locate(message: JsonObject, path: string): Located[] {
  return walk(rootOf(message), '', segmentsOf(path));
}

/** The items of a virtual-account message, request or acknowledgement; `undefined` where it has no such list. */
export function virtualAccountsOf(message: JsonObject): readonly JsonObject[] | undefined {
  const root = rootOf(message);
  for (const name of ['virtualAccountResponseList', 'virtualAccountList', 'body']) {
    const list = fieldOf(fieldOf(root, name), 'virtualAccount');
    if (Array.isArray(list)) return list.map((item: unknown) => (isJsonObject(item) ? item : {}));
    if (isJsonObject(list)) return [list];
  }
  return undefined;
}
