import type { FaultCalls } from './diagnosis.ts';
import type { PassiveFacts } from './facts.ts';
import { troubledFaults, type Lead } from './signals.ts';

/** Share of the last failures from which one fault stands for them all. */
const MAJORITY = 0.5;

/** The last failures by their fault, the leading one first, where there are others beside it; none where it is alone. */
export function mixtureOf(facts: PassiveFacts, lead: Lead | undefined): readonly FaultCalls[] {
  const faults = troubledFaults(facts).map(({ fault, count }): FaultCalls => ({ fault, calls: count }));
  const leading = faults.find(({ fault }) => fault === lead?.fault);
  if (leading === undefined || faults.length === 1) return [];
  return [leading, ...faults.filter((each) => each !== leading)];
}

/** Whether no fault makes up most of the last failures, so that none of them tells what is wrong. */
export function isMixed([leading, ...others]: readonly FaultCalls[]): boolean {
  if (leading === undefined) return false;
  const all = others.reduce((sum, { calls }) => sum + calls, leading.calls);
  return leading.calls / all < MAJORITY;
}

/** Faults and their numbers in one line: `body-html 2, body-cut 1`. */
export function mixtureText(mixture: readonly FaultCalls[]): string {
  return mixture.map(({ fault, calls }) => `${fault} ${String(calls)}`).join(', ');
}
