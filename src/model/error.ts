import type { Blame, Fault } from '../catalog/faults.ts';
import type { Detail } from './verdict.ts';
import type { Phase, Sent } from './wire.ts';

/** What became of what was asked: nothing was done, the broker said no, or a write may have happened. */
export type EffectOutcome = 'not-executed' | 'rejected' | 'unknown';

/** The standard's error body: these fields and no others (section "Error Message Format"). */
export interface StandardErrorBody {
  /** `op-exco`, or the broker's alias for the broker's own codes. */
  category: string;
  code: number;
  message: string;
  /** Left out when there is nothing to add. */
  description?: string;
}

/** Everything an `ExcoError` says beside the four fields. */
export interface ErrorFacts {
  /** HTTP status of the standard's row, for our own answer. */
  readonly httpStatus: number;
  /** Row of the fault table; `standard` for an error that the linkage server states itself. */
  readonly fault: Fault | 'standard';
  readonly phase: Phase;
  readonly sent: Sent;
  readonly outcome: EffectOutcome;
  readonly blame: Blame;
  readonly broker?: string;
  readonly operation?: string;
  readonly requestId?: string;
  /** The broker's code as it came. */
  readonly brokerCode?: number | string;
  /** HTTP status the broker answered with. */
  readonly brokerHttpStatus?: number;
  /** Milliseconds after which it is worth asking again. */
  readonly retryAfterMs?: number;
  /** Requests sent or tried, the first included; 0 when nothing was dialled. */
  readonly attempts: number;
  readonly detail?: Detail;
}

/** Shared by every copy of the package in a process, unlike the class. */
const BRAND = Symbol.for('op-exco-connector.ExcoError');

/**
 * The one error a call can fail with: the standard's four fields, and what the person on call needs to know.
 *
 * @example
 * JSON.stringify(error); // '{"category":"op-exco","code":3600,"message":"Target Company Service Unavailable"}'
 * error.fault; // 'connect-refused'
 * error.blame; // 'broker'
 * console.log(error.toLog());
 */
export class ExcoError extends Error implements StandardErrorBody, ErrorFacts {
  override readonly name = 'ExcoError';
  readonly category: string;
  readonly code: number;
  declare readonly description?: string;
  readonly httpStatus: number;
  readonly fault: Fault | 'standard';
  readonly phase: Phase;
  readonly sent: Sent;
  readonly outcome: EffectOutcome;
  readonly blame: Blame;
  declare readonly broker?: string;
  declare readonly operation?: string;
  declare readonly requestId?: string;
  declare readonly brokerCode?: number | string;
  declare readonly brokerHttpStatus?: number;
  declare readonly retryAfterMs?: number;
  readonly attempts: number;
  declare readonly detail?: Detail;

  constructor(body: StandardErrorBody, facts: ErrorFacts, cause?: unknown) {
    super(body.message, cause === undefined ? undefined : { cause });
    const { category, code, description } = body;
    this.category = category;
    this.code = code;
    if (description !== undefined && description !== '') this.description = description;
    this.httpStatus = facts.httpStatus;
    this.fault = facts.fault;
    this.phase = facts.phase;
    this.sent = facts.sent;
    this.outcome = facts.outcome;
    this.blame = facts.blame;
    this.attempts = facts.attempts;
    const { broker, operation, requestId, brokerCode, brokerHttpStatus, retryAfterMs, detail } = facts;
    Object.assign(
      this,
      withoutAbsent({ broker, operation, requestId, brokerCode, brokerHttpStatus, retryAfterMs, detail }),
    );
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The wire form: the standard's four fields and nothing else. */
  toJSON(): StandardErrorBody {
    const { category, code, message, description } = this;
    return { category, code, message, ...(description !== undefined && { description }) };
  }

  /** One flat object for a logger, without personal data: no texts but the standard's own and the cleaned description. */
  toLog(): Record<string, string | number> {
    const { category, code, message, description, httpStatus, fault, phase, sent, outcome, blame } = this;
    const { broker, operation, requestId, brokerCode, brokerHttpStatus, retryAfterMs, attempts } = this;
    const always = { category, code, message, httpStatus, fault, phase, sent, outcome, blame, attempts };
    const known = { description, broker, operation, requestId, brokerCode, brokerHttpStatus, retryAfterMs };
    return { ...always, ...withoutAbsent(known) };
  }
}

function withoutAbsent<T>(fields: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

/**
 * Whether `value` is an `ExcoError`, of this copy of the package or another.
 *
 * @example
 * isExcoError(error); // true
 * isExcoError(new Error('anything else')); // false
 */
export function isExcoError(value: unknown): value is ExcoError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
