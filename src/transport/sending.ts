import { faultRow } from '../catalog/faults.ts';
import { classify } from '../flow/classify.ts';
import type { Expectation, Failure, GivenUp, Verdict } from '../model/verdict.ts';
import type { Outcome, WireRequest } from '../model/wire.ts';
import type { CallerContext } from '../runtime/caller-context.ts';
import { Exchange, type ExchangeEnd, type Means } from './exchange.ts';
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
  /** Every attempt is over in it, and the next one made. */
  readonly context: CallerContext;
}

/** Hears what an attempt has come to. */
export interface AttemptEnd {
  over(verdict: Verdict): void;
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

/** All attempts of one call, one after the other. */
export class Sending implements ExchangeEnd {
  readonly #order: SendOrder;
  readonly #means: Means;
  /** Made only for a call that pauses before a repeat. */
  #pause: AbortController | undefined;
  #isStopped = false;
  #attempts = 0;
  #end: AttemptEnd | undefined;
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

  /**
   * Sends once and judges what comes of it, for `end`.
   *
   * @throws Prevented where `SendWatch.sending` throws.
   */
  attempt(end: AttemptEnd): void {
    const { line, request } = this.#order;
    this.#attempts += 1;
    this.#announce();
    this.#end = end;
    this.#exchange = new Exchange(request, line, this.#means, this);
    this.#exchange.start(request.freshSocket || this.#next?.freshSocket === true);
  }

  exchanged(result: Exchanged): void {
    this.#order.context.runInAsyncScope(() => {
      this.#onOutcome(result);
    });
  }

  /** Whether the attempt that failed is to be repeated; keeps the decision for `delayMs` and the next attempt. */
  mayRepeat(failed: Failure | GivenUp): boolean {
    this.#next =
      this.#isStopped || failed.kind !== 'fault' ? undefined : this.#order.watch.next(failed, this.#attempts);
    return this.#next !== undefined;
  }

  /** Ends a pause when the call is stopped. */
  pauseSignal(): AbortSignal {
    this.#pause ??= new AbortController();
    return this.#pause.signal;
  }

  /** Ends it now, whatever it is doing, and says what it came to. */
  stop(reason: StopReason): Failure | undefined {
    this.#exchange?.stop(reason);
    this.#isStopped = true;
    this.#pause?.abort();
    return this.#lastFailure;
  }

  #announce(): void {
    try {
      this.#order.watch.sending(this.#attempts);
    } catch (reason) {
      throw new Prevented(reason);
    }
  }

  #onOutcome({ outcome, marks, reusedSocket }: Exchanged): void {
    const { expected, watch } = this.#order;
    const verdict = judge(outcome, expected);
    // Somebody else's answer: the socket is out of step, and nobody may read from it again.
    if (verdict.kind === 'fault' && faultRow(verdict.fault).read === 'once-fresh') this.#exchange?.dropSocket();
    this.#exchange = undefined;
    if (verdict.kind === 'fault') this.#lastFailure = verdict;
    watch.seen({ outcome, marks, reusedSocket, verdict, attempt: this.#attempts });
    this.#end?.over(verdict);
  }
}
