import type {
  CallEnd,
  CertificateHealth,
  HealthChange,
  HealthState,
  Suspicion,
  WindowHealth,
} from '../model/health.ts';
import { CommonFaults, type CommonFault } from '../resilience/common-fault.ts';
import { DEFAULTS } from './defaults.ts';
import { partOf, type Part } from './part.ts';
import { glimpseOf, isoOf, Series } from './series.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What is kept of one broker. */
interface Lane {
  readonly broker: string;
  readonly whole: Series;
  readonly operations: Map<string, Series>;
  /** Oldest first. */
  readonly failures: CallEnd[];
  certificateToMs: number | undefined;
}

function partOfEnd({ result, fault }: CallEnd): Part {
  if (result === 'ok') return 'success';
  return result === 'aborted' || fault === undefined ? 'nothing' : partOf(fault);
}

function certificateOf(validToMs: number, nowMs: number): CertificateHealth {
  return { validTo: isoOf(validToMs), daysLeft: Math.floor((validToMs - nowMs) / DAY_MS) };
}

/** A suspicion as people and programs read it. */
function suspicionOf({ fault, sinceMs, brokers, called }: CommonFault): Suspicion {
  return { fault, since: isoOf(sinceMs), brokers, called };
}

/** The series of an operation; `undefined` where there are too many of them, and none has been silent for a window. */
function seriesOf({ operations }: Lane, operation: string, nowMs: number): Series | undefined {
  const known = operations.get(operation);
  if (known !== undefined) return known;
  if (operations.size >= DEFAULTS.operationsPerBroker) {
    const silent = [...operations].find(([, { lastMs }]) => nowMs - lastMs >= DEFAULTS.windowMs);
    if (silent === undefined) return undefined;
    operations.delete(silent[0]);
  }
  const series = new Series();
  operations.set(operation, series);
  return series;
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
    this.#note(lane, undefined, lane.whole, end, part);
    const series = seriesOf(lane, end.operation, end.atMs);
    if (series !== undefined) this.#note(lane, end.operation, series, end, part);
    this.#compare(lane, end, part);
  }

  /** Takes note that announced maintenance is on, so that it is known before a call is refused for it. */
  announced(broker: string, nowMs: number): void {
    const lane = this.#laneOf(broker);
    if (lane === undefined) return;
    const from = lane.whole.state;
    lane.whole.announced(nowMs);
    if (lane.whole.state !== from) this.#tell(lane, undefined, lane.whole, from, nowMs);
  }

  /** Takes note of the end of the certificate that a broker has shown, in milliseconds since 1970. */
  certificateSeen(broker: string, validToMs: number): void {
    const lane = this.#laneOf(broker);
    if (lane !== undefined) lane.certificateToMs = validToMs;
  }

  /** Lets time pass for everybody: states whose calls are too long ago are forgotten, and `changed` is told of it. */
  passTo(nowMs: number): void {
    for (const lane of this.#lanes.values()) this.#pass(lane, nowMs);
  }

  /** What is known of a broker at `nowMs`; of one that was never heard of, that nothing is. */
  broker(broker: string, nowMs: number): WindowHealth {
    const lane = this.#lanes.get(broker) ?? emptyLane(broker);
    this.#pass(lane, nowMs);
    const suspicion = this.#common.suspected(nowMs);
    const suspected = suspicion?.brokers.includes(broker) === true ? suspicion.fault : undefined;
    const whole = lane.whole.health(nowMs, suspected);
    const operations = [...lane.operations].map(([name, series]) => [name, series.health(nowMs, suspected)] as const);
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
    const lane = emptyLane(broker);
    this.#lanes.set(broker, lane);
    return lane;
  }

  #note(lane: Lane, operation: string | undefined, series: Series, end: CallEnd, part: Part): void {
    const from = series.state;
    series.record(end, part);
    if (series.state !== from) this.#tell(lane, operation, series, from, end.atMs);
  }

  /** What a call says when it is held against those of other brokers, and what is kept of a failure. */
  #compare({ broker, failures }: Lane, end: CallEnd, part: Part): void {
    if (part === 'refused') {
      if (end.fault === 'breaker-open') this.#common.withheld(broker, end.atMs);
      return;
    }
    const isGood = part === 'success' || part === 'business';
    this.#common.saw(broker, isGood ? undefined : end.fault, end.atMs);
    if (isGood) return;
    failures.push(end);
    if (failures.length > DEFAULTS.failuresKept) failures.shift();
  }

  #pass(lane: Lane, nowMs: number): void {
    for (const [operation, series] of [[undefined, lane.whole] as const, ...lane.operations]) {
      const from = series.state;
      series.passTo(nowMs);
      if (series.state !== from) this.#tell(lane, operation, series, from, nowMs);
    }
  }

  #tell({ broker }: Lane, operation: string | undefined, series: Series, from: HealthState, atMs: number): void {
    const { state, sinceMs = atMs } = series;
    this.#changed?.({ broker, ...(operation !== undefined && { operation }), from, to: state, atMs, sinceMs });
  }
}

function emptyLane(broker: string): Lane {
  return { broker, whole: new Series(), operations: new Map(), failures: [], certificateToMs: undefined };
}
