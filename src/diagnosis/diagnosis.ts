import type { Words } from '../catalog/advice.ts';
import type { Blame, Fault } from '../catalog/faults.ts';
import type { ProbeReport } from '../model/probe.ts';
import type { Phase } from '../model/wire.ts';
import type { CallMark, PassiveFacts } from './facts.ts';
import type { RuleName } from './rules.ts';
import type { Signals } from './signals.ts';
import type { Confidence, DiagnosisVerdict } from './verdicts.ts';

/** One thing that speaks for the verdict. */
export interface EvidenceItem {
  readonly kind:
    'calls' | 'course' | 'pace' | 'others' | 'step' | 'certificate' | 'business-errors' | 'circuit' | 'retry-after';
  readonly words: Words;
}

/** How many calls of the window said something of the broker. */
export interface CallCounts {
  readonly good: number;
  readonly bad: number;
  /** Refused by us because a circuit was open. */
  readonly heldBack: number;
  /** Of the operations that fail, since the trouble began; absent where none does. */
  readonly inTrouble?: { readonly good: number; readonly bad: number };
}

/** How many calls a fault ended. */
export interface FaultCalls {
  readonly fault: Fault;
  readonly calls: number;
}

/** What is wrong with a broker, whose fault it is, why we think so, and what to do. Nothing in it is personal. */
export interface Diagnosis {
  readonly broker: string;
  readonly name?: string;
  readonly verdict: DiagnosisVerdict;
  readonly confidence: Confidence;
  /** Row of the decision table. */
  readonly rule: RuleName;
  /** What the table was read with. */
  readonly signals: Signals;
  /** Who has to act; absent where nobody has. */
  readonly blame?: Blame;
  /** When it began, ISO 8601 in UTC. */
  readonly since?: string;
  /** When it was judged, ISO 8601 in UTC. */
  readonly at: string;
  readonly firstFailingPhase?: Phase;
  /** The fault held against somebody: of several the most frequent. */
  readonly fault?: Fault;
  /** The last failures by their fault, `fault` first, where there were others too. */
  readonly faults?: readonly FaultCalls[];
  /** Operations that fail, as far as they were called. */
  readonly affects: readonly string[];
  readonly calls: CallCounts;
  readonly others: { readonly known: number; readonly fine: number; readonly same: number };
  readonly lastGood?: CallMark;
  readonly lastBad?: CallMark;
  readonly circuit?: PassiveFacts['circuit'];
  readonly evidence: readonly EvidenceItem[];
  /** What to do, in this order. */
  readonly next: readonly Words[];
  /** To be pasted to the broker's desk; absent where the broker has nothing to do. */
  readonly handOff?: Words;
  /** The steps taken, where a probe ran. */
  readonly probe?: ProbeReport;
}
