import type { Fault } from '../catalog/faults.ts';
import type { OperationKind } from '../model/operation.ts';
import type { CallRecord } from '../model/record.ts';
import type { Phase } from '../model/wire.ts';

/** What is looked at of a call that is over: the fields of its record that say something of the broker. */
export type SeenCall = Pick<CallRecord, 'at' | 'broker' | 'operation' | 'kind' | 'result' | 'requestId' | 'elapsedMs'> &
  Partial<Pick<CallRecord, 'fault' | 'phase' | 'retryAfterMs'>>;

/** One call, to be found again in the logs of both sides. */
export interface CallMark {
  /** When it ended, in milliseconds since 1970. */
  readonly atMs: number;
  readonly operation: string;
  readonly requestId: string;
  /** Absent for a good one. */
  readonly fault?: Fault;
}

/** Calls that ended the same way, one after the other, up to now. */
export interface Streak {
  readonly isGood: boolean;
  readonly calls: number;
  /** When its first call ended, in milliseconds since 1970. */
  readonly sinceMs: number;
}

/** How often one fault was met. */
export interface FaultCount {
  readonly fault: Fault;
  /** Where the last of them came to an end. */
  readonly phase: Phase;
  readonly count: number;
  readonly lastAtMs: number;
}

/** One operation of one broker. Good and bad are calls that say something; what says nothing is not counted. */
export interface OperationFacts {
  readonly operation: string;
  readonly kind: OperationKind;
  /** Calls of the whole window. */
  readonly good: number;
  readonly bad: number;
  /** Calls since the trouble of now began at this broker; absent where there is none. */
  readonly inTrouble?: { readonly good: number; readonly bad: number };
  /** The last calls, at most `RECENT_CALLS`; `slow` are the good ones that took long. */
  readonly recent: { readonly good: number; readonly bad: number; readonly slow: number };
  readonly streak: Streak;
  readonly lastGoodAtMs?: number;
  /** Faults among the last calls. */
  readonly faults: readonly FaultCount[];
}

/** How many of an operation's last calls decide about its state now. */
export const RECENT_CALLS = 20;

/** Circuits that hold calls back. */
export interface CircuitFacts {
  readonly state: 'open' | 'half-open';
  /** Until the next call may go as a probe, in milliseconds; 0 where it is due. */
  readonly retryAfterMs?: number;
  /** The operations whose circuits they are; absent for that of the whole broker. */
  readonly operations?: readonly string[];
}

/** What is known of one broker from its calls, without asking it anything. */
export interface PassiveFacts {
  /** Alias. */
  readonly broker: string;
  /** Name for people. */
  readonly name?: string;
  /** Host and port, as configured. */
  readonly address?: string;
  /** When these facts were put together, in milliseconds since 1970. */
  readonly atMs: number;
  /** Length of time looked at, in milliseconds. */
  readonly windowMs: number;
  readonly operations: readonly OperationFacts[];
  readonly lastGood?: CallMark;
  readonly lastBad?: CallMark;
  /** Absent where no call said anything. */
  readonly streak?: Streak;
  /** How often good turned to bad, or bad to good. */
  readonly turns: number;
  /** When the trouble of now began, in milliseconds since 1970; absent where there is none. */
  readonly sinceMs?: number;
  /** Errors of the broker's own: proof that it is up. */
  readonly businessErrors: number;
  /** Calls we refused because a circuit was open. */
  readonly heldBack: number;
  /** Pause the broker asked for in its last bad answer, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What holds calls back, where something does and it is known. */
  readonly circuit?: CircuitFacts;
  /** Time left of an announced maintenance that is on now, in milliseconds. */
  readonly maintenanceLeftMs?: number;
}
