import { COMPANIES } from '../../src/brokers/companies.ts';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { NAMES } from './names.ts';

/** How a broker meets a connection, or what is special about its configuration. */
export type Nature =
  | 'plain'
  | 'guarded'
  | 'tagged'
  | 'dialect'
  | 'named'
  | 'found'
  | 'nameless'
  | 'unresolved'
  | 'unanswered'
  | 'unrouted'
  | 'narrow'
  | 'windowed'
  | 'closed'
  | 'resetting'
  | 'tls'
  | 'tls-expired'
  | 'tls-untrusted'
  | 'tls-clear-text'
  | 'tls-deaf'
  | 'tls-demanding';

/** One of each, and then these in turn. */
const SPECIAL: readonly Nature[] = [
  ...(['dialect', 'dialect', 'named', 'found', 'nameless', 'unresolved', 'unanswered', 'unrouted'] as const),
  ...(['narrow', 'windowed', 'closed', 'resetting', 'tls', 'tls-expired'] as const),
  ...(['tls-untrusted', 'tls-clear-text', 'tls-deaf', 'tls-demanding'] as const),
];
const COMMON: readonly Nature[] = ['plain', 'guarded', 'tagged'];

/** A broker of the soak. */
export interface SoakBroker {
  readonly alias: string;
  readonly nature: Nature;
}

/** The forty listed brokers. */
export const BROKERS: readonly SoakBroker[] = COMPANIES.map(({ alias }, index) => ({
  alias,
  nature: SPECIAL[index] ?? COMMON[index % COMMON.length] ?? 'plain',
}));

/** Where the TRCODE of tagged brokers stands. */
export const TR_CODE_HEADER = 'x-tr-code';

/** Words of the maintenance page. */
export const MAINTENANCE = '시스템 점검 중';

/** Octets of a body, at most. */
export const BODY_BYTES = 64 * 1_024;

/** Codes of the brokers that speak a dialect; to any other reader they are none of the standard's. */
export const FOREIGN_CODES = ['9001', '9002', '9004'] as const;

/** Theirs for credentials of ours that they refuse, so that nothing was done. */
export const FOREIGN_DENIAL = '9003';

/** Limits so short that every one of them fires often. */
const COMMON_OPTIONS = {
  timeouts: { connectMs: 150, headMs: 200, bodyIdleMs: 100 },
  concurrency: { inFlight: 16, queue: 32 },
  retry: { repeats: 2, baseMs: 10, capMs: 40, budget: 0.5 },
  limits: { headBytes: 16 * 1_024, bodyBytes: BODY_BYTES },
  maintenance: { pageMatches: MAINTENANCE },
} as const satisfies Partial<BrokerOptions>;

const GUARD = { windowMs: 2_000, minCalls: 10, failureShare: 0.4, openMs: 100, maxOpenMs: 400 };

const OPTIONS: Readonly<Partial<Record<Nature, Partial<BrokerOptions>>>> = {
  plain: { breaker: false },
  resetting: { breaker: { ...GUARD, failureShare: 1 } },
  tagged: {
    breaker: false,
    trCodeAt: `header:${TR_CODE_HEADER}`,
    operations: { 'account.balance': { trCode: 'BAL01' }, 'virtualAccount.request': { trCode: 'VAR01' } },
  },
  dialect: {
    breaker: false,
    dialect: { respCodes: { '9001': 3600, '9002': 3005, [FOREIGN_DENIAL]: 3999, '9004': 4001 } },
  },
  narrow: { breaker: false, concurrency: { inFlight: 1, queue: 1 } },
  windowed: { maintenance: { windows: [{ start: '2020-01-01T00:00:00Z', end: '2099-01-01T00:00:00Z' }] } },
};

const ADDRESS = '127.0.0.1';
/** A group of hosts: TCP has no route to one (Linux: ENETUNREACH), and nothing leaves the machine. */
const NOWHERE = '224.0.0.1';

const HOSTS: Readonly<Partial<Record<Nature, string>>> = {
  named: NAMES.real,
  found: NAMES.found,
  nameless: NAMES.missing,
  unresolved: NAMES.unavailable,
  unanswered: NAMES.silent,
  unrouted: NOWHERE,
};

/** What the connector is told of a broker that listens on `port`; `ca` is the authority that it is to trust. */
export function optionsOf({ alias, nature }: SoakBroker, port: number, ca: string): BrokerOptions {
  const isTls = nature.startsWith('tls');
  const host = HOSTS[nature] ?? ADDRESS;
  return {
    alias,
    baseUrl: `${isTls ? 'https' : 'http'}://${host}:${port}/v1/${alias}`,
    breaker: GUARD,
    ...COMMON_OPTIONS,
    ...OPTIONS[nature],
    ...(isTls && { tls: { ca } }),
  };
}
