import type { Fault } from '../catalog/faults.ts';
import { firstFailed, type ProbeReport } from '../model/probe.ts';
import type { Phase } from '../model/wire.ts';
import { causeOf, isSameTrouble, isShareable, type Cause } from './causes.ts';
import { CALM_CALLS } from './collect.ts';
import type { FaultCount, OperationFacts, PassiveFacts } from './facts.ts';

/** The fault that is held against somebody, and the phase it is met in. */
export interface Lead {
  readonly fault: Fault;
  readonly phase: Phase;
}

/** Another broker at the same time. */
export interface OtherBroker {
  readonly broker: string;
  readonly state: 'fine' | 'failing' | 'unknown';
  /** Its leading fault, where it is failing. */
  readonly fault?: Fault;
}

/** What the decision table looks at: each a word of a few, so that a row of it can be read. */
export interface Signals {
  /** Whether an announced maintenance is on. */
  readonly announced: 'on' | 'off';
  /** How many calls said something. */
  readonly traffic: 'none' | 'thin' | 'enough';
  /** How far it reaches now: nothing, single operations, a part of the calls, everything. */
  readonly extent: 'none' | 'operation' | 'part' | 'all';
  /** Whether more than one operation was called. */
  readonly reach: 'one' | 'several';
  readonly course: 'steady' | 'flapping' | 'recovering';
  /** Cause of the leading fault. */
  readonly cause: Cause | 'none';
  readonly pace: 'normal' | 'slow';
  /** Other brokers: some serve and none shows this fault; this fault is theirs too; neither; nothing is known of them. */
  readonly others: 'fine' | 'same' | 'mixed' | 'unknown';
  /** The probe: none, failed on the way, failed only behind it, reached the server, got an answer to its read. */
  readonly probe: 'absent' | 'stopped' | 'refused' | 'reached' | 'answered';
}

/** Calls below which little is known. */
const THIN_CALLS = 5;
/** Share of bad calls from which an operation is broken, and up to which it is fine. */
const BROKEN_SHARE = 0.9;
const FINE_SHARE = 0.1;
/** Share of slow calls from which a broker is slow. */
const SLOW_SHARE = 0.3;
/** Turns between good and bad from which a broker is flapping. */
const FLAPPING_TURNS = 4;
/** Good calls in a row that make a recovery. */
const RECOVERY_CALLS = 3;
/** Fewest other brokers with the same fault that make it a common one (three in all). */
const COMMON_OTHERS = 2;

type OperationState = 'fine' | 'mixed' | 'broken';

/** The state of one operation now: its last calls decide, and a long streak overrules older ones. */
export function operationState({ recent, streak }: OperationFacts): OperationState {
  const share = recent.bad / (recent.good + recent.bad);
  if (streak.calls >= CALM_CALLS) return streak.isGood ? 'fine' : 'broken';
  if (share >= BROKEN_SHARE) return 'broken';
  return share <= FINE_SHARE ? 'fine' : 'mixed';
}

function weighed(operations: readonly OperationFacts[]): FaultCount[] {
  const sums = new Map<Fault, FaultCount>();
  for (const each of operations.flatMap(({ faults }) => faults)) {
    const sum = sums.get(each.fault);
    const newer = sum === undefined || each.lastAtMs >= sum.lastAtMs ? each : sum;
    sums.set(each.fault, { ...newer, count: (sum?.count ?? 0) + each.count });
  }
  return [...sums.values()];
}

/** Faults of the operations that are not fine, the most frequent first; of equals the latest. */
export function troubledFaults({ operations }: PassiveFacts): FaultCount[] {
  const troubled = operations.filter((each) => operationState(each) !== 'fine');
  return weighed(troubled).sort((one, other) => other.count - one.count || other.lastAtMs - one.lastAtMs);
}

/** The first of them. */
export function passiveLead(facts: PassiveFacts): Lead | undefined {
  const [lead] = troubledFaults(facts);
  return lead === undefined ? undefined : { fault: lead.fault, phase: lead.phase };
}

/** Phases of the way to a server: what fails there has nothing to do with an operation. */
const ON_THE_WAY: readonly Phase[] = ['dns', 'connect', 'tls'];

/** Where a fault belongs: an alert about a certificate may come later, and is about the handshake all the same. */
export function phaseOf({ fault, phase }: Lead): Phase {
  return fault.startsWith('tls-') ? 'tls' : phase;
}

function isOnTheWay(lead: Lead): boolean {
  return ON_THE_WAY.includes(phaseOf(lead));
}

function probeSignal(probe: ProbeReport | undefined): Signals['probe'] {
  if (probe === undefined) return 'absent';
  const failed = firstFailed(probe);
  if (failed !== undefined) return isOnTheWay(failed) ? 'stopped' : 'refused';
  return probe.steps.read === undefined ? 'reached' : 'answered';
}

/** Leading fault and how far it reaches, as the calls have it. */
function passiveExtent(facts: PassiveFacts, lead: Lead | undefined): Signals['extent'] {
  const states = facts.operations.map((each) => [each, operationState(each)] as const);
  const broken = states.filter(([, state]) => state === 'broken').map(([each]) => each);
  if (lead === undefined) return 'none';
  const since = Math.min(...broken.map(({ streak }) => streak.sinceMs));
  // An operation that was fine before this began, and not called since, speaks for nobody.
  const fine = states.filter(([each, state]) => state === 'fine' && (each.lastGoodAtMs ?? 0) >= since);
  if (states.some(([, state]) => state === 'mixed') || broken.length === 0) return 'part';
  if (fine.length === 0) return 'all';
  return isOnTheWay(lead) ? 'part' : 'operation';
}

/** What the decision is about: the leading fault and its extent, from calls and probe together. */
export interface Trouble {
  readonly lead: Lead | undefined;
  readonly extent: Signals['extent'];
  /** The probe passed where the calls had failed. */
  readonly isRefuted: boolean;
}

/**
 * Puts calls and probe together. A probe that is stopped on the way is the truth of now; one that gets through refutes
 * calls that had not; one that fails behind the way counts only where no call says anything, since a server may refuse
 * a bare GET and serve all the same.
 */
export function troubleOf(facts: PassiveFacts, probe: ProbeReport | undefined): Trouble {
  const passive = passiveLead(facts);
  const extent = passiveExtent(facts, passive);
  const failed = probe === undefined ? undefined : firstFailed(probe);
  const active = failed === undefined ? undefined : { fault: failed.fault, phase: failed.phase };
  const isSilent = facts.operations.length === 0;
  if (active !== undefined && (isSilent || (passive === undefined && isOnTheWay(active)))) {
    return { lead: active, extent: isSilent ? 'all' : 'part', isRefuted: false };
  }
  if (active !== undefined && isOnTheWay(active)) {
    return { lead: active, extent: extent === 'operation' ? 'part' : extent, isRefuted: false };
  }
  const isThrough = probe !== undefined && active === undefined && passive !== undefined && isOnTheWay(passive);
  return { lead: passive, extent: isThrough ? 'part' : extent, isRefuted: isThrough };
}

function othersSignal(others: readonly OtherBroker[], fault: Fault | undefined): Signals['others'] {
  const known = others.filter(({ state }) => state !== 'unknown');
  if (known.length === 0) return 'unknown';
  const same = known.filter((other) => isSameTrouble(other.fault, fault)).length;
  if (fault !== undefined && isShareable(fault) && same >= COMMON_OTHERS && same * 2 >= known.length) return 'same';
  return same === 0 && known.some(({ state }) => state === 'fine') ? 'fine' : 'mixed';
}

function courseSignal({ streak, turns, sinceMs }: PassiveFacts, isRefuted: boolean): Signals['course'] {
  if (isRefuted) return 'recovering';
  if (sinceMs === undefined) return 'steady';
  if (turns >= FLAPPING_TURNS) return 'flapping';
  return streak?.isGood === true && streak.calls >= RECOVERY_CALLS ? 'recovering' : 'steady';
}

function total(operations: readonly OperationFacts[], field: 'good' | 'bad' | 'slow'): number {
  return operations.reduce((sum, { recent }) => sum + recent[field], 0);
}

/** The words that the decision table is read with. */
export function signalsOf(
  facts: PassiveFacts,
  others: readonly OtherBroker[],
  probe: ProbeReport | undefined,
  { lead, extent, isRefuted }: Trouble,
): Signals {
  const { operations } = facts;
  const good = total(operations, 'good');
  const judged = good + total(operations, 'bad');
  return {
    announced: facts.maintenanceLeftMs === undefined ? 'off' : 'on',
    traffic: judged === 0 ? 'none' : judged < THIN_CALLS ? 'thin' : 'enough',
    extent,
    reach: operations.length > 1 ? 'several' : 'one',
    course: courseSignal(facts, isRefuted),
    cause: lead === undefined ? 'none' : causeOf(lead.fault),
    pace: good > 0 && total(operations, 'slow') >= SLOW_SHARE * good ? 'slow' : 'normal',
    others: othersSignal(others, lead?.fault),
    probe: probeSignal(probe),
  };
}

/** How a broker looks to the others, by its calls and by a probe where one ran. */
export function otherOf(facts: PassiveFacts, probe?: ProbeReport): OtherBroker {
  const { broker, operations } = facts;
  const { lead } = troubleOf(facts, probe);
  if (lead !== undefined) return { broker, state: 'failing', fault: lead.fault };
  return { broker, state: operations.length === 0 && probe === undefined ? 'unknown' : 'fine' };
}
