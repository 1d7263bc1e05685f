import { diagnose, type Case } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import { otherOf } from './signals.ts';

/** A broker that is diagnosed among others. */
export type Member = Omit<Case, 'others'>;

/**
 * Diagnoses brokers side by side, in the order given: each is the others' control group, and `control` are further
 * brokers that nobody asked about. Pure; never throws.
 */
export function diagnoseAll(members: readonly Member[], control: readonly Member[] = []): Diagnosis[] {
  const looks = [...members, ...control].map(({ facts, probe }) => otherOf(facts, probe));
  return members.map((each, index) => diagnose({ ...each, others: looks.filter((_, other) => other !== index) }));
}
