import { faultRow } from '../catalog/faults.ts';
import { classify } from '../flow/classify.ts';
import type { Answer, Expectation, Failure, GivenUp, Verdict } from '../model/verdict.ts';
import type { Outcome, WireRequest } from '../model/wire.ts';
import { Exchange, type Means } from './exchange.ts';
import type { Exchanged, StopReason } from './exchanged.ts';
import type { Line } from './line.ts';

/** The next attempt, as the decision outside has it. */
export interface NextAttempt {
  readonly delayMs: number;
  readonly freshSocket: boolean;
}

/** One attempt that is over. */
export interface AttemptSeen extends Exchanged {
  readonly verdict: Verdict;
  /** First is 1. */
  readonly attempt: number;
}

/** Hears of every attempt, and decides whether there is another. */
export interface SendWatch {
  /** Told before every attempt, first is 1; what it throws ends the call, and nothing is sent. */
  sending(attempt: number): void;
  /** Told of every attempt when it is over. */
  seen(attempt: AttemptSeen): void;
  /** Whether and when to send again after this failure; consulted once for every failed attempt. */
  next(failure: Failure, attempts: number): NextAttempt | undefined;
}

/** What is to be sent, and who decides about it. */
export interface SendOrder {
  readonly line: Line;
  readonly request: WireRequest;
  readonly expected: Expectation;
  readonly watch: SendWatch;
}

/** An attempt that did not bring the answer; axios-retry sends what `config` says once more. */
export class AttemptFailed extends Error {
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

/** The call is ended by what `SendWatch.sending` threw. */
export class Prevented extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('prevented');
    this.reason = reason;
  }
}

/** The verdict on an outcome. A defect of ours in judging it must not escape into a socket's event. */
function judge(outcome: Outcome, expected: Expectation): Verdict {
  try {
    return classify(outcome, expected);
  } catch (cause) {
    const sent = 'sent' in outcome ? outcome.sent : 'yes';
    return { kind: 'fault', fault: 'internal', phase: 'message', sent, cause };
  }
}

/** All attempts of one call. */
export class Sending {
  readonly #order: SendOrder;
  readonly #means: Means;
  /** Made only for a call that pauses before a repeat. */
  #abort: AbortController | undefined;
  #isStopped = false;
  #attempts = 0;
  #exchange: Exchange | undefined;
  #next: NextAttempt | undefined;
  #lastFailure: Failure | undefined;

  constructor(order: SendOrder, means: Means) {
    this.#order = order;
    this.#means = means;
  }

  get attempts(): number {
    return this.#attempts;
  }

  /** The pause before the repeat that `mayRepeat` granted, in milliseconds. */
  get delayMs(): number {
    return this.#next?.delayMs ?? 0;
  }

  /** Sends once and judges what comes of it; an answer is given as `responseOf` has it. */
  attempt<R>(config: object, responseOf: (answer: Answer) => R): Promise<R> {
    const { line, request, expected, watch } = this.#order;
    this.#attempts += 1;
    try {
      watch.sending(this.#attempts);
    } catch (reason) {
      return Promise.reject(new Prevented(reason));
    }
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(request, line, this.#means, ({ outcome, marks, reusedSocket }) => {
        this.#exchange = undefined;
        const verdict = judge(outcome, expected);
        // Somebody else's answer: the socket is out of step, and nobody may read from it again.
        if (verdict.kind === 'fault' && faultRow(verdict.fault).read === 'once-fresh') exchange.dropSocket();
        watch.seen({ outcome, marks, reusedSocket, verdict, attempt: this.#attempts });
        if (verdict.kind === 'answer') resolve(responseOf(verdict));
        else reject(this.#failed(config, verdict));
      });
      this.#exchange = exchange;
      exchange.start(request.freshSocket || this.#next?.freshSocket === true);
    });
  }

  /** Whether the failed attempt is to be repeated; keeps the decision for `delayMs` and the next attempt. */
  mayRepeat(error: AttemptFailed): boolean {
    if (this.#isStopped || error.verdict.kind !== 'fault') return false;
    this.#next = this.#order.watch.next(error.verdict, this.#attempts);
    if (this.#next === undefined) return false;
    // axios-retry ends its pause when the signal in the request's config does.
    this.#abort = new AbortController();
    Object.assign(error.config, { signal: this.#abort.signal });
    return true;
  }

  /** Ends it now, whatever it is doing, and says what it came to. */
  stop(reason: StopReason): Failure | undefined {
    this.#exchange?.stop(reason);
    this.#isStopped = true;
    this.#abort?.abort();
    return this.#lastFailure;
  }

  #failed(config: object, verdict: Failure | GivenUp): AttemptFailed {
    if (verdict.kind === 'fault') this.#lastFailure = verdict;
    return new AttemptFailed(config, this, verdict);
  }
}
