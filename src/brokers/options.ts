import type { Fault } from '../catalog/faults.ts';
import type { ExcoCode } from '../catalog/tables.ts';
import type { DialectOptions, PaceOptions } from '../dialects/form.ts';
import type { PresetName } from '../dialects/preset-names.ts';
import type { EchoField } from '../model/broker.ts';
import type { CredentialsHook, HeadersHook } from '../model/hook.ts';
import type { Method, OperationKind } from '../model/operation.ts';

export type * from '../dialects/form.ts';
export type { PresetName } from '../dialects/preset-names.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { Pem } from './pem.ts';

export type * from './gateway-options.ts';
export type { Pem };

/** Trust and client certificate of one broker. Verification is always on. */
export interface TlsOptions {
  /** Authorities to trust instead of Node's own. */
  ca?: Pem | undefined;
  /** Client certificate, for mutual TLS. */
  cert?: Pem | undefined;
  /** Key of `cert`. */
  key?: Pem | undefined;
  /** Certificate and key in one, as base64 text or a file. */
  pfx?: Pem | undefined;
  /** Opens `key` or `pfx`, where it is locked. */
  passphrase?: string | undefined;
  /** Name to verify, where it is not the host of `baseUrl`. */
  servername?: string | undefined;
}

/** Time limits of one attempt, in milliseconds. */
export interface TimeoutOptions {
  /** Name look-up, TCP and TLS together. Default 3,000. */
  connectMs?: number | undefined;
  /** From the ready socket to the end of the response head. Default 5,000. */
  headMs?: number | undefined;
  /** Longest silence inside a body. Default 2,000. */
  bodyIdleMs?: number | undefined;
}

/** A TRCODE for both directions, or one for each. */
export type TrCodeOptions =
  | string
  | {
      /** Of the message that we send. */
      request: string;
      /** Of the message that comes back. */
      response: string;
    };

/** What one broker does differently with one operation. */
export interface OperationOptions {
  /** Path under `baseUrl`. */
  path?: string | undefined;
  /** Deadline of the whole call, in milliseconds, where the call names none. */
  deadlineMs?: number | undefined;
  timeouts?: TimeoutOptions | undefined;
  /** Sent and checked where `trCodeAt` says. */
  trCode?: TrCodeOptions | undefined;
  /** `GET`: the fields of the message are sent as query parameters. Default `POST`. */
  method?: Method | undefined;
  /** With `path`: makes an operation of the broker's own of a name that the message standard does not have. */
  kind?: OperationKind | undefined;
  /** Of an operation of the broker's own: paths that the message must hold, else 3003 names them. */
  required?: string[] | undefined;
}

/** When calls to a broker that is down are refused at once. */
export interface BreakerOptions {
  /** Length of the window of calls that are counted, in milliseconds. Default 60,000. */
  windowMs?: number | undefined;
  /** Calls below which nothing is concluded. Default 10. */
  minCalls?: number | undefined;
  /** Share of failed calls from which the circuit opens, in (0, 1]. Default 0.5. */
  failureShare?: number | undefined;
  /** How long it stays open the first time, in milliseconds. Default 15,000. */
  openMs?: number | undefined;
  /** Longest it stays open, in milliseconds; the time doubles with every failed probe. Default 300,000. */
  maxOpenMs?: number | undefined;
}

/** How a read that failed is asked again; whether it may be is a matter of the fault table. */
export interface RetryOptions {
  /** Repeats of a read that the fault table allows without a count, 0 to 3. Default 1. */
  repeats?: number | undefined;
  /** Longest pause before the first repeat, in milliseconds; the pause is drawn from 0 to this. Default 200. */
  baseMs?: number | undefined;
  /** Longest pause at all, in milliseconds. Default 2,000. */
  capMs?: number | undefined;
  /** Share of calls that may be repeats, in [0, 1]. Default 0.2; one repeat in ten seconds is always allowed. */
  budget?: number | undefined;
}

/** A daily time in Korea (a window over midnight belongs to the day it starts), or one span of time. */
export type WindowOptions =
  | {
      /** Begin, `HH:MM` in Korea. */
      from: string;
      /** End, `HH:MM` in Korea; before `from` it is that of the next day. */
      to: string;
      /** Days on which it begins. Default every day. */
      days?: ('sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat')[] | undefined;
    }
  | {
      /** Begin, as a timestamp with its zone. */
      start: string;
      /** End, as a timestamp with its zone. */
      end: string;
    };

/** When a broker is not to be called, and how its maintenance page is known. */
export interface MaintenanceOptions {
  /** Times in which calls are refused with 3600 before any dial. */
  windows?: WindowOptions[] | undefined;
  /** Words that only the broker's maintenance page holds, compared without regard to case. */
  pageMatches?: string | string[] | undefined;
}

/** One broker. A listed company, named by `alias` or `comId`, needs only what differs. */
export interface BrokerOptions {
  /** The broker's name: `category` of its own errors. Default: that of the listed company with this `comId`. */
  alias?: string | undefined;
  /** Five digits. Default: that of the listed company with this `alias`. */
  comId?: string | undefined;
  /** Name for people. */
  name?: string | undefined;
  /** Further names that calls may use, in any letter case. */
  synonyms?: string[] | undefined;
  /** http or https URL that every operation's path is put behind. */
  baseUrl: string;
  /** Sent with every request; a function is asked for every call. */
  headers?: Record<string, string> | HeadersHook | undefined;
  /** Credentials that end: asked for every call, renewed once for everybody when the broker refuses them. */
  credentials?: CredentialsHook | undefined;
  tls?: TlsOptions | undefined;
  /** Charset of answers that are not UTF-8, over what their `Content-Type` says. */
  charset?: string | undefined;
  /** Where messages carry their TRCODE: `header:NAME`, or a path such as `commonHeader.trCode`. */
  trCodeAt?: TrCodeOptions | undefined;
  /** Fields that the broker repeats from the request. Default all four. */
  echoes?: EchoField[] | undefined;
  /** By operation name; `false` switches one off (3002). */
  operations?: Record<string, OperationOptions | false> | undefined;
  timeouts?: TimeoutOptions | undefined;
  /** Calls at once (default 64) and waiting (default 256); one more is refused with 3600. */
  concurrency?:
    | {
        /** Calls at once. Default 64. */
        inFlight?: number | undefined;
        /** Calls waiting. Default 256. */
        queue?: number | undefined;
      }
    | undefined;
  /** `false` for no circuit breaker. */
  breaker?: BreakerOptions | false | undefined;
  /** `false` for no repeats. */
  retry?: RetryOptions | false | undefined;
  /** Other codes of the linkage server for single faults. */
  faultCodes?: Partial<Record<Fault, ExcoCode>> | undefined;
  /** Name of a preset, or a dialect of one's own. Default: the platform's. */
  dialect?: PresetName | DialectOptions | undefined;
  /** How often the broker may be asked; waiting counts against the deadline. Default: what its dialect says. */
  pace?: PaceOptions | false | undefined;
  maintenance?: MaintenanceOptions | undefined;
  /** Octets of a response head (default 16 KiB) and of a body, sent or received, after decompression (default 8 MiB). */
  limits?:
    | {
        /** Octets of a response head. Default 16 KiB. */
        headBytes?: number | undefined;
        /** Octets of a body, sent or received, after decompression. Default 8 MiB. */
        bodyBytes?: number | undefined;
      }
    | undefined;
}

/** What `createConnector` takes, and what a configuration file holds. */
export interface ConnectorOptions {
  /** Where the published JSON Schema lies, for the editor of a configuration file; nothing else reads it. */
  $schema?: string | undefined;
  /** One entry a broker. */
  brokers: BrokerOptions[];
  /** How `op-exco serve` and `createGateway` answer; nothing else reads it. */
  gateway?: GatewayOptions | undefined;
}
