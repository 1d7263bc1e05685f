import type { Fault } from '../catalog/faults.ts';
import { codeKey, type Dialect, type Envelope, type MappedCode, type Path, type RetryWord } from '../model/dialect.ts';
import type { DialectOptions, EnvelopeOptions, MappedCodeOptions } from './form.ts';
import { PLATFORM } from './platform.ts';

/** Faults that a mapping to one of our own codes stands for, where it names none. */
const BY_CODE: ReadonlyMap<number, Fault> = new Map<number, Fault>([
  [3600, 'broker-unavailable'],
  [3004, 'broker-unavailable'],
  [3005, 'broker-timeout'],
  [3999, 'credentials-refused'],
]);

/** Advice under which 3999 is about credentials; under any other it is a fault inside the broker. */
const ABOUT_CREDENTIALS: readonly (RetryWord | undefined)[] = ['token', 'token60', 'fix', undefined];

function faultOf(code: number, retry: RetryWord | undefined): Fault {
  const fault = BY_CODE.get(code) ?? 'broker-error';
  return fault === 'credentials-refused' && !ABOUT_CREDENTIALS.includes(retry) ? 'broker-unavailable' : fault;
}

/** A row of a table, its fault filled in. `isCertain`: a code it stands for can be no success that nobody listed. */
export function mappedCode(options: MappedCodeOptions, isCertain: boolean): MappedCode {
  const { code, fault, retry } = typeof options === 'number' ? { code: options } : options;
  return {
    code,
    fault: fault ?? faultOf(code, retry),
    ...(retry !== undefined && { retry }),
    isRefusal: isCertain && retry !== 'verify',
  };
}

/** The names on a dotted path. */
export function pathOf(text: string): Path {
  return text.split('.');
}

function envelopeOf(options: EnvelopeOptions, defaults: readonly string[], keyOf: (code: string) => string): Envelope {
  const { block, code, detail, message, reason, requires = [], success = defaults } = options;
  return {
    ...(block !== undefined && { block: pathOf(block) }),
    codes: (typeof code === 'string' ? [code] : code).map(pathOf),
    ...(detail !== undefined && { detail: pathOf(detail) }),
    ...(message !== undefined && { message: pathOf(message) }),
    ...(reason !== undefined && { reason: pathOf(reason) }),
    requires: requires.map(pathOf),
    success: new Set(success.map(keyOf)),
  };
}

/** A dialect that says nothing of a result block has the platform's, and what belongs to that. */
export function withResult(options: DialectOptions): DialectOptions & { result: EnvelopeOptions } {
  const { result, alternates = [] } = options;
  if (result !== undefined) return { ...options, result };
  const { compare, standardCodes } = PLATFORM;
  const own = { compare, standardCodes, ...options };
  return { ...own, result: PLATFORM.result, alternates: [...PLATFORM.alternates, ...alternates] };
}

/** Whether the successes of a dialect are known to the last: where codes are the standard's, 200 is the only one. */
export function knowsSuccesses(options: DialectOptions): boolean {
  return withResult(options).standardCodes === true;
}

/**
 * A dialect with every path, set and pattern made, once for a broker. What it says nothing of is the platform's.
 *
 * @throws SyntaxError for a pattern that is none; a checked configuration has no such one.
 */
export function compileDialect(options: DialectOptions): Dialect {
  const { result, alternates = [], otherwise, ...rest } = withResult(options);
  const isCertain = knowsSuccesses(options);
  const comparesNumbers = rest.compare === 'number';
  const keyOf = (code: string) => codeKey(code, comparesNumbers);
  const success = result.success ?? ['200'];
  return {
    envelopes: [result, ...alternates].map((each) => envelopeOf(each, success, keyOf)),
    detailPatterns: (rest.detailPatterns ?? []).map((pattern) => new RegExp(pattern, 'gu')),
    empty: new Set((rest.empty ?? []).map(keyOf)),
    respCodes: new Map(Object.entries(rest.respCodes ?? {}).map(([code, row]) => [keyOf(code), mappedCode(row, true)])),
    respPatterns: (rest.respPatterns ?? []).map(({ pattern, ...row }) => ({
      pattern: new RegExp(pattern, 'u'),
      mapped: mappedCode(row, isCertain),
    })),
    ...(otherwise !== undefined && { otherwise: mappedCode(otherwise, isCertain) }),
    statusCodes: new Map(
      Object.entries(rest.statusCodes ?? {}).map(([status, row]) => [Number(status), mappedCode(row, false)]),
    ),
    successWhenAbsent: rest.successWhenAbsent ?? rest.resultBlock === 'optional',
    requireAnyOf: (rest.requireAnyOf ?? []).map(pathOf),
    comparesNumbers,
    passesStandardCodes: rest.standardCodes === true,
  };
}

/** The platform's own dialect, ready. */
export const PLATFORM_DIALECT: Dialect = compileDialect(PLATFORM);
