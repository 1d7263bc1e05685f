import type { Fault } from '../catalog/faults.ts';
import { Course } from '../health/course.ts';
import { isUnserved } from '../health/judgement.ts';
import { isOfMaintenance, type Part } from '../health/part.ts';
import type { Turn } from '../health/standing.ts';
import type { CallEnd, HealthState } from '../model/health.ts';
import { Trouble, type OutageLog } from './outages.ts';
import type { Timeline } from './timeline.ts';

/** What of the end of a call its broker's state hangs on. */
export type FoldedEnd = Pick<CallEnd, 'kind' | 'fault' | 'atMs'>;

/** A call that a fault ended. */
export interface LostCall {
  readonly fault: Fault;
  readonly isCommon: boolean;
}

/** An outage that is not over. */
interface OpenOutage {
  readonly fromMs: number;
  readonly trouble: Trouble;
}

/** One broker while its records pass by: its state over time, and what its outages cost. */
export class BrokerFold {
  readonly #broker: string;
  readonly #timeline: Timeline;
  readonly #log: OutageLog;
  readonly #course: Course;
  /** Up to when its states are drawn. */
  #drawnMs: number;
  /** What the failures in a row cost so far, before it is known whether they are an outage. */
  #trouble: Trouble | undefined;
  #outage: OpenOutage | undefined;
  outages = 0;

  constructor(broker: string, startMs: number, timeline: Timeline, log: OutageLog) {
    this.#broker = broker;
    this.#timeline = timeline;
    this.#log = log;
    this.#drawnMs = startMs;
    this.#course = new Course((turn) => {
      this.#turn(turn);
    });
  }

  get state(): HealthState {
    return this.#course.state;
  }

  /** When it came into its state; `undefined` before the first call that says something of it. */
  get sinceMs(): number | undefined {
    return this.#course.sinceMs;
  }

  /** Takes the end of a call in, and what it is for the broker's health; `lost` where a fault ended it, not the caller's. */
  call(end: FoldedEnd, part: Part, lost: LostCall | undefined): void {
    if (part === 'nothing') return;
    this.#course.passTo(end.atMs);
    // The first call of an outage opens it, so its fault is added before what it means is judged.
    if (lost !== undefined) this.#add(lost, part === 'refused', end.atMs);
    this.#course.record(end, part);
  }

  /** Ends it: what is not over stays open. */
  finish(atMs: number): void {
    this.#course.passTo(atMs);
    this.#timeline.paint(this.#broker, this.#course.state, this.#drawnMs, atMs);
    if (this.#outage !== undefined) this.#close(this.#outage, undefined, false);
  }

  #add({ fault, isCommon }: LostCall, isRefused: boolean, atMs: number): void {
    if (this.#outage === undefined && this.#course.failingSinceMs === undefined) this.#trouble = undefined;
    // A refusal of ours follows from failures; alone it is none, but for maintenance that was announced.
    if (this.#trouble === undefined && isRefused && !isOfMaintenance(fault)) return;
    this.#trouble ??= new Trouble(atMs);
    this.#trouble.add(fault, isCommon, atMs);
  }

  #turn({ from, to, sinceMs }: Turn): void {
    this.#timeline.paint(this.#broker, from, this.#drawnMs, sinceMs);
    this.#drawnMs = sinceMs;
    if (isUnserved(to)) {
      this.#trouble ??= new Trouble(sinceMs);
      this.#outage ??= { fromMs: sinceMs, trouble: this.#trouble };
    } else if (this.#outage !== undefined) {
      const isOpenEnded = to === 'unknown';
      this.#close(this.#outage, isOpenEnded ? this.#outage.trouble.lastMs : sinceMs, isOpenEnded);
    }
  }

  #close({ fromMs, trouble }: OpenOutage, toMs: number | undefined, isOpenEnded: boolean): void {
    this.#outage = undefined;
    this.#trouble = undefined;
    this.outages += 1;
    this.#log.add({
      broker: this.#broker,
      fromMs,
      ...(toMs !== undefined && { toMs: Math.max(toMs, fromMs) }),
      isOpenEnded,
      lost: trouble.lost,
      ...trouble.judged(),
    });
  }
}
