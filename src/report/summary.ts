import type { Blame, Fault } from '../catalog/faults.ts';
import type { HealthState } from '../model/health.ts';
import type { BadLine } from '../records/read.ts';
import type { CallClass, Cell } from './timeline.ts';

/** What an outage was, in the words of a diagnosis. */
export type OutageVerdict =
  'broker-down' | 'operation-broken' | 'path' | 'our-side' | 'our-credentials' | 'maintenance';

/** A time in which a broker did not serve, or was in maintenance. */
export interface Outage {
  readonly broker: string;
  readonly fromMs: number;
  /** Absent while it is not over at the end of the records. */
  readonly toMs?: number;
  /** Whether no call came after it that went well: it ends with the last one that failed. */
  readonly isOpenEnded: boolean;
  readonly verdict: OutageVerdict;
  /** The fault most of the calls ended with; refusals of our own circuit count only where there is no other. */
  readonly fault: Fault;
  readonly blame: Blame;
  /** Calls that ended in a fault, those included that our circuit refused. */
  readonly lost: number;
}

/** Calls that ended in one fault, with one code. */
export interface FaultCount {
  readonly fault: Fault;
  readonly code?: number;
  readonly blame: Blame;
  readonly calls: number;
  /** Brokers by number of such calls, most first. */
  readonly brokers: readonly (readonly [broker: string, calls: number])[];
  readonly firstMs: number;
  readonly lastMs: number;
}

/** A write that may have happened: somebody has to ask the broker. */
export interface UnknownWrite {
  readonly atMs: number;
  readonly broker: string;
  readonly operation: string;
  readonly fault: Fault;
  readonly requestId: string;
}

/** Calls by class. */
export type ClassCounts = Readonly<Record<CallClass, number>>;

/** Times below which half, 19 of 20, and 99 of 100 of the answered calls ended, in milliseconds. */
export interface Percentiles {
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
}

export interface BrokerSummary extends Percentiles {
  readonly broker: string;
  readonly calls: number;
  readonly classes: ClassCounts;
  /** Share of the range spent in each state; they add up to 1. */
  readonly states: Readonly<Record<HealthState, number>>;
  /** Its state at the end of the records. */
  readonly state: HealthState;
  /** When it came into that state; absent where no call said anything of it. */
  readonly sinceMs?: number;
  readonly outages: number;
  /** One cell a column of time; `undefined` where nothing is known. */
  readonly cells: readonly (Cell | undefined)[];
}

/** Everything the records come to. Times in milliseconds since 1970. */
export interface Summary {
  readonly fromMs: number;
  readonly toMs: number;
  readonly columnMs: number;
  /** When the first column begins. */
  readonly columnsFromMs: number;
  readonly calls: number;
  readonly classes: ClassCounts;
  readonly percentiles: Percentiles;
  /** All brokers together, one cell a column. */
  readonly cells: readonly (Cell | undefined)[];
  /** The most troubled first. */
  readonly brokers: readonly BrokerSummary[];
  /** By their begin; the smallest are left out where there are very many. */
  readonly outages: readonly Outage[];
  readonly outagesLeftOut: number;
  readonly faults: readonly FaultCount[];
  /** Calls with faults and codes beyond those that are counted one by one. */
  readonly faultsLeftOut: number;
  readonly unknownWrites: { readonly count: number; readonly listed: readonly UnknownWrite[] };
  /** Records that were dropped when they should have been written. */
  readonly lost: number;
  readonly bad: { readonly count: number; readonly listed: readonly BadLine[] };
  /** Calls of more brokers than a report holds. */
  readonly brokersLeftOut: number;
}
