/** A place in a broker's bulkhead, to be given back; behind the first time that is without effect. */
export interface Place {
  readonly kind: 'entered';
  release(): void;
}

/** What asking for a place comes to. */
export type Entry = Place | { readonly kind: 'full' };

/** Whoever waits for a place. */
export interface Waiter {
  /** Its place has come: to be given back by it, whatever has become of it meanwhile. */
  enter(place: Place): void;
}

class Taken implements Place {
  readonly kind = 'entered';
  #leave: (() => void) | undefined;

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  release(): void {
    const leave = this.#leave;
    this.#leave = undefined;
    leave?.();
  }
}

/** Bounds the calls to one broker: so many at once, so many waiting, first come first served. */
export class Bulkhead {
  readonly #inFlight: number;
  readonly #queue: number;
  readonly #waiting: Waiter[] = [];
  #busy = 0;
  /** One for all places: what each of them holds, every call that waits for its answer holds. */
  readonly #leave = (): void => {
    this.#busy -= 1;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const place = this.#take();
    // Behind the end of the call that has left: what that shows of the broker counts for the next one.
    void Promise.resolve().then(() => {
      next.enter(place);
    });
  };

  constructor({ inFlight, queue }: { inFlight: number; queue: number }) {
    this.#inFlight = inFlight;
    this.#queue = queue;
  }

  /** A place now, or `full`; `undefined` where one has to wait. */
  tryEnter(): Entry | undefined {
    if (this.#busy < this.#inFlight) return this.#take();
    return this.#waiting.length >= this.#queue ? { kind: 'full' } : undefined;
  }

  /** Puts `waiter` at the end of the queue. */
  wait(waiter: Waiter): void {
    this.#waiting.push(waiter);
  }

  /** `waiter` waits no more; without effect where its place has come. */
  leave(waiter: Waiter): void {
    const at = this.#waiting.indexOf(waiter);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #take(): Place {
    this.#busy += 1;
    return new Taken(this.#leave);
  }
}
