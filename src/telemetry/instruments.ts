import type { Attributes, Meter } from '@opentelemetry/api';
import type { AttemptRecord, CallRecord, StateRecord } from '../model/record.ts';
import { attributesOf, LABELS } from './attributes.ts';

/** Every instrument: its name, its unit by UCUM, and what it says. */
export const INSTRUMENTS = {
  duration: {
    name: 'exco.client.call.duration',
    unit: 's',
    description: 'Time of a call, repeats and pauses included.',
  },
  calls: { name: 'exco.client.calls', unit: '{call}', description: 'Calls that are over.' },
  attempts: { name: 'exco.client.attempts', unit: '{attempt}', description: 'Attempts that are over.' },
  circuits: {
    name: 'exco.client.circuits',
    unit: '{circuit}',
    description: 'Circuits that are open or half-open; all others are closed.',
  },
} as const;

/** Bounds of the buckets, in seconds: those of the convention, and two for deadlines above 10 s. */
const BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15, 30];

const MS_PER_S = 1_000;

/** Counts what records tell. */
export interface Instruments {
  call(record: CallRecord): void;
  attempt(record: AttemptRecord): void;
  state(record: StateRecord): void;
  /** Takes back the circuits that still count as not closed. */
  stop(): void;
}

/** The instruments of `meter`. */
export function openInstruments(meter: Meter): Instruments {
  const { duration, calls, attempts, circuits } = INSTRUMENTS;
  const durations = meter.createHistogram(duration.name, {
    ...duration,
    advice: { explicitBucketBoundaries: BOUNDS_S },
  });
  const callCount = meter.createCounter(calls.name, calls);
  const attemptCount = meter.createCounter(attempts.name, attempts);
  const circuitCount = meter.createUpDownCounter(circuits.name, circuits);
  /** Labels under which each circuit counts now. Who begins to listen late must not count down what it never counted up. */
  const standing = new Map<string, Attributes>();
  function leave(circuit: string): void {
    const labels = standing.get(circuit);
    if (labels !== undefined) circuitCount.add(-1, labels);
    standing.delete(circuit);
  }
  return {
    call(record) {
      durations.record(record.elapsedMs / MS_PER_S, attributesOf(LABELS.duration, record));
      callCount.add(1, attributesOf(LABELS.calls, record));
    },
    attempt(record) {
      attemptCount.add(1, attributesOf(LABELS.attempts, record));
    },
    state(record) {
      const circuit = JSON.stringify([record.broker, record.operation]);
      leave(circuit);
      if (record.to === 'closed') return;
      const labels = attributesOf(LABELS.circuits, record);
      standing.set(circuit, labels);
      circuitCount.add(1, labels);
    },
    stop() {
      for (const circuit of [...standing.keys()]) leave(circuit);
    },
  };
}
