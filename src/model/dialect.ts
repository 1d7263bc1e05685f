import type { Fault } from '../catalog/faults.ts';

/** Names that lead to a value in a message; one that begins with `*` is the only field whose name ends so. */
export type Path = readonly string[];

/** What a broker's own document advises after a code of its own; what the connector does follows from the fault. */
export const RETRY_WORDS = ['no', 'backoff', 'token', 'token60', 'later', 'fix', 'verify'] as const;

export type RetryWord = (typeof RETRY_WORDS)[number];

/** A code of a broker in the standard's terms. */
export interface MappedCode {
  /** Code of the standard. */
  readonly code: number;
  readonly fault: Fault;
  readonly retry?: RetryWord;
  /** Whether the code says for certain that nothing was done. Where not, the outcome of a write stays unknown. */
  readonly isRefusal: boolean;
}

/** A code of a broker, known by its form instead of its name. */
export interface MappedPattern {
  readonly pattern: RegExp;
  readonly mapped: MappedCode;
}

/** Where an answer states its result. */
export interface Envelope {
  /** The block all other paths start from; where it stands, the envelope is there, with or without a code. */
  readonly block?: Path;
  /** Paths of the code; the first that leads to anything. */
  readonly codes: readonly Path[];
  readonly detail?: Path;
  readonly message?: Path;
  readonly reason?: Path;
  /** Paths that must hold a text, else this is another message. */
  readonly requires: readonly Path[];
  readonly success: ReadonlySet<string>;
}

/** How a broker words its result, every path and pattern made ready. */
export interface Dialect {
  /** Tried in order. */
  readonly envelopes: readonly Envelope[];
  /** Find a finer code inside the text. */
  readonly detailPatterns: readonly RegExp[];
  /** Codes that mean "no rows": a success. */
  readonly empty: ReadonlySet<string>;
  readonly respCodes: ReadonlyMap<string, MappedCode>;
  readonly respPatterns: readonly MappedPattern[];
  /** What is listed nowhere. */
  readonly otherwise?: MappedCode;
  /** By HTTP status, where no code was found. */
  readonly statusCodes: ReadonlyMap<number, MappedCode>;
  /** A 2xx answer without any code is a success, given one of `requireAnyOf` where that is not empty. */
  readonly successWhenAbsent: boolean;
  readonly requireAnyOf: readonly Path[];
  /** `00200`, `200.0` and 200 are one code. */
  readonly comparesNumbers: boolean;
  /** Numbers from 4000 to 7999 that are listed nowhere are the standard's own. */
  readonly passesStandardCodes: boolean;
}

const NUMERIC = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

/** The number a code is, or `undefined` where it is a word. */
export function numberOf(code: string): number | undefined {
  return NUMERIC.test(code) ? Number(code) : undefined;
}

/** A code as it is looked up: the same for every way of writing it that the dialect holds to be one. */
export function codeKey(code: string, comparesNumbers: boolean): string {
  const number = comparesNumbers ? numberOf(code) : undefined;
  return number === undefined ? code : String(number);
}
