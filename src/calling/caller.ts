import { randomUUID } from 'node:crypto';
import { translate } from '../flow/translate.ts';
import type { CallEnd } from '../model/health.ts';
import type { ConnectorEvents } from '../model/record.ts';
import type { Placed } from '../model/paging.ts';
import type { Settled } from '../model/reply.ts';
import { reasonOf } from '../model/signal.ts';
import type { Answer, Failure, Verdict } from '../model/verdict.ts';
import type { Clock } from '../runtime/clock.ts';
import type { EventHub } from '../runtime/events.ts';
import type { Transport } from '../transport/client.ts';
import type { AttemptSeen } from '../transport/sending.ts';
import { CallRun, type CallWatch } from './call.ts';
import type { OpenCalls } from './open-calls.ts';
import { readyOf, type Call, type Ready } from './ready.ts';
import { attemptRecord, callEnd, callRecord, type Caller } from './records.ts';
import { testimonyOf, type Testimony } from './testimony.ts';
import type { Witness } from './witness.ts';

/** Time of a whole call where neither the call nor the broker's operation names one, in milliseconds. */
const DEFAULT_DEADLINE_MS = 10_000;

/** Stands in records for a broker or an operation that is not known: a name from outside must not become a label. */
const UNKNOWN = 'unknown';

/** What all calls share. */
export interface Workshop {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly events: EventHub<ConnectorEvents>;
  /** Told of the end of every call. */
  readonly ended: (end: CallEnd) => void;
  /** Who sees the calls of this connector from within. */
  readonly witnesses: ReadonlySet<Witness>;
  readonly open: OpenCalls;
}

/** One call, from its arguments to what the caller is told of it. */
export class Conversation implements CallWatch {
  readonly #workshop: Workshop;
  readonly #call: Call;
  readonly #caller: Caller;
  readonly #startMs: number;
  readonly #asked: Ready | Failure;
  #isOpen = false;
  #run: CallRun | undefined;
  #testimony: Testimony | undefined;
  /** What the request for the next page sends, where the answer says that there is one. */
  next: readonly Placed[] | undefined;

  /** @throws TypeError for a message that cannot be sent at all. */
  constructor(call: Call, workshop: Workshop) {
    const { gate, operation, options } = call;
    this.#workshop = workshop;
    this.#call = call;
    this.#startMs = workshop.clock.nowMs();
    this.#caller = {
      broker: gate?.profile.alias ?? UNKNOWN,
      operation: operation?.name ?? UNKNOWN,
      kind: operation?.kind ?? 'read',
      requestId: options.requestId ?? randomUUID(),
    };
    this.#asked = readyOf(call, this.#caller.requestId);
  }

  /**
   * Asks, and judges what comes of it.
   *
   * @throws the caller's own `signal.reason`, what a witness threw, a TypeError behind `close`, and nothing else.
   */
  settle(): Promise<Settled> {
    // Neither this nor what it calls is an async function: what such a one keeps while it waits is half a kilobyte a call.
    return new Promise<Verdict>((resolve, reject) => {
      this.#begin(resolve, reject);
    }).then(
      (verdict) => this.#settled(verdict),
      (reason: unknown) => this.#prevented(reason),
    );
  }

  sending(attempt: number): void {
    if (this.#testimony === undefined || 'kind' in this.#asked) return;
    this.#testimony.sending(this.#asked.prepared.request, attempt);
  }

  seen(attempt: AttemptSeen): void {
    const { events, clock } = this.#workshop;
    this.#testimony?.seen(attempt.outcome);
    if (events.isHeard('attempt')) events.emit('attempt', attemptRecord(this.#caller, attempt, clock.wallMs()));
  }

  #begin(over: (verdict: Verdict) => void, prevented: (reason: unknown) => void): void {
    const asked = this.#asked;
    this.#workshop.open.begin();
    this.#isOpen = true;
    const { signal } = this.#call.options;
    if (signal?.aborted === true) prevented(reasonOf(signal));
    else if ('kind' in asked) over(asked);
    else this.#send(asked, over, prevented);
  }

  #send(
    { gate, operation, prepared }: Ready,
    over: (verdict: Verdict) => void,
    prevented: (reason: unknown) => void,
  ): void {
    const { clock, transport, witnesses } = this.#workshop;
    const { message, options } = this.#call;
    const { signal, deadlineMs = gate.profile.operations.get(operation.name)?.deadlineMs } = options;
    const { requestId } = this.#caller;
    this.#testimony = testimonyOf(witnesses, () => ({ broker: gate.profile, operation, message, requestId }));
    this.#run = new CallRun({
      gate,
      operation,
      prepared,
      budgetMs: deadlineMs ?? DEFAULT_DEADLINE_MS,
      startMs: this.#startMs,
      signal,
      transport,
      clock,
      requestId,
      watch: this,
      over,
      prevented,
    });
    this.#run.start();
  }

  #settled(verdict: Verdict): Settled {
    try {
      const settled = this.#close(verdict);
      this.#testimony?.settled(settled);
      this.#workshop.open.end();
      return settled;
    } catch (error) {
      return this.#prevented(error);
    }
  }

  #prevented(reason: unknown): never {
    if (this.#run !== undefined) this.#record({ kind: 'aborted' }, undefined);
    if (this.#isOpen) this.#workshop.open.end();
    throw reason;
  }

  #close(verdict: Verdict): Settled {
    if (verdict.kind === 'answer') {
      this.next = verdict.next;
      this.#record(verdict, undefined);
      return { ok: true, reply: { data: verdict.data, meta: this.#meta(verdict) } };
    }
    const failure: Failure =
      verdict.kind === 'fault' ? verdict : { kind: 'fault', fault: 'internal', phase: 'local', sent: 'maybe' };
    const asked = this.#asked;
    const { kind, requestId } = this.#caller;
    const { gate, operation } = this.#call;
    const error = translate(failure, {
      kind,
      requestId,
      attempts: this.#attempts,
      ...(gate !== undefined && { broker: gate.profile.alias }),
      ...(operation !== undefined && { operation: operation.name }),
      ...(!('kind' in asked) && { expected: asked.prepared.expected }),
    });
    this.#record(failure, error);
    return { ok: false, error };
  }

  get #attempts(): number {
    return this.#run?.attempts ?? 0;
  }

  get #elapsedMs(): number {
    return Math.round((this.#workshop.clock.nowMs() - this.#startMs) * 10) / 10;
  }

  #meta({ httpStatus, respMsg, warnings, itemFailures }: Answer) {
    const { broker, operation, requestId } = this.#caller;
    const figures = { attempts: this.#attempts, elapsedMs: this.#elapsedMs };
    return { broker, operation, requestId, httpStatus, respMsg, ...figures, warnings, itemFailures };
  }

  #record(verdict: Verdict, error: Parameters<typeof callRecord>[2]): void {
    const { events, clock, ended } = this.#workshop;
    const figures = { attempts: this.#attempts, elapsedMs: this.#elapsedMs, wallMs: clock.wallMs() };
    ended(callEnd(this.#caller, verdict, figures.elapsedMs, figures.wallMs));
    if (!events.isHeard('call')) return;
    events.emit('call', callRecord(this.#caller, verdict, error, figures));
  }
}
