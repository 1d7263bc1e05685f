import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { DiagnosisVerdict } from '../diagnosis/verdicts.ts';

/** What `diagnose` exits with. */
export const DIAGNOSE_EXIT = { healthy: 0, degraded: 1, down: 2, ours: 3, inconclusive: 4 } as const;

type ExitName = keyof typeof DIAGNOSE_EXIT;

const BY_VERDICT: Readonly<Record<DiagnosisVerdict, ExitName>> = {
  'broker-down': 'down',
  path: 'down',
  maintenance: 'down',
  'our-credentials': 'ours',
  'our-side': 'ours',
  'operation-broken': 'degraded',
  'broker-degraded': 'degraded',
  inconclusive: 'inconclusive',
  healthy: 'healthy',
};

/** Of several brokers the worst counts: in this order. */
const WORST_FIRST: readonly ExitName[] = ['down', 'ours', 'degraded', 'inconclusive', 'healthy'];

function nameOf({ verdict, signals }: Diagnosis): ExitName {
  return verdict === 'path' && signals.extent !== 'all' ? 'degraded' : BY_VERDICT[verdict];
}

/** The exit code of a command that diagnosed these brokers. */
export function exitOf(diagnoses: readonly Diagnosis[]): number {
  const names = new Set(diagnoses.map(nameOf));
  return DIAGNOSE_EXIT[WORST_FIRST.find((name) => names.has(name)) ?? 'inconclusive'];
}
