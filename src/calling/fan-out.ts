import type { Blame } from '../catalog/faults.ts';
import type { ExcoError, StandardErrorBody } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Reply, Settled } from '../model/reply.ts';

/** Where a call stood in the list it was given in. */
export interface FanOutPlace {
  /** First is 0. */
  readonly index: number;
  readonly broker: string;
  readonly operation: string;
}

/** A call of a fan-out that was answered, and its place among the calls given. */
export type FanOutSuccess = FanOutPlace & { readonly reply: Reply };
/** A call of a fan-out that failed, and its place among the calls given. */
export type FanOutFailure = FanOutPlace & { readonly error: ExcoError };

/** One call of a fan-out that is over, in order of arrival. */
export type FanOutArrival = FanOutPlace & Settled;

/** The same fault from every broker that failed: a hint that it is none of theirs. */
export interface CommonCause {
  readonly fault: ExcoError['fault'];
  readonly code: number;
  readonly blame: Blame;
  /** Aliases of the brokers that show it. */
  readonly brokers: readonly string[];
}

/** The wire bodies of a fan-out: answers and standard errors, nothing internal. */
export interface FanOutJson {
  succeeded: (FanOutPlace & { data: JsonObject })[];
  failed: (FanOutPlace & { error: StandardErrorBody })[];
}

/** All calls of a fan-out, each list in the order given. */
export interface FanOutResult {
  readonly succeeded: readonly FanOutSuccess[];
  readonly failed: readonly FanOutFailure[];
  readonly commonCause?: CommonCause;
  toJSON(): FanOutJson;
}

/** A fan-out under way: await it for everything, or iterate over it for each call as it arrives. */
export interface FanOut extends PromiseLike<FanOutResult>, AsyncIterable<FanOutArrival> {
  /** The wire bodies of what has arrived so far. */
  toJSON(): FanOutJson;
}

/** A call of a fan-out that was started. */
export interface StartedCall extends FanOutPlace {
  readonly settled: Promise<Settled>;
}

function commonCauseOf(failed: readonly FanOutFailure[]): CommonCause | undefined {
  const [first] = failed;
  const brokers = [...new Set(failed.map(({ broker }) => broker))];
  if (first === undefined || brokers.length < 2) return undefined;
  const { fault, code, blame } = first.error;
  return failed.every(({ error }) => error.fault === fault) ? { fault, code, blame, brokers } : undefined;
}

function placeOf({ index, broker, operation }: FanOutPlace): FanOutPlace {
  return { index, broker, operation };
}

function jsonOf(succeeded: readonly FanOutSuccess[], failed: readonly FanOutFailure[]): FanOutJson {
  return {
    succeeded: succeeded.map((each) => ({ ...placeOf(each), data: each.reply.data })),
    failed: failed.map((each) => ({ ...placeOf(each), error: each.error.toJSON() })),
  };
}

function resultOf(arrivals: readonly FanOutArrival[]): FanOutResult {
  const inOrder = [...arrivals].sort((a, b) => a.index - b.index);
  const succeeded = inOrder.flatMap((each) => (each.ok ? [{ ...placeOf(each), reply: each.reply }] : []));
  const failed = inOrder.flatMap((each) => (each.ok ? [] : [{ ...placeOf(each), error: each.error }]));
  const commonCause = commonCauseOf(failed);
  return {
    succeeded,
    failed,
    ...(commonCause !== undefined && { commonCause }),
    toJSON: () => jsonOf(succeeded, failed),
  };
}

/** Gathers calls that run side by side; none of them can lose another's answer. */
export function gather(started: readonly StartedCall[]): FanOut {
  const arrivals: FanOutArrival[] = [];
  const pending = started.map(async (call) => {
    const arrival: FanOutArrival = { ...placeOf(call), ...(await call.settled) };
    arrivals.push(arrival);
    return arrival;
  });
  const all = Promise.all(pending).then(resultOf);
  // Somebody who only iterates, or has given the calls up, must not be told a second time.
  all.catch(() => undefined);
  return {
    then: (onFulfilled, onRejected) => all.then(onFulfilled, onRejected),
    toJSON: () => resultOf(arrivals).toJSON(),
    async *[Symbol.asyncIterator]() {
      const left = new Map(pending.map((arrival, index) => [index, arrival]));
      while (left.size > 0) {
        const arrival = await Promise.race(left.values());
        left.delete(arrival.index);
        yield arrival;
      }
    },
  };
}
