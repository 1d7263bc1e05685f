import type { Prepared } from '../flow/prepare.ts';
import { refusal } from '../flow/classify.ts';
import type { Operation } from '../model/operation.ts';
import type { CallSignal } from '../model/signal.ts';
import type { Failure, Verdict } from '../model/verdict.ts';
import type { Refused, WireRequest } from '../model/wire.ts';
import type { Place, Waiter } from '../resilience/bulkhead.ts';
import { underDeadline, type Stoppable, type UnderDeadline } from '../resilience/deadline.ts';
import { mayRepeatAtAll } from '../resilience/retry.ts';
import type { CallerContext } from '../runtime/caller-context.ts';
import type { Clock } from '../runtime/clock.ts';
import type { SendEnd, Transport } from '../transport/client.ts';
import type { AttemptSeen, NextAttempt, SendWatch, Sending } from '../transport/sending.ts';
import type { CallEnding, Pass } from './circuits.ts';
import type { Clearance } from './clearance.ts';
import type { BrokerGate, Entered } from './gate.ts';
import { nextAttempt } from './repeat.ts';

/** Hears of one call. */
export interface CallWatch {
  /** Told before every attempt; what it throws is what the call rejects with. */
  sending(attempt: number): void;
  /** Told of every attempt. */
  seen(attempt: AttemptSeen): void;
  /** Told once, when the call is over. */
  over(verdict: Verdict): void;
  /** Told instead where the call was aborted, or prevented, with what it was. */
  prevented(reason: unknown): void;
}

/** What one call goes through. */
export interface CallOrder {
  readonly gate: BrokerGate;
  readonly operation: Operation;
  readonly prepared: Prepared;
  /** Time from `startMs` to its deadline, in milliseconds. */
  readonly budgetMs: number;
  readonly startMs: number;
  /** Ends the call for its own reason when it aborts. */
  readonly signal: CallSignal | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly requestId: string;
  readonly context: CallerContext;
  readonly watch: CallWatch;
}

const EXPIRED_UNSENT: Refused = { kind: 'refused', fault: 'deadline-exceeded' };

const GIVEN_UP: Verdict = { kind: 'aborted' };

function endingOf(verdict: Verdict): CallEnding {
  if (verdict.kind === 'fault') return verdict.fault;
  return verdict.kind === 'answer' ? 'answered' : 'aborted';
}

/** One call from the gate to its verdict; can be ended at any moment, and gives back what it holds exactly once. */
export class CallRun implements Stoppable, Waiter, SendWatch, SendEnd {
  readonly #order: CallOrder;
  readonly #deadlineAtMs: number;
  readonly #deadline: UnderDeadline;
  /** Made only for a call that waits for its credentials or its turn. */
  #waiting: AbortController | undefined;
  #isStopped = false;
  #isOver = false;
  #sending: Sending | undefined;
  /** Attempts before the credentials were renewed. */
  #earlier = 0;
  #place: Place | undefined;
  #pass: Pass | undefined;

  constructor(order: CallOrder) {
    this.#order = order;
    this.#deadlineAtMs = order.startMs + order.budgetMs;
    this.#deadline = underDeadline(this, order.budgetMs, order.signal);
  }

  /** Goes to the gate; once. */
  start(): void {
    const { gate, operation } = this.#order;
    try {
      const entered = gate.tryEnter(operation);
      if (entered === undefined) gate.wait(this);
      else this.#go(entered);
    } catch (prevented) {
      this.prevented(prevented);
    }
  }

  // The place was somebody else's: what comes of it is told in the caller's own context.
  enter(place: Place): void {
    this.#order.context.runInAsyncScope(() => {
      // Given up at that very moment: nobody else knows of the place.
      if (this.#isOver) place.release();
      else this.#enter(place);
    });
  }

  /** Attempts made so far. */
  get attempts(): number {
    return this.#earlier + (this.#sending?.attempts ?? 0);
  }

  // A timer may have been set, and a signal is aborted, by somebody else: what comes of it is told in the caller's own context.
  expire(): void {
    this.#order.context.runInAsyncScope(() => {
      this.#stopWaiting();
      this.over(this.#sending?.stop('deadline') ?? refusal(EXPIRED_UNSENT));
    });
  }

  abort(reason: unknown): void {
    this.#order.context.runInAsyncScope(() => {
      this.#stopWaiting();
      this.#sending?.stop('caller');
      this.prevented(reason);
    });
  }

  sending(attempt: number): void {
    this.#order.watch.sending(this.#earlier + attempt);
  }

  seen(attempt: AttemptSeen): void {
    const { watch } = this.#order;
    watch.seen(this.#earlier === 0 ? attempt : { ...attempt, attempt: this.#earlier + attempt.attempt });
  }

  next(failure: Failure, attempt: number): NextAttempt | undefined {
    return nextAttempt(this.#order, failure, this.#earlier + attempt, this.#deadlineAtMs);
  }

  #stopWaiting(): void {
    this.#isStopped = true;
    this.#order.gate.leave(this);
    this.#waiting?.abort();
  }

  /** Ends what the call waits for. */
  #waitSignal(): AbortSignal {
    this.#waiting ??= new AbortController();
    return this.#waiting.signal;
  }

  #enter(place: Place): void {
    const { gate, operation } = this.#order;
    try {
      this.#go(gate.enter(place, operation));
    } catch (prevented) {
      this.prevented(prevented);
    }
  }

  #go(entered: Entered | Refused): void {
    if (entered.kind === 'refused') {
      this.over(refusal(entered));
      return;
    }
    this.#place = entered.place;
    this.#pass = entered.pass;
    const { gate, prepared } = this.#order;
    if (gate.clearance === undefined) this.#send(prepared.request, this);
    else void this.#clear(gate.clearance, prepared.request);
  }

  async #clear(clearance: Clearance, request: WireRequest): Promise<void> {
    const { gate, operation, requestId } = this.#order;
    try {
      const verdict = await clearance.through({
        ...{ operation, request, requestId, deadlineAtMs: this.#deadlineAtMs },
        mayRepeat: () => !this.#isStopped && mayRepeatAtAll(gate.profile.retry) && !gate.isOpen(operation),
        isStopped: () => this.#isStopped,
        signal: () => this.#waitSignal(),
        send: (cleared) =>
          new Promise((over, prevented) => {
            this.#send(cleared, { over, prevented });
          }),
      });
      this.over(verdict);
    } catch (prevented) {
      this.prevented(prevented);
    }
  }

  #send(request: WireRequest, end: SendEnd): void {
    const { gate, prepared, transport, context } = this.#order;
    this.#earlier = this.attempts;
    const order = {
      line: gate.line,
      request: gate.trustsKept ? request : { ...request, freshSocket: true },
      expected: prepared.expected,
      watch: this,
      context,
    };
    this.#sending = transport.send(order, end);
  }

  /** Ends the call without a verdict that anybody asks for. */
  prevented(reason: unknown): void {
    if (this.#close(GIVEN_UP)) this.#order.watch.prevented(reason);
  }

  /** Ends it with its verdict; without one where it was stopped. */
  over(verdict: Verdict = GIVEN_UP): void {
    if (this.#close(verdict)) this.#order.watch.over(verdict);
  }

  /** Gives back what the call holds; `false` where that was done before. */
  #close(verdict: Verdict): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#place?.release();
    this.#pass?.settle(endingOf(verdict));
    this.#deadline.leave();
    return true;
  }
}
