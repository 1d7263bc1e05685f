import { ECHO_FIELDS, type BrokerProfile } from '../model/broker.ts';

type Defaulted = Pick<
  BrokerProfile,
  | 'synonyms'
  | 'timeouts'
  | 'concurrency'
  | 'breaker'
  | 'retry'
  | 'limits'
  | 'echoes'
  | 'maintenance'
  | 'faultCodes'
  | 'headers'
>;

/** Least time between two renewals of credentials where a dialect says nothing, in milliseconds. */
export const RENEW_EVERY_MS = 1_000;

function frozen<T extends object>(fields: T): T {
  for (const field of Object.values(fields)) Object.freeze(field);
  return Object.freeze(fields);
}

/**
 * Every default of a broker's configuration, in one place. Times in milliseconds, sizes in octets. Frozen, since all brokers
 * that say nothing else have the very same.
 */
export const BROKER_DEFAULTS = frozen({
  synonyms: [],
  headers: {},
  timeouts: { connectMs: 3_000, headMs: 5_000, bodyIdleMs: 2_000 },
  concurrency: { inFlight: 64, queue: 256 },
  breaker: { windowMs: 60_000, minCalls: 10, failureShare: 0.5, openMs: 15_000, maxOpenMs: 300_000 },
  retry: { repeats: 1, baseMs: 200, capMs: 2_000, budget: 0.2 },
  faultCodes: {},
  echoes: [...ECHO_FIELDS],
  maintenance: { windows: [], pageMatches: [] },
  limits: { headBytes: 16 * 1_024, bodyBytes: 8 * 1_024 * 1_024 },
} as const satisfies Defaulted);
