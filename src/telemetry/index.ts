import { metrics, trace, type Meter, type Tracer } from '@opentelemetry/api';
import type { EventSource } from '../records/record-events.ts';
import { openInstruments } from './instruments.ts';
import { openSpans } from './spans.ts';

/** Where spans and metrics go. */
export interface ObserveOptions {
  /** Makes the spans; default: the one of the SDK that is registered, also where that happens later. */
  readonly tracer?: Tracer | undefined;
  /** Makes the instruments; default: the one of the SDK that is registered already. */
  readonly meter?: Meter | undefined;
}

/** What OpenTelemetry calls the instrumentation scope. */
const SCOPE = 'op-exco-connector';

const OPTIONS: ReadonlySet<string> = new Set(['tracer', 'meter']);

function checked(options: ObserveOptions): { tracer: Tracer; meter: Meter } {
  const wrong = Object.keys(options).find((key) => !OPTIONS.has(key));
  if (wrong !== undefined)
    throw new TypeError(`options.${wrong}: no such option; known are ${[...OPTIONS].join(', ')}`);
  const { tracer = trace.getTracer(SCOPE), meter = metrics.getMeter(SCOPE) } = options;
  return { tracer, meter };
}

/**
 * Makes a span of every call of `source`, its attempts as events on it, and counts calls, attempts and circuits. Without an
 * SDK nothing comes of it. The function returned ends it.
 *
 * @throws TypeError for an option that does not exist.
 * @example
 * const stop = observeCalls(exco);
 */
export function observeCalls(source: EventSource, options: ObserveOptions = {}): () => void {
  const { tracer, meter } = checked(options);
  const spans = openSpans(tracer);
  const instruments = openInstruments(meter);
  const removals = [
    source.on('attempt', (record) => {
      spans.attempt(record);
      instruments.attempt(record);
    }),
    source.on('call', (record) => {
      spans.call(record);
      instruments.call(record);
    }),
    source.on('state', (record) => {
      instruments.state(record);
    }),
  ];
  return () => {
    for (const remove of removals.splice(0)) remove();
    instruments.stop();
  };
}
