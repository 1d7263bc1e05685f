import { getEventListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { Connector } from '../../src/connector.ts';
import { endedWithin } from './endless.ts';
import { argumentsOf } from './messages.ts';
import type { Ledger } from './ledger.ts';
import type { Timeliness } from './timeliness.ts';
import type { PlannedCall, Unit } from './plan.ts';

/** What the caller gives calls up with; it must come back as it is. */
class GivenUp extends Error {}

/** Far longer than a unit can take. */
const ENDLESS_MS = 30_000;

/** What a unit is driven with. */
export interface Ride {
  readonly exco: Connector;
  readonly ledger: Ledger;
  readonly timeliness: Timeliness;
  /** Ends all calls of a program that shuts down, so it outlives every one of them. */
  readonly shutdown: AbortSignal;
}

/** A unit under way: when it began, and how its caller can give it up. */
class Course {
  readonly #ride: Ride;
  readonly #unit: Unit;
  #startMs = performance.now();
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #open: Set<PlannedCall>;
  #abortedMs: number | undefined;

  constructor(ride: Ride, unit: Unit) {
    this.#ride = ride;
    this.#unit = unit;
    this.#open = new Set(unit.calls);
    if (unit.abortMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.#abortedMs = performance.now();
      this.#abort.abort(new GivenUp());
    }, unit.abortMs);
  }

  get options() {
    const { deadlineMs, abortMs } = this.#unit;
    return { deadlineMs, signal: abortMs === undefined ? this.#ride.shutdown : this.#abort.signal };
  }

  /** A page came in time, and the next one is asked for. */
  nextPage(call: PlannedCall): void {
    this.#ride.timeliness.ended(this.#startMs + this.#unit.deadlineMs, call.id);
    this.#startMs = performance.now();
  }

  /** Its calls were started, and are under way. */
  started(): void {
    this.#startMs += this.#ride.timeliness.startedLate(this.#startMs);
  }

  answered(call: PlannedCall | undefined, data: unknown): void {
    if (call !== undefined && this.#ends(call)) this.#ride.ledger.answered(call, data);
  }

  failed(call: PlannedCall | undefined, error: unknown): void {
    if (call !== undefined && this.#ends(call)) this.#ride.ledger.failed(call, error);
  }

  /** What the unit as a whole was rejected with: the caller's own reason, unless it is a fault. */
  rejected(error: unknown): void {
    const { ledger, timeliness } = this.#ride;
    const isOurs = error instanceof GivenUp && error === this.#abort.signal.reason;
    if (isOurs && this.#abortedMs !== undefined) timeliness.aborted(this.#abortedMs, this.#unit.calls[0]?.id ?? '');
    for (const call of this.#open) {
      if (isOurs) ledger.givenUp(call);
      else this.failed(call, error);
    }
    this.#open.clear();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#ride.ledger.stillListening(
      this.#unit.calls[0]?.id ?? '',
      getEventListeners(this.#abort.signal, 'abort').length,
    );
  }

  #ends(call: PlannedCall): boolean {
    this.#ride.timeliness.ended(this.#startMs + this.#unit.deadlineMs, call.id);
    return this.#open.delete(call);
  }
}

async function single({ exco }: Ride, { form }: Unit, call: PlannedCall, course: Course): Promise<void> {
  const { broker, operation, message } = argumentsOf(call);
  const options = { ...course.options, requestId: call.id };
  if (form === 'settle') {
    const settling = exco.settle(broker, operation, message, options);
    course.started();
    const settled = await settling;
    if (settled.ok) course.answered(call, settled.reply.data);
    else course.failed(call, settled.error);
  } else {
    const called = exco.call(broker, operation, message, options);
    course.started();
    const { data } = await called;
    course.answered(call, data);
  }
}

/** The pages of a query: every page has a deadline of its own, and what the last one comes to is entered. */
async function pages({ exco }: Ride, call: PlannedCall, course: Course): Promise<void> {
  const { broker, operation, message } = argumentsOf(call);
  let last: unknown;
  for await (const { data } of exco.pages(broker, operation, message, { ...course.options, requestId: call.id })) {
    last = data;
    course.nextPage(call);
  }
  // The end of the list takes no time of its own: it stood in the last page.
  course.answered(call, last);
}

async function fanOut({ exco }: Ride, { form, calls }: Unit, course: Course): Promise<void> {
  const started = exco.fanOut(
    calls.map((call) => ({ ...argumentsOf(call), options: { requestId: call.id } })),
    course.options,
  );
  course.started();
  if (form === 'fan-out iterated') {
    for await (const arrival of started) {
      const call = calls[arrival.index];
      if (arrival.ok) course.answered(call, arrival.reply.data);
      else course.failed(call, arrival.error);
    }
    return;
  }
  const { succeeded, failed } = await started;
  for (const { index, reply } of succeeded) course.answered(calls[index], reply.data);
  for (const { index, error } of failed) course.failed(calls[index], error);
}

async function make(ride: Ride, unit: Unit, course: Course): Promise<void> {
  const [first] = unit.calls;
  if (unit.form.startsWith('fan-out')) await fanOut(ride, unit, course);
  else if (first !== undefined && unit.form === 'pages') await pages(ride, first, course);
  else if (first !== undefined) await single(ride, unit, first, course);
}

/**
 * Makes the calls of a unit, and enters what becomes of each. One that does not end at all is entered nowhere, and misses
 * among the ends.
 */
export async function drive(ride: Ride, unit: Unit): Promise<void> {
  const course = new Course(ride, unit);
  try {
    await endedWithin(ENDLESS_MS, make(ride, unit, course));
  } catch (error) {
    course.rejected(error);
  } finally {
    course.end();
  }
}
