import type { Operation } from '../model/operation.ts';
import type { Failure } from '../model/verdict.ts';
import { planRepeat } from '../resilience/retry.ts';
import type { Clock } from '../runtime/clock.ts';
import type { NextAttempt } from '../transport/sending.ts';
import type { BrokerGate } from './gate.ts';

/** Whose attempt has failed. */
export interface Repeating {
  readonly gate: BrokerGate;
  readonly operation: Operation;
  readonly clock: Clock;
}

/**
 * The repeat that fault table, settings, time, breakers and budget allow, asked in the order of their cost; takes it.
 * `attempts` were made so far.
 */
export function nextAttempt(
  { gate, operation, clock }: Repeating,
  failure: Failure,
  attempts: number,
  deadlineAtMs: number,
): NextAttempt | undefined {
  const plan = planRepeat(
    {
      fault: failure.fault,
      kind: operation.kind,
      sent: failure.sent,
      attempts,
      ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
      remainingMs: deadlineAtMs - clock.nowMs(),
      random: clock.random(),
    },
    gate.profile.retry,
  );
  if (plan === undefined || gate.isOpen(operation)) return undefined;
  if (plan.isFree) gate.distrustKept();
  else if (!gate.takeRepeat()) return undefined;
  return gate.clearance === undefined ? plan : gate.clearance.paced(plan, operation, deadlineAtMs);
}
