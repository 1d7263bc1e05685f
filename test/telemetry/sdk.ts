import { context, type Attributes } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { atEnd } from '../support/release.ts';

/** Reads only when it is asked to. */
class Reader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** One point of an instrument: its labels and its value; of a histogram the count, the sum and the bounds. */
export interface Point {
  readonly labels: Attributes;
  readonly value: unknown;
}

/** The real SDK, which keeps what it gets; shut down with the test. */
export function openSdk() {
  const exporter = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const reader = new Reader();
  const meters = new MeterProvider({ readers: [reader] });
  atEnd(() => Promise.all([tracers.shutdown(), meters.shutdown()]));
  const collected = async () => (await reader.collect()).resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  return {
    tracer: tracers.getTracer('test'),
    meter: meters.getMeter('test'),
    spans: () => exporter.getFinishedSpans(),
    collected,
    /** The points of the instrument `name`. */
    points: async (name: string): Promise<Point[]> => {
      const found = (await collected()).filter(({ descriptor }) => descriptor.name === name);
      return found.flatMap(({ dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({ labels: attributes, value })),
      );
    },
  };
}

/** Lets contexts follow asynchronous work, as an SDK does that is registered; until the test ends. */
export function followContexts(): void {
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  atEnd(() => {
    context.disable();
  });
}
