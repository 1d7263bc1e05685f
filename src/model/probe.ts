import type { Fault } from '../catalog/faults.ts';
import type { Phase } from './wire.ts';

/** Steps of a probe, in the order they are taken. */
export const PROBE_STEPS = ['dns', 'tcp', 'tls', 'http', 'read'] as const;

export type ProbeStep = (typeof PROBE_STEPS)[number];

/** Why a step failed, in the words of the fault table. */
export interface StepFault {
  readonly fault: Fault;
  readonly phase: Phase;
  /** System, resolver, TLS or HTTP parser code, where there was one. */
  readonly code?: string;
}

/** One step that ran. */
export interface StepResult {
  /** Milliseconds that this step took by itself. */
  readonly ms: number;
  /** Absent where the step passed. */
  readonly failed?: StepFault;
}

/** A certificate as it was shown, whether it was trusted or not. */
export interface CertificateFacts {
  /** ISO 8601 in UTC. */
  readonly validFrom: string;
  /** ISO 8601 in UTC. */
  readonly validTo: string;
  /** Whole days until it expires, rounded down; negative when it has. */
  readonly daysLeft: number;
  /** Host names and addresses it is for. */
  readonly names: readonly string[];
  /** Common name, else organisation, of who issued it; empty where it has neither. */
  readonly issuer: string;
}

export interface TlsStepResult extends StepResult {
  /** Such as `TLSv1.3`; absent where none was agreed. */
  readonly protocol?: string;
  /** The server's own certificate first, then its issuers as far as they were sent; empty where none was shown. */
  readonly chain: readonly CertificateFacts[];
  /** Whole days until our own client certificate expires; absent where there is none or it cannot be read. */
  readonly ownDaysLeft?: number;
}

export interface HttpStepResult extends StepResult {
  /** Absent where no response came. */
  readonly status?: number;
  /**
   * Our clock less the response's `Date`, in milliseconds; positive where ours is ahead. A `Date` has whole seconds, so
   * that it is half a second off at most, and half the time of the exchange. Absent where the response has none.
   */
  readonly clockOffsetMs?: number;
}

export interface ReadStepResult extends StepResult {
  readonly operation: string;
  readonly requestId: string;
}

/** What a probe found. A step that did not run is absent. */
export interface ProbeReport {
  /** When it began, ISO 8601 in UTC. */
  readonly at: string;
  /** Milliseconds from the first step to the end of the last. */
  readonly totalMs: number;
  readonly steps: {
    readonly dns?: StepResult;
    readonly tcp?: StepResult;
    readonly tls?: TlsStepResult;
    readonly http?: HttpStepResult;
    readonly read?: ReadStepResult;
  };
}

/** The first step that failed, in their order; `undefined` when all that ran passed. */
export function firstFailed({ steps }: ProbeReport): (StepFault & { readonly step: ProbeStep }) | undefined {
  for (const step of PROBE_STEPS) {
    const failed = steps[step]?.failed;
    if (failed !== undefined) return { ...failed, step };
  }
  return undefined;
}
