import type { Prepared } from '../flow/prepare.ts';
import { refusal } from '../flow/classify.ts';
import type { Operation } from '../model/operation.ts';
import type { Failure, Verdict } from '../model/verdict.ts';
import type { Refused, WireRequest } from '../model/wire.ts';
import type { Release } from '../resilience/bulkhead.ts';
import type { Stoppable } from '../resilience/deadline.ts';
import { mayRepeatAtAll, planRepeat } from '../resilience/retry.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Transport } from '../transport/client.ts';
import type { AttemptSeen, NextAttempt, SendWatch, Sending } from '../transport/sending.ts';
import type { CallEnding, Pass } from './circuits.ts';
import type { BrokerGate, Entered } from './gate.ts';

/** Hears of the attempts of one call. */
export interface CallWatch {
  /** Told before every attempt; what it throws is what the call rejects with. */
  sending(attempt: number): void;
  /** Told of every attempt. */
  seen(attempt: AttemptSeen): void;
}

/** What one call goes through. */
export interface CallOrder {
  readonly gate: BrokerGate;
  readonly operation: Operation;
  readonly prepared: Prepared;
  readonly deadlineAtMs: number;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly requestId: string;
  readonly watch: CallWatch;
}

const EXPIRED_UNSENT: Refused = { kind: 'refused', fault: 'deadline-exceeded' };

const GIVEN_UP: Verdict = { kind: 'aborted' };

function endingOf(verdict: Verdict): CallEnding {
  if (verdict.kind === 'fault') return verdict.fault;
  return verdict.kind === 'answer' ? 'answered' : 'aborted';
}

/** One call from the gate to its verdict; can be ended at any moment, and gives back what it holds exactly once. */
export class CallRun implements Stoppable<Verdict>, SendWatch {
  readonly over: Promise<void>;
  readonly #order: CallOrder;
  /** Made only for a call that has to wait. */
  #waiting: AbortController | undefined;
  #isStopped = false;
  #sending: Sending | undefined;
  /** Attempts before the credentials were renewed. */
  #earlier = 0;
  #release: Release | undefined;
  #pass: Pass | undefined;
  #verdict: Verdict | undefined;
  #end: { resolve: () => void; reject: (reason: unknown) => void } | undefined;

  constructor(order: CallOrder) {
    this.#order = order;
    this.over = new Promise((resolve, reject) => {
      this.#end = { resolve, reject };
    });
  }

  /** Goes to the gate; once. */
  start(): void {
    const { gate, operation } = this.#order;
    try {
      const entered = gate.tryEnter(operation);
      if (entered === undefined) void this.#wait();
      else this.#go(entered);
    } catch (prevented) {
      this.#give(prevented);
    }
  }

  /** Attempts made so far. */
  get attempts(): number {
    return this.#earlier + (this.#sending?.attempts ?? 0);
  }

  result(): Verdict {
    return this.#verdict ?? GIVEN_UP;
  }

  expire(): void {
    this.#stopWaiting();
    this.#finish(this.#sending?.stop('deadline') ?? refusal(EXPIRED_UNSENT));
  }

  abort(reason: unknown): void {
    this.#stopWaiting();
    this.#sending?.stop('caller');
    this.#give(reason);
  }

  sending(attempt: number): void {
    this.#order.watch.sending(this.#earlier + attempt);
  }

  seen(attempt: AttemptSeen): void {
    const { watch } = this.#order;
    watch.seen(this.#earlier === 0 ? attempt : { ...attempt, attempt: this.#earlier + attempt.attempt });
  }

  /** The repeat that fault table, settings, time, breakers and budget allow, asked in the order of their cost. */
  next(failure: Failure, attempt: number): NextAttempt | undefined {
    const { gate, operation, clock, deadlineAtMs } = this.#order;
    const plan = planRepeat(
      {
        fault: failure.fault,
        kind: operation.kind,
        sent: failure.sent,
        attempts: this.#earlier + attempt,
        ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
        remainingMs: deadlineAtMs - clock.nowMs(),
        random: clock.random(),
      },
      gate.profile.retry,
    );
    if (plan === undefined || gate.isOpen(operation)) return undefined;
    if (plan.isFree) gate.distrustKept();
    else if (!gate.takeRepeat()) return undefined;
    return gate.clearance === undefined ? plan : gate.clearance.paced(plan, operation, deadlineAtMs);
  }

  #stopWaiting(): void {
    this.#isStopped = true;
    this.#waiting?.abort();
  }

  /** Ends what the call waits for. */
  #waitSignal(): AbortSignal {
    this.#waiting ??= new AbortController();
    return this.#waiting.signal;
  }

  async #wait(): Promise<void> {
    const { gate, operation } = this.#order;
    try {
      this.#go(await gate.wait(operation, this.#waitSignal()));
    } catch (prevented) {
      this.#give(prevented);
    }
  }

  #go(entered: Entered | Refused): void {
    if (entered.kind === 'refused') {
      this.#finish(refusal(entered));
      return;
    }
    this.#release = entered.release;
    this.#pass = entered.pass;
    if (this.#isStopped) {
      this.#finish(refusal(EXPIRED_UNSENT));
      return;
    }
    this.#cleared().then(
      (verdict) => {
        this.#finish(verdict ?? GIVEN_UP);
      },
      (prevented: unknown) => {
        this.#give(prevented);
      },
    );
  }

  #cleared(): Promise<Verdict | undefined> {
    const { gate, prepared, operation, requestId, deadlineAtMs } = this.#order;
    const { request } = prepared;
    if (gate.clearance === undefined) return this.#send(request);
    return gate.clearance.through({
      ...{ operation, request, requestId, deadlineAtMs },
      mayRepeat: () => !this.#isStopped && mayRepeatAtAll(gate.profile.retry) && !gate.isOpen(operation),
      isStopped: () => this.#isStopped,
      signal: () => this.#waitSignal(),
      send: (cleared) => this.#send(cleared),
    });
  }

  #send(request: WireRequest): Promise<Verdict | undefined> {
    const { gate, prepared, transport } = this.#order;
    this.#earlier = this.attempts;
    const sent = transport.send({
      line: gate.line,
      request: gate.trustsKept ? request : { ...request, freshSocket: true },
      expected: prepared.expected,
      watch: this,
    });
    this.#sending = sent.sending;
    return sent.result;
  }

  /** Ends the call without a verdict that anybody asks for. */
  #give(reason: unknown): void {
    this.#close(GIVEN_UP);
    this.#end?.reject(reason);
  }

  #finish(verdict: Verdict): void {
    this.#close(verdict);
    this.#end?.resolve();
  }

  #close(verdict: Verdict): void {
    if (this.#verdict !== undefined) return;
    this.#verdict = verdict;
    this.#release?.();
    this.#pass?.settle(endingOf(verdict));
  }
}
