import type { Fault } from '../catalog/faults.ts';
import type {
  CallEnd,
  CallGlimpse,
  FaultCount,
  HealthBlame,
  HealthShares,
  HealthState,
  TrafficHealth,
} from '../model/health.ts';
import type { Phase } from '../model/wire.ts';
import { Course } from './course.ts';
import { DEFAULTS } from './defaults.ts';
import { percentilesOf, type Latency } from './latency.ts';
import { partOf, type Part } from './part.ts';
import type { Counts } from './slices.ts';
import type { Turn } from './standing.ts';

/** Blames in the order in which they win where as many failures are of each: one's own side is looked at first. */
const BLAMES: readonly HealthBlame[] = ['platform', 'path', 'broker'];

/** A moment as records write it. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** What is remembered of one call, for people. */
export function glimpseOf({ atMs, operation, requestId, elapsedMs, fault, phase }: CallEnd): CallGlimpse {
  return {
    at: isoOf(atMs),
    operation,
    requestId,
    elapsedMs,
    ...(fault !== undefined && partOf(fault) !== 'business' && { fault, ...(phase !== undefined && { phase }) }),
  };
}

/** Calls of each part, over the faults that were counted. */
function byPart(faults: Counts['faults']): Record<Part, number> {
  const parts: Record<Part, number> = {
    success: 0,
    business: 0,
    broker: 0,
    path: 0,
    platform: 0,
    refused: 0,
    nothing: 0,
  };
  for (const [fault, calls] of faults) parts[partOf(fault)] += calls;
  return parts;
}

function sharesOf(calls: number, parts: Record<Part, number>): HealthShares {
  const { broker, path, platform } = parts;
  const success = calls - broker - path - platform;
  return { success: success / calls, broker: broker / calls, path: path / calls, platform: platform / calls };
}

/** Whose fault most failures are; a fault that others show too is ours, whatever its row says. */
function blameOf(parts: Record<Part, number>, ours: number): HealthBlame | undefined {
  const { broker, path, platform } = parts;
  const failed = broker + path + platform;
  if (failed === 0) return undefined;
  if (ours * 2 >= failed) return 'platform';
  return BLAMES.find((blame) => parts[blame] === Math.max(broker, path, platform));
}

function isTroubled(state: HealthState): boolean {
  return state === 'degraded' || state === 'down' || state === 'maintenance';
}

/** The calls of one broker, or of one of its operations. */
export class Series {
  readonly #course: Course;
  readonly #lastPhase = new Map<Fault, Phase>();
  #lastGood: CallEnd | undefined;
  #lastBad: CallEnd | undefined;
  #lastMs = 0;

  /** `turned` is told of every change of the state. */
  constructor(turned?: (turn: Turn) => void) {
    this.#course = new Course(turned);
  }

  /** When the last call ended, in milliseconds since 1970. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** Takes the end of a call in; `part` is what it is for the broker's health, and not `nothing`. */
  record(end: CallEnd, part: Part): void {
    const { atMs, fault } = end;
    this.#lastMs = atMs;
    this.#course.record(end, part);
    if (part === 'success' || part === 'business') {
      this.#lastGood = end;
      return;
    }
    if (fault === undefined) return;
    if (end.phase !== undefined) this.#lastPhase.set(fault, end.phase);
    if (part !== 'refused') this.#lastBad = end;
  }

  /** Announced maintenance is on; nobody was refused for it yet. */
  announced(nowMs: number): void {
    this.#course.announced(nowMs);
  }

  /** Lets time pass; what is too long ago is forgotten. */
  passTo(nowMs: number): void {
    this.#course.passTo(nowMs);
  }

  /** What is known at `nowMs`; its calls took `latencies`. `suspected` is a fault that is ours since others show it too. */
  health(nowMs: number, latencies: readonly Latency[], suspected?: Fault): TrafficHealth {
    this.passTo(nowMs);
    const { state, sinceMs } = this.#course;
    const { reads, writes, business, faults } = this.#course.counts(nowMs);
    const calls = reads.calls + writes.calls;
    const parts = byPart(faults);
    const latencyMs = percentilesOf(latencies, nowMs);
    const ours = suspected === undefined ? 0 : (faults.get(suspected) ?? 0);
    const blame = isTroubled(state) ? (blameOf(parts, ours) ?? this.#lastBlame) : undefined;
    return {
      state,
      ...(sinceMs !== undefined && { since: isoOf(sinceMs) }),
      ...(state === 'unknown' && { missingCalls: Math.max(1, DEFAULTS.minCalls - calls) }),
      ...(blame !== undefined && { blame }),
      calls,
      ...(calls > 0 && { shares: sharesOf(calls, parts) }),
      businessErrors: { calls: business, ...(calls > 0 && { share: business / calls }) },
      refused: parts.refused,
      reads,
      writes,
      ...(latencyMs !== undefined && { latencyMs }),
      faults: this.#faultCounts(faults),
      ...(this.#lastGood !== undefined && { lastGood: glimpseOf(this.#lastGood) }),
      ...(this.#lastBad !== undefined && { lastBad: glimpseOf(this.#lastBad) }),
    };
  }

  /** Where every failure has left the window, but no success came: the blame of the last one, or of who announced it. */
  get #lastBlame(): HealthBlame {
    const part = partOf(this.#lastBad?.fault);
    return part === 'path' || part === 'platform' ? part : 'broker';
  }

  #faultCounts(faults: Counts['faults']): FaultCount[] {
    return [...faults]
      .map(([fault, calls]) => ({ fault, calls, phase: this.#lastPhase.get(fault) ?? 'local' }))
      .sort((a, b) => b.calls - a.calls);
  }
}
