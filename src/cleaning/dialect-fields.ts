import type { BrokerProfile } from '../model/broker.ts';
import { codeKey, type Dialect, type Path } from '../model/dialect.ts';
import type { Place } from '../model/place.ts';

/** How a broker's dialect uses fields and headers; names in lower case. */
export interface DialectFields {
  /** Names whose values answers are judged by, wherever they stand: codes, TRCODEs, signs of a next page. */
  readonly kept: ReadonlySet<string>;
  /** Names of the keys of pages. */
  readonly pageKeys: ReadonlySet<string>;
  /** Whether a code or a TRCODE of the broker stands at that path of a message. */
  readonly isCodeAt: (path: Path) => boolean;
  /** Whether the dialect names that code. */
  readonly isListed: (code: string) => boolean;
}

function nameOf(place: Place): string {
  return (place.kind === 'header' ? place.name : (place.path.at(-1) ?? '')).toLowerCase();
}

function isAt(path: Path, place: Path): boolean {
  return (
    path.length === place.length &&
    place.every((name, at) => (name.startsWith('*') ? path[at]?.endsWith(name.slice(1)) : path[at] === name))
  );
}

/** Paths of codes and finer codes, from the top of a message. */
function codePaths({ envelopes }: Dialect): Path[] {
  return envelopes.flatMap(({ block = [], codes, detail }) =>
    [...codes, ...(detail === undefined ? [] : [detail])].map((path) => [...block, ...path]),
  );
}

function listedIn(dialect: Dialect, code: string): boolean {
  const key = codeKey(code.trim(), dialect.comparesNumbers);
  const isSuccess = dialect.envelopes.some(({ success }) => success.has(key));
  return isSuccess || dialect.respCodes.has(key) || dialect.empty.has(key);
}

/** What the dialect of a broker says of the fields of its messages. */
export function dialectFields({ trCodeAt, dialect, paging }: BrokerProfile): DialectFields {
  const trCodes = [trCodeAt?.request, trCodeAt?.response].flatMap((place) => place ?? []);
  const flags = [paging?.requestFlag?.place, paging?.responseFlag?.place].flatMap((place) => place ?? []);
  const codes = dialect === undefined ? [] : codePaths(dialect);
  const atPaths = [...codes, ...trCodes.flatMap((place) => (place.kind === 'path' ? [place.path] : []))];
  return {
    kept: new Set([...[...trCodes, ...flags].map(nameOf), ...codes.map((path) => path.at(-1)?.toLowerCase() ?? '')]),
    pageKeys: new Set((paging?.keys ?? []).flatMap(({ from, to }) => [nameOf(from), nameOf(to)])),
    isCodeAt: (path) => atPaths.some((place) => isAt(path, place)),
    isListed: (code) => dialect !== undefined && listedIn(dialect, code),
  };
}
