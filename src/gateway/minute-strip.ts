import type { Minute } from './view.ts';

/** Minutes shown. */
const MINUTES = 60;
const MINUTE_MS = 60_000;
const NOTHING: Minute = { good: 0, bad: 0, ours: 0 };

type Count = { -readonly [Kind in keyof Minute]: Minute[Kind] };

/** Counts by minute for an hour; older ones are written over. */
export class MinuteStrip {
  readonly #slots: { readonly minute: number; readonly count: Count }[] = [];

  add(wallMs: number, kind: keyof Minute): void {
    const minute = Math.floor(wallMs / MINUTE_MS);
    let slot = this.#slots[minute % MINUTES];
    if (slot?.minute !== minute) {
      slot = { minute, count: { ...NOTHING } };
      this.#slots[minute % MINUTES] = slot;
    }
    slot.count[kind] += 1;
  }

  /** The hour that ends with the present minute, oldest first. */
  minutes(wallMs: number): Minute[] {
    const last = Math.floor(wallMs / MINUTE_MS);
    return Array.from({ length: MINUTES }, (_, index) => ({ ...this.#at(last - MINUTES + 1 + index) }));
  }

  #at(minute: number): Minute {
    const slot = this.#slots[minute % MINUTES];
    return slot?.minute === minute ? slot.count : NOTHING;
  }
}
