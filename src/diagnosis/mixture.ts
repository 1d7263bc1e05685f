import type { FaultCount, PassiveFacts } from './facts.ts';
import { troubledFaults, type Lead } from './signals.ts';

/** Share of the last failures from which one fault stands for them all. */
const MAJORITY = 0.5;

/** The last failures by their fault, the leading one first, where there are others beside it; none where it is alone. */
export function mixtureOf(facts: PassiveFacts, lead: Lead | undefined): readonly FaultCount[] {
  const faults = troubledFaults(facts);
  const leading = faults.find(({ fault }) => fault === lead?.fault);
  if (leading === undefined || faults.length === 1) return [];
  return [leading, ...faults.filter((each) => each !== leading)];
}

/** Whether no fault makes up most of the last failures, so that none of them tells what is wrong. */
export function isMixed([leading, ...others]: readonly FaultCount[]): boolean {
  if (leading === undefined) return false;
  const all = others.reduce((sum, { count }) => sum + count, leading.count);
  return leading.count / all < MAJORITY;
}

/** Faults and their numbers in one line: `body-html 2, body-cut 1`. */
export function mixtureText(mixture: readonly FaultCount[]): string {
  return mixture.map(({ fault, count }) => `${fault} ${String(count)}`).join(', ');
}
