import type { CallEnd, CertificateHealth, HealthChange, Suspicion, WindowHealth } from '../model/health.ts';
import { CommonFaults, Sighting, type CommonFault } from '../resilience/common-fault.ts';
import { compare } from './comparison.ts';
import { DEFAULTS } from './defaults.ts';
import { Latency } from './latency.ts';
import { partOfEnd } from './part.ts';
import { glimpseOf, isoOf, Series } from './series.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What is kept of one operation. */
interface Track {
  readonly series: Series;
  readonly latency: Latency;
}

/** What is kept of one broker. How long its calls took is kept by operation alone, since to count it costs most of all this. */
interface Lane {
  readonly broker: string;
  readonly whole: Series;
  readonly sighting: Sighting;
  readonly operations: Map<string, Track>;
  /** Of operations that are not told apart. */
  readonly otherLatency: Latency;
  /** Oldest first. */
  readonly failures: CallEnd[];
  certificateToMs: number | undefined;
}

function certificateOf(validToMs: number, nowMs: number): CertificateHealth {
  return { validTo: isoOf(validToMs), daysLeft: Math.floor((validToMs - nowMs) / DAY_MS) };
}

/** A suspicion as people and programs read it. */
function suspicionOf({ fault, sinceMs, brokers, called }: CommonFault): Suspicion {
  return { fault, since: isoOf(sinceMs), brokers, called };
}

/**
 * The calls of the last minutes, by broker and operation. It reads no clock: every time is an argument, in milliseconds
 * since 1970, so live calls and records read back later are judged alike. Ends are taken in about the order of their times.
 */
export class HealthWindow {
  readonly #lanes = new Map<string, Lane>();
  readonly #common = new CommonFaults();
  readonly #changed: ((change: HealthChange) => void) | undefined;

  /** `changed` is told of every change of a state, whether a call brings it or the passing of time. */
  constructor(changed?: (change: HealthChange) => void) {
    this.#changed = changed;
  }

  /** Every broker that has been heard of, first come first. */
  get brokers(): readonly string[] {
    return [...this.#lanes.keys()];
  }

  /** Takes the end of a call in. A caller's abort or mistake counts nowhere. */
  record(end: CallEnd): void {
    const part = partOfEnd(end);
    if (part === 'nothing') return;
    const lane = this.#laneOf(end.broker);
    if (lane === undefined) return;
    const track = this.#trackOf(lane, end.operation, end.atMs);
    lane.whole.record(end, part);
    track?.series.record(end, part);
    const isAnswered = part === 'success' || part === 'business';
    if (isAnswered) (track?.latency ?? lane.otherLatency).record(end.elapsedMs, end.atMs);
    compare(lane.sighting, end, part);
    if (isAnswered || part === 'refused') return;
    lane.failures.push(end);
    if (lane.failures.length > DEFAULTS.failuresKept) lane.failures.shift();
  }

  /** Takes note that announced maintenance is on, so that it is known before a call is refused for it. */
  announced(broker: string, nowMs: number): void {
    this.#laneOf(broker)?.whole.announced(nowMs);
  }

  /** Takes note of the end of the certificate that a broker has shown, in milliseconds since 1970. */
  certificateSeen(broker: string, validToMs: number): void {
    const lane = this.#laneOf(broker);
    if (lane !== undefined) lane.certificateToMs = validToMs;
  }

  /** Lets time pass for everybody: states whose calls are too long ago are forgotten, and `changed` is told of it. */
  passTo(nowMs: number): void {
    for (const { whole, operations } of this.#lanes.values()) {
      whole.passTo(nowMs);
      for (const { series } of operations.values()) series.passTo(nowMs);
    }
  }

  /** What is known of a broker at `nowMs`; of one that was never heard of, that nothing is. */
  broker(broker: string, nowMs: number): WindowHealth {
    const lane = this.#lanes.get(broker) ?? emptyLane(broker, new Series(), new Sighting());
    const suspicion = this.#common.suspected(nowMs);
    const suspected = suspicion?.brokers.includes(broker) === true ? suspicion.fault : undefined;
    const tracks = [...lane.operations];
    const latencies = [lane.otherLatency, ...tracks.map(([, { latency }]) => latency)];
    const whole = lane.whole.health(nowMs, latencies, suspected);
    const operations = tracks.map(
      ([name, { series, latency }]) => [name, series.health(nowMs, [latency], suspected)] as const,
    );
    return {
      broker,
      ...whole,
      operations: Object.fromEntries(operations),
      otherOperations: operations.reduce((rest, [, { calls }]) => rest - calls, whole.calls),
      recentFailures: lane.failures
        .filter(({ atMs }) => nowMs - atMs < DEFAULTS.failuresKeptMs)
        .map(glimpseOf)
        .reverse(),
      ...(lane.certificateToMs !== undefined && { certificate: certificateOf(lane.certificateToMs, nowMs) }),
    };
  }

  /** Whether several brokers show the same local fault at `nowMs`. */
  suspicion(nowMs: number): Suspicion | undefined {
    const common = this.#common.suspected(nowMs);
    return common && suspicionOf(common);
  }

  #laneOf(broker: string): Lane | undefined {
    const known = this.#lanes.get(broker);
    if (known !== undefined || this.#lanes.size >= DEFAULTS.brokers) return known;
    const lane = emptyLane(broker, this.#begun(broker), this.#common.of(broker));
    this.#lanes.set(broker, lane);
    return lane;
  }

  /** The track of an operation; `undefined` where there are too many of them, and none has been silent for a window. */
  #trackOf({ broker, operations }: Lane, operation: string, nowMs: number): Track | undefined {
    const known = operations.get(operation);
    if (known !== undefined) return known;
    if (operations.size >= DEFAULTS.operationsPerBroker) {
      const silent = [...operations].find(([, { series }]) => nowMs - series.lastMs >= DEFAULTS.windowMs);
      if (silent === undefined) return undefined;
      operations.delete(silent[0]);
    }
    const track = { series: this.#begun(broker, operation), latency: new Latency() };
    operations.set(operation, track);
    return track;
  }

  #begun(broker: string, operation?: string): Series {
    const name = { broker, ...(operation !== undefined && { operation }) };
    return new Series((turn) => this.#changed?.({ ...name, ...turn }));
  }
}

function emptyLane(broker: string, whole: Series, sighting: Sighting): Lane {
  return {
    broker,
    whole,
    sighting,
    operations: new Map(),
    otherLatency: new Latency(),
    failures: [],
    certificateToMs: undefined,
  };
}
