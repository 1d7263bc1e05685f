import type { Blame, Fault } from '../../../src/catalog/faults.ts';
import type { DiagnosisVerdict } from '../../../src/diagnosis/verdicts.ts';

/** What the judge is told: whom to call, how often, and whether the other brokers are there too. */
export interface Scene {
  readonly baseUrl: string;
  readonly isShared: boolean;
  /** Calls to each of them. */
  readonly calls: number;
}

/** What a diagnosis comes to. */
export interface Judgement {
  readonly verdict: DiagnosisVerdict;
  readonly blame: Blame | undefined;
  readonly phase: string | undefined;
  readonly fault: Fault | undefined;
}

/** What the judge prints. */
export interface Told {
  /** By calls and a probe, and by the calls alone. */
  readonly active: Judgement;
  readonly alone: Judgement;
  /** The system's word for the failure of the probe; absent where its time was over. */
  readonly code?: string;
  /** Time of the diagnosis with a probe, in milliseconds. */
  readonly tookMs: number;
}
