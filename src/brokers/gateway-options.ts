import type { Pem } from './pem.ts';

/** Certificate of the gateway's own listener, and whom it lets in. */
export interface GatewayTlsOptions {
  /** Certificate of the listener. */
  cert: Pem;
  /** Key of `cert`. */
  key: Pem;
  /** Opens `key`, where it is locked. */
  passphrase?: string | undefined;
  /** Authorities of client certificates; where it is set, a client without one of theirs is refused (mutual TLS). */
  clientCa?: Pem | undefined;
}

/** What the gateway takes at most. */
export interface GatewayLimitOptions {
  /** Connections open at once; one more is closed as it comes. Default 16,384. */
  connections?: number | undefined;
  /** Calls under way at once, each call of a fan-out counted; one more is answered with 503. Default 1,024. */
  inFlight?: number | undefined;
  /** Octets of a request's head. Default 16 KiB. */
  headBytes?: number | undefined;
  /** Octets of a request's body. Default 1 MiB. */
  bodyBytes?: number | undefined;
  /** Time for a request's head, in milliseconds. Default 5,000. */
  headMs?: number | undefined;
  /** Time for a request as a whole, head and body, in milliseconds. Default 15,000. */
  requestMs?: number | undefined;
  /**
   * Time for a caller to take an answer that is ready, in milliseconds; then its connection is broken off. Kept to within a
   * second. Default 15,000.
   */
  answerMs?: number | undefined;
  /** How long an idle connection is kept, in milliseconds; longer than the balancer's own time. Default 65,000. */
  idleMs?: number | undefined;
  /** Calls of one fan-out. Default 100. */
  fanOutCalls?: number | undefined;
}

/** How the gateway goes. */
export interface GatewayDrainOptions {
  /** Between readiness falling and the door closing, in milliseconds, so that the balancer hears of it. Default 2,000. */
  noticeMs?: number | undefined;
  /** Longest wait for accepted calls behind that, in milliseconds. Default 30,000. */
  mostMs?: number | undefined;
}

/** The section `gateway` of a configuration: what `op-exco serve` and `createGateway` read beside the brokers. */
export interface GatewayOptions {
  /** Default 127.0.0.1. Read when the gateway starts. */
  host?: string | undefined;
  /** Default 8080; 0 for any free one. Read when the gateway starts. */
  port?: number | undefined;
  /** Keys that callers show; absent: nobody is asked for one. At least 16 characters each. */
  apiKeys?: string[] | undefined;
  tls?: GatewayTlsOptions | undefined;
  /** Fields that answers keep although they are left out by default. */
  keepFields?: ('realAccNo' | 'certDn' | 'platformFields')[] | undefined;
  limits?: GatewayLimitOptions | undefined;
  drain?: GatewayDrainOptions | undefined;
}
