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
import type { AttemptSeen, NextAttempt, Sending } from '../transport/sending.ts';
import type { BrokerGate, CallEnding, Pass } from './gate.ts';

/** What one call goes through. */
export interface CallOrder {
  readonly gate: BrokerGate;
  readonly operation: Operation;
  readonly prepared: Prepared;
  readonly deadlineAtMs: number;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly requestId: string;
  /** Told of every attempt. */
  readonly seen: (attempt: AttemptSeen) => void;
  /** Told before every attempt; what it throws is what the call rejects with. */
  readonly sending: (attempt: number) => void;
}

const EXPIRED_UNSENT: Refused = { kind: 'refused', fault: 'deadline-exceeded' };

const GIVEN_UP: Verdict = { kind: 'aborted' };

function endingOf(verdict: Verdict): CallEnding {
  if (verdict.kind === 'fault') return verdict.fault;
  return verdict.kind === 'answer' ? 'answered' : 'aborted';
}

/** One call from the gate to its verdict; can be ended at any moment, and gives back what it holds exactly once. */
export class CallRun implements Stoppable<Verdict> {
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
    void this.#run();
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

  #stopWaiting(): void {
    this.#isStopped = true;
    this.#waiting?.abort();
  }

  async #run(): Promise<void> {
    try {
      this.#finish(await this.#verdictOf());
    } catch (prevented) {
      this.#give(prevented);
    }
  }

  async #verdictOf(): Promise<Verdict> {
    const { gate, operation } = this.#order;
    const entered = await gate.enter(operation, () => (this.#waiting ??= new AbortController()).signal);
    if ('kind' in entered) return refusal(entered);
    this.#release = entered.release;
    this.#pass = entered.pass;
    return this.#isStopped ? refusal(EXPIRED_UNSENT) : ((await this.#cleared()) ?? GIVEN_UP);
  }

  #cleared(): Promise<Verdict | undefined> {
    const { gate, prepared, operation, requestId, deadlineAtMs } = this.#order;
    const { request } = prepared;
    if (gate.clearance === undefined) return this.#send(request);
    return gate.clearance.through({
      ...{ operation, request, requestId, deadlineAtMs },
      mayRepeat: () => !this.#isStopped && mayRepeatAtAll(gate.profile.retry) && !gate.isOpen(operation),
      isStopped: () => this.#isStopped,
      signal: () => (this.#waiting ??= new AbortController()).signal,
      send: (cleared) => this.#send(cleared),
    });
  }

  #send(request: WireRequest): Promise<Verdict | undefined> {
    const { gate, prepared, transport, seen, sending } = this.#order;
    const { expected } = prepared;
    const earlier = this.attempts;
    this.#earlier = earlier;
    const sent = transport.send({
      line: gate.line,
      request: gate.trustsKept ? request : { ...request, freshSocket: true },
      expected,
      next: (failure, attempts) => this.#next(failure, earlier + attempts),
      seen: (each) => seen(earlier === 0 ? each : { ...each, attempt: earlier + each.attempt }),
      sending: (attempt) => sending(earlier + attempt),
    });
    this.#sending = sent.sending;
    return sent.result;
  }

  /** The repeat that fault table, settings, time, breakers and budget allow, asked in the order of their cost. */
  #next(failure: Failure, attempts: number): NextAttempt | undefined {
    const { gate, operation, clock, deadlineAtMs } = this.#order;
    const plan = planRepeat(
      {
        fault: failure.fault,
        kind: operation.kind,
        sent: failure.sent,
        attempts,
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
