import { findError } from '../catalog/lookup.ts';
import { codeKey, type MappedCode } from '../model/dialect.ts';
import { knowsSuccesses, mappedCode, withResult } from './compile.ts';
import type { CodeRowOptions, DialectOptions, MappedCodeOptions, SourceOptions } from './form.ts';

/** A row with everything that is known of it. */
export interface ExplainedRow {
  /** The code or the pattern, as the table has it. */
  readonly theirs: string;
  readonly mapped: MappedCode;
  readonly row: CodeRowOptions;
  readonly source?: SourceOptions;
}

/** What a dialect says of a code. */
export type Explanation =
  | ({ readonly kind: 'listed' | 'pattern' | 'otherwise' } & ExplainedRow)
  | { readonly kind: 'success' | 'empty' | 'unknown' };

function explained(
  theirs: string,
  options: MappedCodeOptions,
  dialect: DialectOptions,
  isListed: boolean,
): ExplainedRow {
  const { sources = {} } = dialect;
  const row = typeof options === 'number' ? { code: options } : options;
  const source = row.source === undefined ? undefined : sources[row.source];
  return {
    theirs,
    row,
    mapped: mappedCode(row, isListed || knowsSuccesses(dialect)),
    ...(source !== undefined && { source }),
  };
}

/** Every code a dialect lists, in the order of its table. */
export function listedCodes(options: DialectOptions): ExplainedRow[] {
  return Object.entries(options.respCodes ?? {}).map(([code, row]) => explained(code, row, options, true));
}

/** Every pattern of codes in a dialect, in its order. */
export function listedPatterns(options: DialectOptions): ExplainedRow[] {
  return (options.respPatterns ?? []).map(({ pattern, ...row }) => explained(pattern, row, options, false));
}

/** Codes of a success in any envelope of the dialect, and those that mean "no rows". */
export function successCodes(options: DialectOptions): { readonly success: string[]; readonly empty: string[] } {
  const { result, alternates = [] } = withResult(options);
  const success = [result, ...alternates].flatMap((envelope) => envelope.success ?? []);
  return { success: [...new Set(success)], empty: options.empty ?? [] };
}

/** What a dialect makes of one code of the broker. Pure. */
export function explainCode(code: string, options: DialectOptions): Explanation {
  const comparesNumbers = withResult(options).compare === 'number';
  const key = codeKey(code.trim(), comparesNumbers);
  const isKey = (each: string) => codeKey(each, comparesNumbers) === key;
  const { success, empty } = successCodes(options);
  if (success.some(isKey)) return { kind: 'success' };
  if (empty.some(isKey)) return { kind: 'empty' };
  const listed = listedCodes(options).find(({ theirs }) => isKey(theirs));
  if (listed !== undefined) return { kind: 'listed', ...listed };
  const pattern = listedPatterns(options).find(({ theirs }) => new RegExp(theirs, 'u').test(key));
  if (pattern !== undefined) return { kind: 'pattern', ...pattern };
  if (options.otherwise === undefined) return { kind: 'unknown' };
  return { kind: 'otherwise', ...explained(code, options.otherwise, options, false) };
}

/** Whether a code, or a status that stands for one, is anything a dialect has words for. */
export function isKnownCode(code: string, options: DialectOptions): boolean {
  if (['listed', 'pattern', 'success', 'empty'].includes(explainCode(code, options).kind)) return true;
  if (Object.hasOwn(options.statusCodes ?? {}, code)) return true;
  return withResult(options).standardCodes === true && findError(Number(code)) !== undefined;
}
