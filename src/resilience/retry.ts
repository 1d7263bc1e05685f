import { faultRow, type Fault, type Repeat } from '../catalog/faults.ts';
import type { RetrySettings } from '../model/broker.ts';
import type { OperationKind } from '../model/operation.ts';
import type { Sent } from '../model/wire.ts';

/** What the decision to repeat an attempt depends on. */
export interface RepeatQuestion {
  readonly fault: Fault;
  readonly kind: OperationKind;
  readonly sent: Sent;
  /** Attempts made so far; first is 1. */
  readonly attempts: number;
  /** Pause the broker asked for, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Time left of the call's deadline, in milliseconds. */
  readonly remainingMs: number;
  /** A number in [0, 1). */
  readonly random: number;
}

/** A repeat: after how long, and whether only a new socket will do. */
export interface RepeatPlan {
  readonly delayMs: number;
  readonly freshSocket: boolean;
  /** A socket that died idle under a read: nothing was asked of the broker, so it costs no budget. */
  readonly isFree: boolean;
}

/** Least time an attempt must have left to be worth starting, in milliseconds. */
const LEAST_ATTEMPT_MS = 20;

/** Repeats of a write that never left, whatever the settings say of reads. */
const WRITE_REPEATS = 1;

function repeatsOf(rule: Repeat, kind: OperationKind, settings: RetrySettings): number {
  if (settings.repeats === 0 || rule === 'no' || rule === 'after-renewal') return 0;
  if (kind === 'write') return WRITE_REPEATS;
  return rule === 'yes' ? settings.repeats : 1;
}

/** Full jitter: anything between nothing and the ceiling, which doubles with every attempt. */
function backoffMs(attempts: number, random: number, { baseMs, capMs }: RetrySettings): number {
  return Math.floor(random * Math.min(capMs, baseMs * 2 ** (attempts - 1)));
}

/** Whether sending a write again cannot execute it twice: it never left, or the answer proves it was not done. */
function isSafe({ fault, kind, sent }: RepeatQuestion): boolean {
  return kind === 'read' || sent === 'no' || faultRow(fault).effect === 'not-executed';
}

/** Whether the settings allow any repeat. */
export function mayRepeatAtAll(settings: RetrySettings | false): boolean {
  return settings !== false && settings.repeats > 0;
}

/** The repeat that the fault table allows after this attempt, or `undefined`: stop here. Pure. */
export function planRepeat(question: RepeatQuestion, settings: RetrySettings | false): RepeatPlan | undefined {
  if (settings === false || !isSafe(question)) return undefined;
  const { fault, kind, sent, attempts, retryAfterMs, remainingMs, random } = question;
  const rule = faultRow(fault)[kind];
  if (attempts > repeatsOf(rule, kind, settings)) return undefined;
  if (rule === 'if-retry-after' && retryAfterMs === undefined) return undefined;
  const isStale = fault === 'reset-before-response' && sent === 'maybe';
  const delayMs = isStale ? 0 : (retryAfterMs ?? backoffMs(attempts, random, settings));
  if (delayMs + LEAST_ATTEMPT_MS > remainingMs) return undefined;
  return { delayMs, freshSocket: rule === 'once-fresh' || isStale, isFree: isStale };
}
