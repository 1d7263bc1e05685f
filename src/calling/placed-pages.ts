import { firstPage } from '../flow/paging.ts';
import type { Operation } from '../model/operation.ts';
import type { Paging, Placed } from '../model/paging.ts';
import type { Reply } from '../model/reply.ts';
import { pageRepeated } from './pages.ts';

/** One page, and what the request for the next one sends. */
export interface Page {
  readonly reply: Reply;
  readonly next: readonly Placed[] | undefined;
}

/**
 * The pages of a list that goes on as the broker's dialect says, one call each, until an answer says that there are no more.
 * What comes a second time ends it with 3011.
 *
 * @throws TypeError for a write.
 */
export async function* placedPages(
  paging: Paging,
  operation: Operation,
  ask: (placed: readonly Placed[]) => Promise<Page>,
): AsyncGenerator<Reply, void, undefined> {
  if (operation.kind === 'write') throw new TypeError(`operation: expected a read, and ${operation.name} is a write`);
  const asked = new Set<string>();
  for (let placed = firstPage(paging); ;) {
    asked.add(JSON.stringify(placed));
    const { reply, next } = await ask(placed);
    yield reply;
    if (next === undefined) return;
    if (asked.has(JSON.stringify(next))) throw pageRepeated(reply.meta);
    placed = next;
  }
}
