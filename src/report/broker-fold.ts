import type { Fault } from '../catalog/faults.ts';
import { Trouble, type OutageLog } from './outages.ts';
import { isTrouble, StateWindow, type CallEnd } from './state.ts';
import type { Timeline } from './timeline.ts';

/** A call that a fault ended. */
export interface LostCall {
  readonly fault: Fault;
  readonly isCommon: boolean;
}

/** One broker while its records pass by: its state over time, and what its outages cost. */
export class BrokerFold {
  readonly #broker: string;
  readonly #timeline: Timeline;
  readonly #log: OutageLog;
  readonly #window: StateWindow;
  #trouble: Trouble | undefined;
  #outage: Trouble | undefined;
  #nowMs: number;
  outages = 0;

  constructor(broker: string, startMs: number, timeline: Timeline, log: OutageLog) {
    this.#broker = broker;
    this.#timeline = timeline;
    this.#log = log;
    this.#window = new StateWindow(startMs);
    this.#nowMs = startMs;
  }

  /** @param end what the call says of the broker; `undefined`: nothing. */
  call(end: CallEnd | undefined, lost: LostCall | undefined, atMs: number): void {
    const nowMs = this.#forward(atMs);
    this.#follow(() => {
      this.#window.pass(nowMs);
    });
    if (end === undefined) return;
    // The first call of a trouble opens it, so its fault is added before what it means is decided.
    if (lost !== undefined) {
      this.#trouble ??= new Trouble(this.#window.troubleMs ?? nowMs);
      this.#trouble.add(lost.fault, lost.isCommon, nowMs);
    }
    this.#follow(() => {
      this.#window.note(end, nowMs);
    });
  }

  circuit(isOpen: boolean, atMs: number, forMs: number | undefined): void {
    const nowMs = this.#forward(atMs);
    this.#follow(() => {
      this.#window.circuit(isOpen, nowMs, forMs);
    });
  }

  /** Ends it: what is not over stays open. */
  finish(atMs: number): void {
    this.#follow(() => {
      this.#window.pass(atMs);
    });
    const { state, sinceMs } = this.#window.now;
    this.#timeline.paint(this.#broker, state, sinceMs, atMs);
    if (this.#outage !== undefined) this.#close(this.#outage, undefined, false);
  }

  /** Clocks are set back at times; records of one broker go forward here. */
  #forward(atMs: number): number {
    this.#nowMs = Math.max(this.#nowMs, atMs);
    return this.#nowMs;
  }

  /** Does a step of the window, and draws what it changed. */
  #follow(step: () => void): void {
    const before = this.#window.now;
    step();
    const after = this.#window.now;
    if (after.state !== before.state) {
      this.#timeline.paint(this.#broker, before.state, before.sinceMs, after.sinceMs);
      if (isTrouble(after.state)) {
        this.#trouble ??= new Trouble(after.sinceMs);
        this.#outage ??= this.#trouble;
      } else if (this.#outage !== undefined) {
        const isOpenEnded = after.state === 'unknown';
        this.#close(this.#outage, isOpenEnded ? this.#outage.lastMs : after.sinceMs, isOpenEnded);
      }
    }
    if (this.#window.troubleMs === undefined) this.#trouble = undefined;
  }

  #close(outage: Trouble, toMs: number | undefined, isOpenEnded: boolean): void {
    const { sinceMs: fromMs, lost } = outage;
    this.outages += 1;
    this.#log.add({
      broker: this.#broker,
      fromMs,
      ...(toMs !== undefined && { toMs: Math.max(toMs, fromMs) }),
      isOpenEnded,
      lost,
      ...outage.judged(),
    });
    this.#outage = undefined;
  }
}
