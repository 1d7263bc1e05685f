import { randomUUID } from 'node:crypto';
import { translate } from '../flow/translate.ts';
import type { CallEnd } from '../model/health.ts';
import type { ConnectorEvents } from '../model/record.ts';
import type { Placed } from '../model/paging.ts';
import type { Settled } from '../model/reply.ts';
import { reasonOf } from '../model/signal.ts';
import type { Answer, Failure, Verdict } from '../model/verdict.ts';
import { CallerContext } from '../runtime/caller-context.ts';
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

const NOBODY = (): void => undefined;

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
  readonly #context = new CallerContext();
  readonly #startMs: number;
  readonly #asked: Ready | Failure;
  #run: CallRun | undefined;
  #testimony: Testimony | undefined;
  #resolve: (settled: Settled) => void = NOBODY;
  #reject: (reason: unknown) => void = NOBODY;
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
    // One promise for all of it, and nothing async below: what waits for a broker is moved by the collector, piece by piece.
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#workshop.open.begin();
      try {
        this.#begin();
      } catch (error) {
        this.prevented(error);
      }
    });
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

  over(verdict: Verdict): void {
    let settled: Settled;
    try {
      settled = this.#close(verdict);
      this.#testimony?.settled(settled);
    } catch (error) {
      this.prevented(error);
      return;
    }
    this.#workshop.open.end();
    const resolve = this.#resolve;
    this.#forget();
    resolve(settled);
  }

  prevented(reason: unknown): void {
    if (this.#run !== undefined) this.#record({ kind: 'aborted' }, undefined);
    this.#workshop.open.end();
    const reject = this.#reject;
    this.#forget();
    reject(reason);
  }

  #begin(): void {
    const asked = this.#asked;
    const { signal } = this.#call.options;
    if (signal?.aborted === true) this.prevented(reasonOf(signal));
    else if ('kind' in asked) this.over(asked);
    else this.#send(asked);
  }

  #send({ gate, operation, prepared }: Ready): void {
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
      context: this.#context,
      watch: this,
    });
    this.#run.start();
  }

  #forget(): void {
    this.#resolve = NOBODY;
    this.#reject = NOBODY;
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
