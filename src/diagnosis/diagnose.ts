import { faultRow, type Blame } from '../catalog/faults.ts';
import { firstFailed, type ProbeReport } from '../model/probe.ts';
import type { CallCounts, Diagnosis } from './diagnosis.ts';
import { countsOf, evidenceOf, othersOf, type Grounds } from './evidence.ts';
import type { OperationFacts, PassiveFacts } from './facts.ts';
import { handOffOf } from './hand-off.ts';
import { isMixed, mixtureOf } from './mixture.ts';
import { nextSteps } from './next-steps.ts';
import { decide, type DecisionRow } from './rules.ts';
import { operationState, phaseOf, signalsOf, troubleOf, type Lead, type OtherBroker, type Trouble } from './signals.ts';
import { VERDICT_BLAME, type Confidence, type DiagnosisVerdict } from './verdicts.ts';

/** What a diagnosis is made from. */
export interface Case {
  readonly facts: PassiveFacts;
  /** The other brokers at the same time. */
  readonly others?: readonly OtherBroker[];
  readonly probe?: ProbeReport | undefined;
}

/** Who has to act. The same path serves the other operations, so one that fails on it alone is the broker's. */
function blameOf(verdict: DiagnosisVerdict, lead: Lead | undefined): Blame | undefined {
  if (verdict !== 'operation-broken' || lead === undefined) return VERDICT_BLAME[verdict];
  const { blame } = faultRow(lead.fault);
  return blame === 'path' ? 'broker' : blame;
}

/** Few calls alone make nothing certain, nor do many faults side by side, unless the probe met the same trouble. */
function confidenceOf(row: DecisionRow, { signals, probe, lead, mixture }: Grounds): Confidence {
  const isConfirmed = probe !== undefined && lead !== undefined && firstFailed(probe)?.fault === lead.fault;
  const isThin = signals.traffic !== 'enough' && signals.announced === 'off';
  const isUnsure = isThin || isMixed(mixture);
  return row.confidence === 'high' && isUnsure && !isConfirmed ? 'medium' : row.confidence;
}

function affectedBy({ operations }: PassiveFacts): OperationFacts[] {
  return operations.filter((each) => operationState(each) !== 'fine');
}

function callsOf(facts: PassiveFacts, affected: readonly OperationFacts[]): CallCounts {
  const counted = affected.flatMap(({ inTrouble }) => inTrouble ?? []);
  const sum = (field: 'good' | 'bad') => counted.reduce((total, each) => total + each[field], 0);
  return {
    ...countsOf(facts),
    ...(counted.length > 0 && { inTrouble: { good: sum('good'), bad: sum('bad') } }),
  };
}

/** Only calls know since when: a probe sees no further back than its own start. */
function sinceOf({ sinceMs }: PassiveFacts, { lead, extent }: Trouble): string | undefined {
  if (lead === undefined || extent === 'none' || sinceMs === undefined) return undefined;
  return new Date(sinceMs).toISOString();
}

/** What the person is told of the fault, where one is held against anybody. */
function faultFields(row: DecisionRow, { lead, mixture }: Grounds, since: string | undefined) {
  const blame = blameOf(row.verdict, lead);
  const phase = lead === undefined ? row.phase : phaseOf(lead);
  return {
    ...(blame !== undefined && { blame }),
    ...(since !== undefined && { since }),
    ...(phase !== undefined && row.verdict !== 'healthy' && { firstFailingPhase: phase }),
    ...(lead !== undefined && row.verdict !== 'healthy' && { fault: lead.fault }),
    ...(mixture.length > 0 && row.verdict !== 'healthy' && { faults: mixture }),
  };
}

function knownFields({ name, lastGood, lastBad, circuit }: PassiveFacts, probe: ProbeReport | undefined) {
  return {
    ...(name !== undefined && { name }),
    ...(lastGood !== undefined && { lastGood }),
    ...(lastBad !== undefined && { lastBad }),
    ...(circuit !== undefined && { circuit }),
    ...(probe !== undefined && { probe }),
  };
}

/** What is wrong with one broker and whose fault it is, from its calls, the other brokers and a probe. Pure; never throws. */
export function diagnose({ facts, others = [], probe }: Case): Diagnosis {
  const trouble = troubleOf(facts, probe);
  const signals = signalsOf(facts, others, probe, trouble);
  const { lead } = trouble;
  const grounds: Grounds = { facts, others, probe, lead, signals, mixture: mixtureOf(facts, lead) };
  const row = decide(signals);
  const evidence = evidenceOf(grounds);
  const affected = affectedBy(facts);
  const diagnosis: Diagnosis = {
    broker: facts.broker,
    verdict: row.verdict,
    confidence: confidenceOf(row, grounds),
    rule: row.name,
    signals,
    at: new Date(facts.atMs).toISOString(),
    ...faultFields(row, grounds, sinceOf(facts, trouble)),
    affects: affected.map(({ operation }) => operation),
    calls: callsOf(facts, affected),
    others: othersOf(others, lead),
    evidence,
    next: nextSteps(row.verdict, grounds, evidence),
    ...knownFields(facts, probe),
  };
  const handOff = handOffOf(diagnosis, facts);
  return handOff === undefined ? diagnosis : { ...diagnosis, handOff };
}
