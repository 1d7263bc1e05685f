import { randomUUID } from 'node:crypto';
import { refusal } from '../flow/classify.ts';
import { withHeaders } from '../flow/paging.ts';
import { prepare, type Prepared } from '../flow/prepare.ts';
import { translate } from '../flow/translate.ts';
import type { JsonObject } from '../model/json.ts';
import type { BrokerProfile } from '../model/broker.ts';
import type { CallEnd } from '../model/health.ts';
import type { Operation } from '../model/operation.ts';
import type { ConnectorEvents } from '../model/record.ts';
import { redactText } from '../model/redact.ts';
import type { Placed } from '../model/paging.ts';
import type { Settled } from '../model/reply.ts';
import type { Answer, Failure, Verdict } from '../model/verdict.ts';
import type { Outcome } from '../model/wire.ts';
import { withDeadline } from '../resilience/deadline.ts';
import type { Clock } from '../runtime/clock.ts';
import type { EventHub } from '../runtime/events.ts';
import type { Transport } from '../transport/client.ts';
import type { AttemptSeen } from '../transport/sending.ts';
import type { CallOptions } from './arguments.ts';
import { CallRun } from './call.ts';
import type { BrokerGate } from './gate.ts';
import { attemptRecord, callEnd, callRecord, type Caller } from './records.ts';
import { allWitnesses, type Witness } from './witness.ts';

/** Time of a whole call where neither the call nor the broker's operation names one, in milliseconds. */
const DEFAULT_DEADLINE_MS = 10_000;

/** Stands in records for a broker or an operation that is not known: a name from outside must not become a label. */
const UNKNOWN = 'unknown';

/** A name that can be shown as it is. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/** The refusal of a name that nothing is configured under. */
function unknown(fault: 'unknown-broker' | 'unknown-operation', name: string): Failure {
  return refusal({ kind: 'refused', fault, ...(PLAIN_NAME.test(name) && { description: redactText(name) }) });
}

/** What all calls share. */
export interface Workshop {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly events: EventHub<ConnectorEvents>;
  /** Told of the end of every call. */
  readonly ended: (end: CallEnd) => void;
  /** Who sees the calls of this connector from within. */
  readonly witnesses: ReadonlySet<Witness>;
}

/** A call whose arguments are in order; a broker or an operation that is not known is `undefined`. */
export interface Call {
  readonly brokerName: string;
  readonly gate: BrokerGate | undefined;
  readonly operationName: string;
  readonly operation: Operation | undefined;
  readonly message: JsonObject;
  readonly options: CallOptions;
  /** Values beside the message: flags and keys of a page. */
  readonly placed?: readonly Placed[];
}

/** A call that can be made. */
interface Ready {
  readonly gate: BrokerGate;
  readonly operation: Operation;
  readonly prepared: Prepared;
}

/** Who is asked, what, and is the message complete; or why it is not sent. */
function readyOf(
  { gate, brokerName, operation, operationName, message, placed = [] }: Call,
  requestId: string,
): Ready | Failure {
  if (gate === undefined) return unknown('unknown-broker', brokerName);
  if (operation === undefined) return unknown('unknown-operation', operationName);
  const prepared = prepare(gate.profile, operation, message, requestId);
  if (prepared.kind === 'refused') return refusal(prepared);
  const { request } = prepared;
  return {
    gate,
    operation,
    prepared: placed.length === 0 ? prepared : { ...prepared, request: withHeaders(request, placed) },
  };
}

/** One call, from its arguments to what the caller is told of it. */
export class Conversation {
  readonly #workshop: Workshop;
  readonly #call: Call;
  readonly #caller: Caller;
  readonly #startMs: number;
  readonly #asked: Ready | Failure;
  #run: CallRun | undefined;
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
   * @throws the caller's own `signal.reason`, or what a witness threw, and nothing else.
   */
  async settle(): Promise<Settled> {
    const asked = this.#asked;
    const { options } = this.#call;
    options.signal?.throwIfAborted();
    if ('kind' in asked) return this.#close(asked);

    const { gate, operation, prepared } = asked;
    const budgetMs =
      options.deadlineMs ?? gate.profile.operations.get(operation.name)?.deadlineMs ?? DEFAULT_DEADLINE_MS;
    const { clock, transport } = this.#workshop;
    const deadlineAtMs = this.#startMs + budgetMs;
    const { seen, sending, settled } = this.#observe(gate.profile, operation, prepared);
    const { requestId } = this.#caller;
    this.#run = new CallRun({ gate, operation, prepared, deadlineAtMs, requestId, transport, clock, seen, sending });
    try {
      return settled(this.#close(await withDeadline(this.#run, budgetMs, options.signal)));
    } catch (error) {
      this.#record({ kind: 'aborted' }, undefined);
      throw error;
    }
  }

  /** Who is told of what while the call runs. */
  #observe(broker: BrokerProfile, operation: Operation, { request }: Prepared) {
    const call = { broker, operation, message: this.#call.message, requestId: this.#caller.requestId };
    const witnesses = allWitnesses(this.#workshop.witnesses);
    const outcomes: Outcome[] = [];
    return {
      seen: (attempt: AttemptSeen) => {
        if (witnesses.length > 0) outcomes.push(attempt.outcome);
        this.#recordAttempt(attempt);
      },
      sending: (attempt: number) => {
        for (const witness of witnesses) witness.sending?.({ call, request, attempt });
      },
      settled: (settled: Settled) => {
        for (const witness of witnesses) witness.settled?.({ call, outcomes, settled });
        return settled;
      },
    };
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

  #recordAttempt(attempt: AttemptSeen): void {
    const { events, clock } = this.#workshop;
    if (events.isHeard('attempt')) events.emit('attempt', attemptRecord(this.#caller, attempt, clock.wallMs()));
  }

  #record(verdict: Verdict, error: Parameters<typeof callRecord>[2]): void {
    const { events, clock, ended } = this.#workshop;
    const figures = { attempts: this.#attempts, elapsedMs: this.#elapsedMs, wallMs: clock.wallMs() };
    ended(callEnd(this.#caller, verdict, figures.elapsedMs, figures.wallMs));
    if (!events.isHeard('call')) return;
    events.emit('call', callRecord(this.#caller, verdict, error, figures));
  }
}
