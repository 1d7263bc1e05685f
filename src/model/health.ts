import type { Fault } from '../catalog/faults.ts';
import type { OperationKind } from './operation.ts';
import type { Phase } from './wire.ts';

/**
 * Whether calls get through. `up`, `degraded`: some fail, or it is just recovering; `down`: most fail;
 * `maintenance`: the broker says so, or has announced it; `unknown`: too few calls to tell.
 */
export type HealthState = 'up' | 'degraded' | 'down' | 'maintenance' | 'unknown';

/** Whose fault the failures of a broker are; a caller's mistake is none of its health. */
export type HealthBlame = 'broker' | 'path' | 'platform';

/** The end of one call: what its record and a live call have in common. */
export interface CallEnd {
  /** The broker's alias. */
  readonly broker: string;
  readonly operation: string;
  readonly kind: OperationKind;
  readonly requestId: string;
  /** When it ended, in milliseconds since 1970. */
  readonly atMs: number;
  readonly elapsedMs: number;
  readonly result: 'ok' | 'error' | 'aborted';
  readonly fault?: Fault | undefined;
  readonly phase?: Phase | undefined;
}

/** Shares of the calls of a window, each in [0, 1]; together they are 1. Business errors are successes here. */
export type HealthShares = Readonly<Record<'success' | HealthBlame, number>>;

/** How long calls took that the broker answered, business errors included, in milliseconds, to about one in a hundred. */
export interface LatencyMs {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** A fault of the window. */
export interface FaultCount {
  readonly fault: Fault;
  readonly calls: number;
  /** How far the last of them had come. */
  readonly phase: Phase;
}

/** One call that is remembered; nothing in it is personal. */
export interface CallGlimpse {
  /** When it ended, ISO 8601 in UTC. */
  readonly at: string;
  readonly operation: string;
  readonly requestId: string;
  readonly elapsedMs: number;
  /** Absent for a good one. */
  readonly fault?: Fault;
  readonly phase?: Phase;
}

/** How calls to one broker, or of one of its operations, fared in the last minutes. */
export interface TrafficHealth {
  readonly state: HealthState;
  /**
   * When it came into this state, ISO 8601 in UTC: trouble with its first failure in a row, what follows `down` and
   * `maintenance` with its first success in a row. Absent before its first call.
   */
  readonly since?: string;
  /** Calls that are missing before a state can be told; for `unknown` only. */
  readonly missingCalls?: number;
  /** Whose fault most failures of the window are; for `degraded`, `down` and `maintenance` only. */
  readonly blame?: HealthBlame;
  /** Calls that say something of the connection: answered, or failed on the way to an answer. */
  readonly calls: number;
  /** Absent without calls. */
  readonly shares?: HealthShares;
  /** Calls that the broker answered with an error of its business; `share` of all calls in [0, 1], absent without calls. */
  readonly businessErrors: { readonly calls: number; readonly share?: number };
  /** Calls refused by ourselves before any dial: callers were hit, the broker has no part in it. */
  readonly refused: number;
  readonly reads: { readonly calls: number; readonly failed: number };
  readonly writes: { readonly calls: number; readonly failed: number };
  /** Absent where no call was answered. */
  readonly latencyMs?: LatencyMs;
  /** Every fault and refusal of the window, the most frequent first. */
  readonly faults: readonly FaultCount[];
  /** The last call that the broker answered, of whatever age. */
  readonly lastGood?: CallGlimpse;
  /** The last call that failed, of whatever age. */
  readonly lastBad?: CallGlimpse;
}

/** A circuit breaker as it stands; `off` where the configuration has switched it off. */
export interface CircuitHealth {
  readonly state: 'closed' | 'open' | 'half-open' | 'off';
  /** Milliseconds until a call may go as a probe; for `open` only. */
  readonly retryAfterMs?: number;
}

/** The certificate that the broker showed last. */
export interface CertificateHealth {
  /** End of the broker's certificate, ISO 8601 in UTC. */
  readonly validTo: string;
  /** Whole days left, rounded down; negative when it has expired. */
  readonly daysLeft: number;
}

/** What a window of calls knows of one broker. */
export interface WindowHealth<Operation extends TrafficHealth = TrafficHealth> extends TrafficHealth {
  readonly broker: string;
  /** By name; those that were called. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Calls of the window whose operations have no entry, since there are too many of them; they count for the broker. */
  readonly otherOperations: number;
  /** The last failures, newest first; kept longer than what is counted. */
  readonly recentFailures: readonly CallGlimpse[];
  /** Absent until a certificate was seen. */
  readonly certificate?: CertificateHealth;
}

/** One operation of a broker, with its own circuit. */
export interface OperationHealth extends TrafficHealth {
  readonly breaker: CircuitHealth;
}

/** One broker, as its calls fared in the last minutes. */
export interface BrokerHealth extends WindowHealth<OperationHealth> {
  readonly breaker: CircuitHealth;
  /** When announced maintenance that is on now ends, ISO 8601 in UTC. */
  readonly maintenanceUntil?: string;
}

/** The same local fault on the way to several brokers at once: it is us, or our way out. */
export interface Suspicion {
  readonly fault: Fault;
  /** Since when there are several of them, ISO 8601 in UTC. */
  readonly since: string;
  /** The brokers that show it. */
  readonly brokers: readonly string[];
  /** Brokers that were called within the same half a minute. */
  readonly called: number;
}

/** Every configured broker. */
export interface ConnectorHealth {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Absent where the faults of brokers have nothing in common. */
  readonly suspicion?: Suspicion;
  /** By alias, in the order of the configuration. */
  readonly brokers: Readonly<Record<string, BrokerHealth>>;
}

/** A broker or an operation came into another state. */
export interface HealthChange {
  readonly broker: string;
  /** Absent for the broker as a whole. */
  readonly operation?: string;
  readonly from: HealthState;
  readonly to: HealthState;
  /** When it was known, in milliseconds since 1970. */
  readonly atMs: number;
  /** When it began, as `TrafficHealth.since` says; never later than `atMs`. */
  readonly sinceMs: number;
}
