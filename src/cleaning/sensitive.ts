import type { BrokerProfile } from '../model/broker.ts';
import { textOf } from '../model/json.ts';
import { PERSONAL_FIELDS } from '../model/redact.ts';

/** What becomes of a scalar: stays, gets a stand-in, gets another number, or is searched as free text. */
export type Sensitivity = 'kept' | 'personal' | 'figure' | 'words';

/** What a person holds and has ordered, and the keys of pages, which brokers make of account and date. */
const FINANCIAL: ReadonlySet<string> = new Set(
  [
    ...['isinCode', 'qrIsinCode', 'isinName', 'assetName', 'fundCode', 'fundName', 'groupName', 'summary', 'subject'],
    ...['orderNo', 'orgOrderNo', 'qrOrderNo', 'execNo', 'page'],
  ].map((name) => name.toLowerCase()),
);

/** What a message is judged by, and what says how long a list is. */
const STRUCTURAL: readonly string[] = [
  ...['respCode', 'resCode', 'code', 'trCode', 'comId', 'srvId', 'status', 'httpStatus'],
  ...['count', 'totalCnt', 'totalCount', 'successCount', 'failCount'],
];

/** A code or a count; longer than that, what stands in a field of that name is something else. */
const STRUCTURE = /^(?:[+-]?\d{1,6}(?:\.0{1,6})?|[A-Za-z][\w.-]{0,15})$/;

const DATED = /(?:date|time)$/;
const DATE = /^(?:19|20|99)\d\d[-./]?(?:0[1-9]|1[0-2]|99)[-./]?(?:0[1-9]|[12]\d|3[01]|99)(?:[ T]?[\d:.]{4,12})?$/;

const NUMBER = /^[+-]?\d{1,30}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/;

/** Names of amounts, prices and quantities; under other names only a number of four digits or more is taken for one. */
const OF_FIGURES =
  /^d[12]$|qty|quantity|amt|amount|price|val|cost|cash|deposit|balance|margin|rate|sum|loan|credit|loss|profit|fee|tax|receivable|substit/;
const LONG_NUMBER = 4;

/** Shortest key of a page that is no plain page number. */
const SHORTEST_PAGE = 4;

/** Names of fields, in lower case, whose values a broker's answers are judged by. */
export function keptNames({ trCodeAt, dialect }: BrokerProfile): ReadonlySet<string> {
  const places = [trCodeAt?.request, trCodeAt?.response].map((place) =>
    place?.kind === 'path' ? place.path.at(-1) : place?.name,
  );
  const paths = (dialect?.envelopes ?? [])
    .flatMap(({ codes, detail = [] }) => [...codes, detail])
    .map((path) => path.at(-1));
  return new Set(
    [...STRUCTURAL, ...places, ...paths].flatMap((name) => (name === undefined ? [] : [name.toLowerCase()])),
  );
}

/** Whether a field of that name is personal whatever stands in it. */
export function isPersonalName(name: string): boolean {
  return PERSONAL_FIELDS.has(name.toLowerCase());
}

/** How the value of a field is to be treated; `kept` are the names that answers are judged by. */
export function sensitivityOf(name: string, value: string, kept: ReadonlySet<string>): Sensitivity {
  const key = name.toLowerCase();
  const text = textOf(value);
  if (text === undefined) return 'kept';
  if (PERSONAL_FIELDS.has(key)) return 'personal';
  if (FINANCIAL.has(key)) return key === 'page' && text.length < SHORTEST_PAGE ? 'kept' : 'personal';
  if (kept.has(key) && STRUCTURE.test(text)) return 'kept';
  if (DATED.test(key) && DATE.test(text)) return 'kept';
  if (!NUMBER.test(text)) return 'words';
  return OF_FIGURES.test(key) || text.replace(/\D/g, '').length >= LONG_NUMBER ? 'figure' : 'kept';
}
