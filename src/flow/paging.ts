import type { Place } from '../model/broker.ts';
import { textOf, type JsonObject } from '../model/json.ts';
import type { Paging, Placed } from '../model/paging.ts';
import type { WireRequest } from '../model/wire.ts';
import { valueAt } from './envelope.ts';
import { withValueAt } from './prepare.ts';

type Headers = Readonly<Record<string, string>>;

/** What stands at a place of an answer, blanks and all; `undefined` where it carries no value. */
function placed(place: Place, headers: Headers, message: JsonObject): string | undefined {
  const value = place.kind === 'header' ? headers[place.name] : valueAt(message, place.path);
  return textOf(value) === undefined ? undefined : String(value);
}

function hasMore({ responseFlag }: Paging, headers: Headers, message: JsonObject, hasKeys: boolean): boolean {
  if (responseFlag === undefined) return hasKeys;
  const flag = placed(responseFlag.place, headers, message)?.trim();
  return flag !== undefined && (responseFlag.more?.includes(flag) ?? true);
}

/** What the first request of a list sends beside its message. */
export function firstPage({ requestFlag }: Paging): readonly Placed[] {
  const { place, first } = requestFlag ?? {};
  return place === undefined || first === undefined ? [] : [{ place, value: first }];
}

/** What the next request of a list sends, as this answer has it; `undefined` at its end. Pure. */
export function nextPage(paging: Paging, headers: Headers, message: JsonObject): readonly Placed[] | undefined {
  const keys = paging.keys.flatMap(({ from, to }) => {
    const value = placed(from, headers, message);
    return value === undefined ? [] : [{ place: to, value }];
  });
  if (!hasMore(paging, headers, message, keys.length > 0)) return undefined;
  const { requestFlag } = paging;
  return requestFlag === undefined ? keys : [{ place: requestFlag.place, value: requestFlag.next }, ...keys];
}

/** A request with values that stand beside its message: flags and keys of a page. Those at a path are in the message. */
export function withHeaders(request: WireRequest, placed: readonly Placed[]): WireRequest {
  const headers = placed.flatMap(({ place, value }) => (place.kind === 'header' ? [[place.name, value] as const] : []));
  return headers.length === 0
    ? request
    : { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
}

/** A message with the values in it that belong there. */
export function withPlaced(message: JsonObject, placed: readonly Placed[]): JsonObject {
  return placed.reduce(
    (whole, { place, value }) => (place.kind === 'path' ? withValueAt(whole, place.path, value) : whole),
    message,
  );
}
