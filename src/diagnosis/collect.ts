import type { Fault } from '../catalog/faults.ts';
import { wordOf } from './causes.ts';
import {
  RECENT_CALLS,
  type CallMark,
  type FaultCount,
  type OperationFacts,
  type PassiveFacts,
  type SeenCall,
  type Streak,
} from './facts.ts';

/** Good calls in a row after which a trouble is over. */
export const CALM_CALLS = 10;

/** What of a broker its calls do not say. */
export type Surroundings = Pick<PassiveFacts, 'name' | 'address' | 'circuit' | 'maintenanceLeftMs'>;

/** How calls are looked at. */
export interface Look {
  /** Now, in milliseconds since 1970. */
  readonly atMs: number;
  /** Calls that ended longer ago are left out. Default 10 minutes. */
  readonly windowMs?: number;
  /** A good call of at least so many milliseconds is slow. Default 2,500, half of the default time for a response head. */
  readonly slowMs?: number;
}

/** Length of time that is looked at unless told otherwise, in milliseconds. */
export const WINDOW_MS = 600_000;
const SLOW_MS = 2_500;

/** A call that says something of the broker. */
interface Telling {
  readonly call: SeenCall;
  readonly atMs: number;
  readonly isGood: boolean;
}

function tellingOf(calls: readonly SeenCall[]): Telling[] {
  return calls.flatMap((call) => {
    const word = wordOf(call);
    return word === 'silent' ? [] : [{ call, atMs: Date.parse(call.at), isGood: word === 'good' }];
  });
}

function longer(streak: Streak | undefined, { isGood, atMs }: Telling): Streak {
  return streak?.isGood === isGood ? { ...streak, calls: streak.calls + 1 } : { isGood, calls: 1, sinceMs: atMs };
}

function streakOf(tellings: readonly Telling[]): Streak | undefined {
  return tellings.reduce<Streak | undefined>(longer, undefined);
}

function countFaults(tellings: readonly Telling[]): FaultCount[] {
  const counts = new Map<Fault, FaultCount>();
  for (const { call, atMs } of tellings) {
    const { fault, phase = 'message' } = call;
    if (fault === undefined) continue;
    counts.set(fault, { fault, phase, count: (counts.get(fault)?.count ?? 0) + 1, lastAtMs: atMs });
  }
  return [...counts.values()];
}

function goodAndBad(tellings: readonly Telling[]): { good: number; bad: number } {
  const good = tellings.filter(({ isGood }) => isGood).length;
  return { good, bad: tellings.length - good };
}

function operationFacts(tellings: readonly Telling[], slowMs: number, sinceMs: number | undefined): OperationFacts[] {
  const streak = streakOf(tellings);
  const [first] = tellings;
  if (first === undefined || streak === undefined) return [];
  const { operation, kind } = first.call;
  const recent = tellings.slice(-RECENT_CALLS);
  const goodOnes = recent.filter(({ isGood }) => isGood);
  const lastGood = tellings.findLast(({ isGood }) => isGood);
  return [
    {
      operation,
      kind,
      ...goodAndBad(tellings),
      ...(sinceMs !== undefined && { inTrouble: goodAndBad(tellings.filter(({ atMs }) => atMs >= sinceMs)) }),
      recent: {
        good: goodOnes.length,
        bad: recent.length - goodOnes.length,
        slow: goodOnes.filter(({ call }) => call.elapsedMs >= slowMs).length,
      },
      streak,
      ...(lastGood !== undefined && { lastGoodAtMs: lastGood.atMs }),
      faults: countFaults(recent.filter(({ isGood }) => !isGood)),
    },
  ];
}

function markOf(telling: Telling): CallMark {
  const { operation, requestId, fault } = telling.call;
  return { atMs: telling.atMs, operation, requestId, ...(!telling.isGood && fault !== undefined && { fault }) };
}

/** When the trouble of now began: the first bad call behind the last calm. */
function troubleSince(tellings: readonly Telling[]): number | undefined {
  let sinceMs: number | undefined;
  let calm = 0;
  for (const { isGood, atMs } of tellings) {
    calm = isGood ? calm + 1 : 0;
    if (!isGood) sinceMs ??= atMs;
    else if (calm >= CALM_CALLS) sinceMs = undefined;
  }
  return sinceMs;
}

function turnsOf(tellings: readonly Telling[]): number {
  return tellings.filter(({ isGood }, index) => index > 0 && tellings[index - 1]?.isGood !== isGood).length;
}

function countOf(calls: readonly SeenCall[], ...faults: readonly Fault[]): number {
  return calls.filter(({ fault }) => fault !== undefined && faults.includes(fault)).length;
}

function byOperation(tellings: readonly Telling[]): Telling[][] {
  const groups = new Map<string, Telling[]>();
  for (const telling of tellings) {
    const { operation } = telling.call;
    const group = groups.get(operation);
    if (group === undefined) groups.set(operation, [telling]);
    else group.push(telling);
  }
  return [...groups.values()];
}

/** What the course of all calls of a broker says. */
function courseOf(tellings: readonly Telling[]) {
  const lastGood = tellings.findLast(({ isGood }) => isGood);
  const lastBad = tellings.findLast(({ isGood }) => !isGood);
  const streak = streakOf(tellings);
  const sinceMs = troubleSince(tellings);
  const retryAfterMs = lastBad?.call.retryAfterMs;
  return {
    turns: turnsOf(tellings),
    ...(lastGood !== undefined && { lastGood: markOf(lastGood) }),
    ...(lastBad !== undefined && { lastBad: markOf(lastBad) }),
    ...(streak !== undefined && { streak }),
    ...(sinceMs !== undefined && { sinceMs }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Time left of an announced maintenance, as the last call was told it. */
function maintenanceOf(calls: readonly SeenCall[], nowMs: number): { maintenanceLeftMs?: number } {
  const last = calls.at(-1);
  if (last?.fault !== 'maintenance-window') return {};
  const leftMs = Date.parse(last.at) + (last.retryAfterMs ?? 0) - nowMs;
  return leftMs > 0 ? { maintenanceLeftMs: leftMs } : {};
}

/** The facts of one broker, from the records of its calls; those of other brokers are passed over. Pure. */
export function factsOf(
  broker: string,
  records: readonly SeenCall[],
  look: Look,
  surroundings: Surroundings = {},
): PassiveFacts {
  const { atMs, windowMs = WINDOW_MS, slowMs = SLOW_MS } = look;
  const calls = records
    .filter((call) => call.broker === broker && Date.parse(call.at) > atMs - windowMs && Date.parse(call.at) <= atMs)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const tellings = tellingOf(calls);
  const course = courseOf(tellings);
  return {
    ...maintenanceOf(calls, atMs),
    ...surroundings,
    broker,
    atMs,
    windowMs,
    operations: byOperation(tellings).flatMap((each) => operationFacts(each, slowMs, course.sinceMs)),
    businessErrors: countOf(calls, 'broker-error', 'item-failed'),
    heldBack: countOf(calls, 'breaker-open'),
    ...course,
  };
}
