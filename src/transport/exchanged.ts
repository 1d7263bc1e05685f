import type { Outcome } from '../model/wire.ts';

/** Milliseconds from the start of the attempt to the end of each phase that was reached. */
export interface PhaseMarks {
  dnsMs?: number;
  connectMs?: number;
  tlsMs?: number;
  sentMs?: number;
  headMs?: number;
  bodyMs?: number;
}

/** What one exchange came to. */
export interface Exchanged {
  readonly outcome: Outcome;
  readonly marks: Readonly<PhaseMarks>;
  readonly reusedSocket: boolean;
}

/** Why an exchange is ended from outside. */
export type StopReason = 'deadline' | 'caller';
