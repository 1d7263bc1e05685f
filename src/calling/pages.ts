import { valueAt } from '../flow/envelope.ts';
import { bodiesOf, rootOf } from '../flow/fields.ts';
import { withValueAt } from '../flow/prepare.ts';
import { translate } from '../flow/translate.ts';
import { fieldOf, isJsonObject, textOf, type JsonObject } from '../model/json.ts';
import type { Operation } from '../model/operation.ts';
import type { Reply } from '../model/reply.ts';

/** Page key of the first request, and of the last answer (wire facts, section 2.3). */
const NO_PAGE = 'null';

const QUERY_BLOCKS = ['queryType', 'queryParams', 'queryParameter', 'requestParameters'] as const;

/** Path of the query block of a message: the one it has, else the one its operation is documented with. */
function queryPath(message: JsonObject, operation: Operation): readonly string[] | undefined {
  const root = rootOf(message);
  const outer = root === message ? [] : Object.keys(message);
  for (const key of Object.keys(root).filter((name) => name.endsWith('RequestBody') || name === 'body')) {
    const block = QUERY_BLOCKS.find((name) => isJsonObject(fieldOf(fieldOf(root, key), name)));
    if (block !== undefined) return [...outer, key, block];
  }
  return operation.query === undefined ? undefined : [...outer, ...operation.query];
}

/** The page key of a query answer; `undefined` at the end of the list. */
export function nextPage(answer: JsonObject): string | undefined {
  const roots = [answer, ...bodiesOf(answer)];
  return textOf(fieldOf(roots.map((root) => fieldOf(root, 'queryResult')).find(isJsonObject), 'page'));
}

/** A page key that came a second time: following it would never end. */
export function pageRepeated({ broker, operation, requestId, attempts, httpStatus }: Reply['meta']) {
  return translate(
    { kind: 'fault', fault: 'page-repeated', phase: 'message', sent: 'yes', brokerHttpStatus: httpStatus },
    { broker, operation, requestId, attempts, kind: 'read' },
  );
}

/**
 * The pages of a query, one call each, until the broker says there are no more. An operation that is not known is asked
 * for once all the same, so that the call says so.
 *
 * @throws TypeError for a write, and for a message whose query block cannot be told.
 */
export async function* pagesOf(
  operation: Operation | undefined,
  message: JsonObject,
  ask: (message: JsonObject) => Promise<Reply>,
): AsyncGenerator<Reply, void, undefined> {
  if (operation === undefined) {
    yield ask(message);
    return;
  }
  const path = queryPath(message, operation);
  if (operation.kind === 'write') throw new TypeError(`operation: expected a read, and ${operation.name} is a write`);
  if (path === undefined)
    throw new TypeError(`message: expected a query block (${QUERY_BLOCKS.join(', ')}) in a request body`);
  const asked = new Set<string>();
  for (let page = textOf(valueAt(message, [...path, 'page'])) ?? NO_PAGE; ;) {
    asked.add(page);
    const reply = await ask(withValueAt(message, [...path, 'page'], page));
    yield reply;
    const next = nextPage(reply.data);
    if (next === undefined) return;
    if (asked.has(next)) throw pageRepeated(reply.meta);
    page = next;
  }
}
