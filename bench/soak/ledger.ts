import type { Built } from '../built.ts';
import type { PlannedCall } from './plan.ts';

/** What a write came to, as its caller was told. */
export type WriteEnd = 'ok' | 'not-executed' | 'rejected' | 'unknown' | 'given up';

type Judging = Pick<Built, 'findError' | 'FAULTS' | 'isExcoError'>;

/** Fields of the standard's error body. */
const BODY_FIELDS: ReadonlySet<string> = new Set(['category', 'code', 'message', 'description']);

/** Violations that are kept with their words; the rest are counted. */
const MOST_KEPT = 20;

/** What became of every call, and everything about it that must not be. */
export class Ledger {
  readonly #package: Judging;
  /** How often calls ended in each way: `200 answered`, `3005 response-timeout`. */
  readonly outcomes = new Map<string, number>();
  readonly faults = new Set<string>();
  readonly writes = new Map<string, WriteEnd>();
  readonly unclassified: string[] = [];
  readonly foreign: string[] = [];
  /** Units that were over while something still listened to their signal. */
  readonly listening: string[] = [];
  unclassifiedCount = 0;
  foreignCount = 0;
  ended = 0;

  constructor(judging: Judging) {
    this.#package = judging;
  }

  /** An answer was handed on; it must be the one to this call. */
  answered(call: PlannedCall, data: unknown): void {
    this.#count('200 answered');
    this.#write(call, 'ok');
    if (JSON.stringify(data).includes(`"reqIdConsumer":"${call.id}"`)) return;
    this.foreignCount += 1;
    if (this.foreign.length < MOST_KEPT) this.foreign.push(`${call.id} at ${call.broker}: ${JSON.stringify(data)}`);
  }

  /** A call failed with something, which must be a standard error. */
  failed(call: PlannedCall, error: unknown): void {
    const mistake = this.#mistakeOf(call, error);
    if (mistake !== undefined) {
      this.unclassifiedCount += 1;
      if (this.unclassified.length < MOST_KEPT) this.unclassified.push(`${call.id} at ${call.broker}: ${mistake}`);
    }
    if (!this.#package.isExcoError(error)) {
      this.#count('unclassified');
      return;
    }
    this.faults.add(error.fault);
    this.#count(`${error.code} ${error.fault}`);
    this.#write(call, error.outcome);
  }

  /** The caller gave the call up. */
  givenUp(call: PlannedCall): void {
    this.#count('given up by the caller');
    this.#write(call, 'given up');
  }

  /** A unit is over, and something still listens to its caller's signal. */
  stillListening(id: string, listeners: number): void {
    if (listeners > 0 && this.listening.length < MOST_KEPT)
      this.listening.push(`${id}: ${listeners} listeners on its signal`);
  }

  #count(outcome: string): void {
    this.ended += 1;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  #write({ id, isWrite }: PlannedCall, end: WriteEnd): void {
    if (isWrite) this.writes.set(id, end);
  }

  #mistakeOf({ broker, mistake }: PlannedCall, error: unknown): string | undefined {
    const { isExcoError, findError, FAULTS } = this.#package;
    if (!isExcoError(error))
      return `expected a standard error: ${error instanceof Error ? error.stack : String(error)}`;
    const { category, code, message, fault, httpStatus } = error;
    const row = findError(code);
    if (row === undefined) return `expected a code of the table: ${code}`;
    if (fault !== 'standard' && !Object.hasOwn(FAULTS, fault)) return `expected a row of the fault table: ${fault}`;
    if (fault === 'internal') return `expected no fault of ours: ${error.stack ?? message}`;
    if (message !== row.message) return `expected the text of ${code}: ${message}`;
    if (category !== 'op-exco' && category !== broker) return `expected a category of the standard: ${category}`;
    if (!(httpStatus >= 400 && httpStatus < 600)) return `expected an HTTP status of an error: ${httpStatus}`;
    if (mistake !== undefined && fault !== mistake) return `expected ${mistake}: ${fault}`;
    const odd = Object.keys(error.toJSON()).find((field) => !BODY_FIELDS.has(field));
    return odd === undefined ? undefined : `expected no field beside the standard's: ${odd}`;
  }
}
