import { context, SpanKind, SpanStatusCode, type HrTime, type Tracer } from '@opentelemetry/api';
import type { AttemptRecord, CallRecord } from '../model/record.ts';
import { ATTEMPT_ATTRIBUTES, attributesOf, CALL_ATTRIBUTES } from './attributes.ts';

/** Name of the event that an attempt is. */
export const ATTEMPT_EVENT = 'exco.attempt';

const MS_PER_S = 1_000;
const NS_PER_MS = 1_000_000;

/** Milliseconds since 1970 as OpenTelemetry has time; as a number, a small one would be taken for another clock's. */
function hrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / MS_PER_S);
  return [seconds, Math.round((ms - seconds * MS_PER_S) * NS_PER_MS)];
}

/** Whose attempt: a request id alone will not do, since a caller may give several calls the same. */
function keyOf({ broker, operation, requestId }: AttemptRecord | CallRecord): string {
  return JSON.stringify([broker, operation, requestId]);
}

/** Attempts whose calls are not over yet. An attempt is always told of before its call, so none stays behind. */
class Attempts {
  readonly #held = new Map<string, AttemptRecord[]>();

  hold(record: AttemptRecord): void {
    const key = keyOf(record);
    const held = this.#held.get(key);
    if (held === undefined) this.#held.set(key, [record]);
    else held.push(record);
  }

  /** Those of a call that is over, in their order. Of calls alike side by side, each gets as many as it made. */
  take(call: CallRecord): AttemptRecord[] {
    const key = keyOf(call);
    const held = this.#held.get(key) ?? [];
    const taken: AttemptRecord[] = [];
    for (let number = 1; number <= call.attempts; number += 1) {
      const at = held.findIndex(({ attempt }) => attempt === number);
      if (at >= 0) taken.push(...held.splice(at, 1));
    }
    if (held.length === 0) this.#held.delete(key);
    return taken;
  }
}

/** Makes spans of what records tell. */
export interface Spans {
  attempt(record: AttemptRecord): void;
  call(record: CallRecord): void;
}

/** Spans of `tracer`, each made when its call is over: a child of the span that is active where the call was made. */
export function openSpans(tracer: Tracer): Spans {
  const attempts = new Attempts();
  return {
    attempt(record) {
      attempts.hold(record);
    },
    call(record) {
      const endMs = Date.parse(record.at);
      const span = tracer.startSpan(
        record.operation,
        {
          kind: SpanKind.CLIENT,
          startTime: hrTime(endMs - record.elapsedMs),
          attributes: attributesOf(CALL_ATTRIBUTES, record),
        },
        context.active(),
      );
      for (const attempt of attempts.take(record)) {
        span.addEvent(ATTEMPT_EVENT, attributesOf(ATTEMPT_ATTRIBUTES, attempt), hrTime(Date.parse(attempt.at)));
      }
      if (record.result === 'error') {
        span.setStatus({ code: SpanStatusCode.ERROR, ...(record.fault !== undefined && { message: record.fault }) });
      }
      span.end(hrTime(endMs));
    },
  };
}
