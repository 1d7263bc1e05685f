import type { Blame, Fault } from '../catalog/faults.ts';

/** How a broker is; `unknown` where traffic is too thin to say. */
export type BrokerState = 'up' | 'degraded' | 'down' | 'maintenance' | 'unknown';

/** Calls of one minute, by what they say. */
export interface Minute {
  /** Answered, a broker's own business error included. */
  readonly good: number;
  /** Failed on the broker's side or on the way there. */
  readonly bad: number;
  /** Failed on our side. */
  readonly ours: number;
}

/** One broker as it is shown. Nothing in it is personal. Instants are ISO 8601 in UTC. */
export interface BrokerView {
  readonly broker: string;
  /** Name for people. */
  readonly name?: string;
  readonly state: BrokerState;
  /** When it came to be so. */
  readonly since: string;
  /** The fault that stands, and whose it is. */
  readonly fault?: Fault;
  readonly blame?: Blame;
  readonly circuit: 'closed' | 'open' | 'half-open';
  /** When an open circuit lets a probe through. */
  readonly nextProbeAt?: string;
  readonly lastGoodAt?: string;
  readonly lastBadAt?: string;
  /** The last hour, oldest first, one entry a minute. */
  readonly strip: readonly Minute[];
}

/** Several brokers show the same fault of our side at once: it is us. */
export interface Suspicion {
  readonly fault: Fault;
  readonly brokers: readonly string[];
}

/** All brokers at one moment. */
export interface HealthView {
  readonly at: string;
  readonly brokers: readonly BrokerView[];
  readonly suspicion?: Suspicion;
}

/** Where the gateway's pages and figures get the brokers' health from. */
export interface HealthSource {
  view(): HealthView;
  /** One broker by its alias; `undefined` for none of that name. */
  of(alias: string): BrokerView | undefined;
}
