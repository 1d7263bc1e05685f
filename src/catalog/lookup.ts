import { ERROR_CATALOG, EXCO, type CatalogRow, type ExcoCode } from './tables.ts';

const BY_CODE: ReadonlyMap<number, CatalogRow> = new Map(ERROR_CATALOG.map((row) => [row.code, row]));

/** Lowest and highest code a broker may answer with for an error of its own (table C runs from 4000 to 7000). */
const BROKER_CODES = { lowest: 4000, highest: 7999 } as const;

/** respCode of a success (table C, first row). */
export const OK_CODE = 200;

/**
 * The row of the standard with this code; all 51 codes are distinct.
 *
 * @example findError(4001)?.message; // 'Account Not Found'
 */
export function findError(code: number): CatalogRow | undefined {
  return BY_CODE.get(code);
}

/** The row of table B with this code; total, since the type allows no other. */
export function excoRow(code: ExcoCode): CatalogRow {
  const row = BY_CODE.get(code);
  if (row === undefined) throw new RangeError(`No row of table B has the code ${String(code)}.`);
  return row;
}

/** Whether `code` is one the linkage server itself may answer with (table B). */
export function isExcoCode(code: number): code is ExcoCode {
  return EXCO.some((row) => row.code === code);
}

/** Whether `code` lies where a broker's own errors lie: 4000 to 7999, listed or not. */
export function isBrokerCode(code: number): boolean {
  return Number.isInteger(code) && code >= BROKER_CODES.lowest && code <= BROKER_CODES.highest;
}
