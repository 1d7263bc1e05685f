import axios, { AxiosHeaders, type AxiosInstance, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import axiosRetry from 'axios-retry';
import type { Answer, Failure } from '../model/verdict.ts';
import type { Clock } from '../runtime/clock.ts';
import { openWire } from './choose-wire.ts';
import { AttemptFailed, Prevented, Sending, type SendOrder } from './sending.ts';
import type { OpenWire } from './open-wire.ts';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** The call this request belongs to. */
    sending?: Sending;
  }
}

/** Shared by all responses: the broker's headers stay with the outcome, and axios never looks at these. */
const NO_HEADERS = new AxiosHeaders();

function sendingOf(config: InternalAxiosRequestConfig): Sending {
  if (config.sending === undefined) throw new TypeError('The adapter sends for the connector only.');
  return config.sending;
}

/** The axios adapter: one attempt over our own exchange. What is no answer is rejected, so that axios-retry sees it. */
function adapter(config: InternalAxiosRequestConfig): Promise<AxiosResponse<Answer>> {
  return sendingOf(config).attempt(config, (data) => {
    return { data, status: data.httpStatus, statusText: '', headers: NO_HEADERS, config };
  });
}

/**
 * The axios instance everything goes through. It gets none of axios' defaults: body, headers, limits, redirects and
 * proxies are the exchange's own business.
 */
function createInstance(): AxiosInstance {
  const instance = axios.create();
  for (const name of Object.keys(instance.defaults)) Reflect.deleteProperty(instance.defaults, name);
  Object.assign(instance.defaults, { adapter });
  // Its three repeats are more than any plan allows: the decision is ours, axios-retry only carries it out. It copies what
  // it is given here for every request, so it is given no more than that takes.
  axiosRetry(instance, {
    retryCondition: (error) => error.config?.sending?.mayRepeat(error) ?? false,
    retryDelay: (_count, error) => error.config?.sending?.delayMs ?? 0,
  });
  // axios-retry's own interceptor waits for nothing; one that may wait costs every call four promises.
  for (const interceptor of instance.interceptors.request.handlers ?? []) interceptor.synchronous = true;
  return instance;
}

/** A call under way. */
export interface Sent {
  /**
   * The answer, or the last failure; `undefined` when it was stopped between two attempts. Rejects only with what
   * `SendOrder.sending` threw.
   */
  readonly result: Promise<Answer | Failure | undefined>;
  readonly sending: Sending;
}

/** Sends orders: one attempt after the other, as each order's decision allows. */
export interface Transport {
  send(order: SendOrder): Sent;
}

/** Sends with `clock`'s time, over `open`: our own connections, or Node's client where somebody watches that. */
export function createTransport(clock: Clock, open: OpenWire = openWire): Transport {
  const means = { clock, open };
  const instance = createInstance();
  return {
    send(order) {
      const sending = new Sending(order, means);
      const request = instance.request<Answer>({ sending });
      const result = request.then(
        ({ data }) => data,
        (error: unknown) => failureOf(error),
      );
      return { result, sending };
    },
  };
}

/**
 * The verdict that a rejection of the pipeline carries; anything else is a fault of ours.
 *
 * @throws what kept an attempt from being sent.
 */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof AttemptFailed) return error.verdict.kind === 'fault' ? error.verdict : undefined;
  if (error instanceof Prevented) throw error.reason;
  if (axios.isCancel(error)) return undefined;
  return { kind: 'fault', fault: 'internal', phase: 'local', sent: 'no', cause: error };
}
