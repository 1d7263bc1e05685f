import axios, { AxiosHeaders, type AxiosAdapter, type AxiosInstance } from 'axios';
import axiosRetry from 'axios-retry';
import type { Answer, Failure, GivenUp, Verdict } from '../model/verdict.ts';
import type { Clock } from '../runtime/clock.ts';
import { openWire } from './choose-wire.ts';
import { LimitWatches } from './limit-watch.ts';
import type { OpenWire } from './open-wire.ts';
import { Prevented, Sending, type AttemptEnd, type SendOrder } from './sending.ts';

/** Shared by all responses: the broker's headers stay with the outcome, and axios never looks at these. */
const NO_HEADERS = new AxiosHeaders();

/** An attempt that did not bring the answer; axios-retry sends what `config` says once more. */
class AttemptFailed extends Error {
  readonly config: object;
  readonly sending: Sending;
  readonly verdict: Failure | GivenUp;

  constructor(config: object, sending: Sending, verdict: Failure | GivenUp) {
    super(verdict.kind === 'fault' ? verdict.fault : verdict.kind);
    this.config = config;
    this.sending = sending;
    this.verdict = verdict;
  }
}

function mayRepeat(error: unknown): boolean {
  if (!(error instanceof AttemptFailed) || !error.sending.mayRepeat(error.verdict)) return false;
  // axios-retry ends its pause when the signal in the request's config does.
  Object.assign(error.config, { signal: error.sending.pauseSignal() });
  return true;
}

/**
 * The axios instance everything goes through. It gets none of axios' defaults: body, headers, limits, redirects and
 * proxies are the exchange's own business.
 */
function createInstance(): AxiosInstance {
  const instance = axios.create();
  for (const name of Object.keys(instance.defaults)) Reflect.deleteProperty(instance.defaults, name);
  // Its three repeats are more than any plan allows: the decision is ours, axios-retry only carries it out.
  const { requestInterceptorId } = axiosRetry(instance, {
    retryCondition: mayRepeat,
    retryDelay: (_count, error: unknown) => (error instanceof AttemptFailed ? error.sending.delayMs : 0),
  });
  // It notes when each request began, for limits of axios' own, which are not set; a failure notes it where it is not.
  instance.interceptors.request.eject(requestInterceptorId);
  return instance;
}

/**
 * The attempts of `sending` as axios asks for them: the first has come to `first` by then, any other is made. What is no
 * answer is rejected, so that axios-retry sees it.
 */
function adapterOf(sending: Sending, first: () => Verdict): AxiosAdapter {
  let isFirst = true;
  return async (config) => {
    const verdict = isFirst
      ? first()
      : await new Promise<Verdict>((over) => {
          sending.attempt({ over });
        });
    isFirst = false;
    if (verdict.kind !== 'answer') throw new AttemptFailed(config, sending, verdict);
    return { data: verdict, status: verdict.httpStatus, statusText: '', headers: NO_HEADERS, config };
  };
}

/** Hears how a call ends. Told and not promised: what holds a promise while it waits is a tenth of a call. */
export interface SendEnd {
  /** The answer, or the last failure; `undefined` when it was stopped between two attempts. */
  over(result: Answer | Failure | undefined): void;
  /** What `SendWatch.sending` threw. */
  prevented(reason: unknown): void;
}

/** Sends orders: one attempt after the other, as each order's decision allows. */
export interface Transport {
  send(order: SendOrder, end: SendEnd): Sending;
}

/**
 * Has axios ask for what `sending` sends, when its first attempt is over and not before: what axios keeps for a request would be a
 * third of all that a call holds while it waits.
 */
class Pipeline implements AttemptEnd {
  readonly #instance: AxiosInstance;
  readonly #sending: Sending;
  readonly #end: SendEnd;

  constructor(instance: AxiosInstance, sending: Sending, end: SendEnd) {
    this.#instance = instance;
    this.#sending = sending;
    this.#end = end;
  }

  over(verdict: Verdict): void {
    this.#ask(() => verdict);
  }

  /** The first attempt was not made. */
  failed(error: unknown): void {
    this.#ask(() => {
      throw error;
    });
  }

  #ask(first: () => Verdict): void {
    this.#instance.request<Answer>({ adapter: adapterOf(this.#sending, first) }).then(
      ({ data }) => {
        this.#end.over(data);
      },
      (error: unknown) => {
        if (error instanceof Prevented) this.#end.prevented(error.reason);
        else this.#end.over(failureOf(error));
      },
    );
  }
}

/** Sends with `clock`'s time, over `open`: our own connections, or Node's client where somebody watches that. */
export function createTransport(clock: Clock, open: OpenWire = openWire): Transport {
  const means = { clock, open, limits: new LimitWatches(clock) };
  const instance = createInstance();
  return {
    send(order, end) {
      const sending = new Sending(order, means);
      const pipeline = new Pipeline(instance, sending, end);
      try {
        sending.attempt(pipeline);
      } catch (error) {
        pipeline.failed(error);
      }
      return sending;
    },
  };
}

/** The verdict that a rejection of the pipeline carries; anything else is a fault of ours. */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof AttemptFailed) return error.verdict.kind === 'fault' ? error.verdict : undefined;
  if (axios.isCancel(error)) return undefined;
  return { kind: 'fault', fault: 'internal', phase: 'local', sent: 'no', cause: error };
}
