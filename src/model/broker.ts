import type { Fault } from '../catalog/faults.ts';
import type { ExcoCode } from '../catalog/tables.ts';
import type { Dialect } from './dialect.ts';
import type { CredentialsHook, HeadersHook } from './hook.ts';
import type { Method, Operation, Timeouts, TrCode } from './operation.ts';
import type { Paging } from './paging.ts';
import type { Place } from './place.ts';

export type { Place } from './place.ts';

/** Fields that an answer repeats from its request. */
export const ECHO_FIELDS = ['reqIdConsumer', 'reqIdPlatform', 'vtAccNo', 'ci'] as const;

export type EchoField = (typeof ECHO_FIELDS)[number];

/** What one broker does differently with one operation. */
export interface OperationOverride {
  /** `false` switches the operation off: 3002. */
  readonly enabled: boolean;
  readonly path?: string;
  readonly deadlineMs?: number;
  readonly timeouts?: Timeouts;
  readonly trCode?: TrCode;
  readonly method?: Method;
  /** The operation itself, where the message standard has none of that name and the configuration says what it is. */
  readonly own?: Operation;
}

/** Client certificate and trust of one broker, as PEM text or octets. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly pfx?: Buffer;
  readonly passphrase?: string;
  readonly servername?: string;
}

/** A time in which the broker is known not to serve, in Korean time for the daily form. */
export type MaintenanceWindow =
  | { readonly kind: 'once'; readonly fromMs: number; readonly toMs: number }
  | {
      readonly kind: 'daily';
      readonly days: readonly number[];
      readonly fromMinute: number;
      readonly toMinute: number;
    };

export interface BreakerSettings {
  /** Length of the window of calls that are counted. Default 60,000 ms. */
  readonly windowMs: number;
  /** Calls below which nothing is concluded. Default 10. */
  readonly minCalls: number;
  /** Share of failed calls, in (0, 1], from which the circuit opens. Default 0.5. */
  readonly failureShare: number;
  /** How long it stays open the first time. Default 15,000 ms. */
  readonly openMs: number;
  /** Longest it stays open; the time doubles with every failed probe. Default 300,000 ms. */
  readonly maxOpenMs: number;
}

export interface RetrySettings {
  /** Repeats of a read that the fault table allows without a count. Default 1, at most 3. */
  readonly repeats: number;
  /** Longest pause before the first repeat; the pause is drawn from 0 to this. Default 200 ms. */
  readonly baseMs: number;
  /** Longest pause at all. Default 2,000 ms. */
  readonly capMs: number;
  /** Share of calls that may be repeats, in [0, 1]. Default 0.2; one repeat in ten seconds is always allowed. */
  readonly budget: number;
}

/** How often a broker may be asked. */
export interface PaceSettings {
  /** Calls a second. */
  readonly perSecond: number;
  /** Whether every TRCODE, else every operation, is counted apart. */
  readonly per: 'broker' | 'operation';
}

/** A broker as data: everything the connector knows of it, defaults filled in. */
export interface BrokerProfile {
  /** The options it was made from, secrets included: a recording keeps what of them says how the broker speaks. */
  readonly configured: object;
  /** The broker's name in errors: `category` of its own codes. */
  readonly alias: string;
  readonly comId?: string;
  readonly name?: string;
  readonly synonyms: readonly string[];
  readonly baseUrl: URL;
  /** The path of `baseUrl`, without a slash at its end. */
  readonly basePath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls?: TlsMaterial;
  /** Charset to read answers in where they are not UTF-8 and name none. */
  readonly charset?: string;
  readonly trCodeAt?: { readonly request: Place; readonly response?: Place; readonly isEchoOptional?: boolean };
  /** Makes more headers for every call. */
  readonly headersHook?: HeadersHook;
  /** Where credentials come from, and the least time between two renewals of them. */
  readonly credentials?: { readonly hook: CredentialsHook; readonly renewEveryMs: number };
  readonly pace?: PaceSettings;
  /** How lists go on, where it is not by the platform's page keys. */
  readonly paging?: Paging;
  readonly echoes: readonly EchoField[];
  readonly operations: ReadonlyMap<string, OperationOverride>;
  readonly timeouts: Required<Timeouts>;
  readonly concurrency: { readonly inFlight: number; readonly queue: number };
  readonly breaker: BreakerSettings | false;
  readonly retry: RetrySettings | false;
  readonly faultCodes: Readonly<Partial<Record<Fault, ExcoCode>>>;
  /** Absent: the platform's own. */
  readonly dialect?: Dialect;
  readonly maintenance: { readonly windows: readonly MaintenanceWindow[]; readonly pageMatches: readonly string[] };
  readonly limits: { readonly headBytes: number; readonly bodyBytes: number };
}
