import type { Blame, Evidence, Fault } from '../catalog/faults.ts';
import type { EffectOutcome } from './error.ts';
import type { OperationKind } from './operation.ts';
import type { Phase, Sent } from './wire.ts';

/** Fields of every record; nothing in them is personal. */
interface RecordBase {
  readonly schema: 1;
  /** When it ended, ISO 8601 in UTC. */
  readonly at: string;
  readonly broker: string;
  readonly operation: string;
  readonly requestId: string;
}

/** Why it failed, for records of failures. */
interface RecordedFault {
  readonly fault?: Fault;
  readonly blame?: Blame;
  readonly evidence?: Evidence;
  readonly phase?: Phase;
  readonly sent?: Sent;
}

/** One call that is over. */
export interface CallRecord extends RecordBase, RecordedFault {
  readonly kind: OperationKind;
  readonly result: 'ok' | 'error' | 'aborted';
  readonly category?: string;
  readonly code?: number;
  readonly outcome?: EffectOutcome;
  readonly brokerHttpStatus?: number;
  readonly retryAfterMs?: number;
  readonly attempts: number;
  readonly elapsedMs: number;
}

/** One attempt that is over. */
export interface AttemptRecord extends RecordBase, RecordedFault {
  /** First is 1. */
  readonly attempt: number;
  readonly result: 'ok' | 'error' | 'aborted';
  readonly reusedSocket: boolean;
  /** Milliseconds from the start of the attempt to the end of each phase that was reached. */
  readonly dnsMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly sentMs?: number;
  readonly headMs?: number;
  readonly bodyMs?: number;
}

/** A circuit changed its state. */
export interface StateRecord {
  readonly schema: 1;
  readonly at: string;
  readonly broker: string;
  /** Absent for the circuit of the whole broker. */
  readonly operation?: string;
  readonly from: 'closed' | 'open' | 'half-open';
  readonly to: 'closed' | 'open' | 'half-open';
  readonly retryAfterMs?: number;
}

/** What each event of a connector carries. */
export interface ConnectorEvents {
  call: CallRecord;
  attempt: AttemptRecord;
  state: StateRecord;
}
