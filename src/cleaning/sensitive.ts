import type { Path } from '../model/dialect.ts';
import { textOf } from '../model/json.ts';
import { PERSONAL_FIELDS } from '../model/redact.ts';
import type { DialectFields } from './dialect-fields.ts';

/**
 * What becomes of a scalar: stays, stays as a code of the dialect unless it is somebody's, gets a stand-in, gets another
 * number, or is searched as free text.
 */
export type Sensitivity = 'kept' | 'code' | 'personal' | 'figure' | 'words';

/** What a person holds and has ordered, and the keys of pages, which brokers make of account and date. */
const FINANCIAL: ReadonlySet<string> = new Set(
  [
    ...['isinCode', 'qrIsinCode', 'isinName', 'assetName', 'fundCode', 'fundName', 'groupName', 'summary', 'subject'],
    ...['orderNo', 'orgOrderNo', 'qrOrderNo', 'execNo', 'page'],
  ].map((name) => name.toLowerCase()),
);

/** What a message is judged by, and what says how long a list is. */
const STRUCTURAL: ReadonlySet<string> = new Set(
  [
    ...['respCode', 'resCode', 'code', 'trCode', 'comId', 'srvId', 'status', 'httpStatus'],
    ...['count', 'totalCnt', 'totalCount', 'successCount', 'failCount'],
  ].map((name) => name.toLowerCase()),
);

/** A code or a count; longer than that, what stands in a field of that name is something else. */
const STRUCTURE = /^(?:[+-]?\d{1,6}(?:\.0{1,6})?|[A-Za-z][\w.-]{0,15})$/;

/** A code where the dialect says that one stands: longer ones too, but no number as long as an account. */
const CODE = /^(?:[+-]?\d{1,9}(?:\.0{1,6})?|[A-Za-z][\w.:-]{0,39})$/;

const DATED = /(?:date|time)$/;
const DATE = /^(?:19|20|99)\d\d[-./]?(?:0[1-9]|1[0-2]|99)[-./]?(?:0[1-9]|[12]\d|3[01]|99)(?:[ T]?[\d:.]{4,12})?$/;

const NUMBER = /^[+-]?\d{1,30}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/;

/** Names of amounts, prices and quantities; under other names only a number of four digits or more is taken for one. */
const OF_FIGURES =
  /^d[12]$|qty|quantity|amt|amount|price|val|cost|cash|deposit|balance|margin|rate|sum|loan|credit|loss|profit|fee|tax|receivable|substit/;
const LONG_NUMBER = 4;

/** Shortest key of a page that is no plain page number. */
const SHORTEST_PAGE = 4;

/** Whether a field of that name is personal whatever stands in it. */
export function isPersonalName(name: string): boolean {
  return PERSONAL_FIELDS.has(name.toLowerCase());
}

/** A scalar that is looked at. */
interface Field {
  readonly name: string;
  readonly value: string;
  /** Names of fields from the top of its message; absent below a list, and where only the name is known. */
  readonly path?: Path | undefined;
}

/** A code of any dialect stays, a longer one where the broker's own says so. */
function structureOf({ name, value, path }: Field, fields: DialectFields): 'kept' | 'code' | undefined {
  const isNamed = STRUCTURAL.has(name) || fields.kept.has(name);
  if (isNamed && STRUCTURE.test(value)) return 'kept';
  const isAtPlace = path !== undefined && fields.isCodeAt(path);
  return (isAtPlace && CODE.test(value)) || (isNamed && fields.isListed(value)) ? 'code' : undefined;
}

/** How the value of a field is to be treated; `fields` is what the dialect says of them. */
export function sensitivityOf(field: Field, fields: DialectFields): Sensitivity {
  const key = field.name.toLowerCase();
  const text = textOf(field.value);
  if (text === undefined) return 'kept';
  if (PERSONAL_FIELDS.has(key)) return 'personal';
  const isPageKey = key === 'page' || fields.pageKeys.has(key);
  if (isPageKey || FINANCIAL.has(key)) return isPageKey && text.length < SHORTEST_PAGE ? 'kept' : 'personal';
  const structure = structureOf({ ...field, name: key, value: text }, fields);
  if (structure !== undefined) return structure;
  if (DATED.test(key) && DATE.test(text)) return 'kept';
  if (!NUMBER.test(text)) return 'words';
  return OF_FIGURES.test(key) || text.replace(/\D/g, '').length >= LONG_NUMBER ? 'figure' : 'kept';
}
