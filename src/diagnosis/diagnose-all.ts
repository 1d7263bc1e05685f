import { diagnose, type Case } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import { otherOf } from './signals.ts';

/** Diagnoses brokers side by side, in the order given: each is the others' control group. Pure; never throws. */
export function diagnoseAll(cases: readonly Omit<Case, 'others'>[]): Diagnosis[] {
  const looks = cases.map(({ facts, probe }) => otherOf(facts, probe));
  return cases.map((each, index) => diagnose({ ...each, others: looks.filter((_, other) => other !== index) }));
}
