/** A place in a broker's bulkhead, to be given back; behind the first time that is without effect. */
export interface Place {
  readonly kind: 'entered';
  release(): void;
}

/** How waiting for a place ended. */
export type Entry = Place | { readonly kind: 'full' } | { readonly kind: 'left' };

interface Waiter {
  enter(): void;
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
  readonly #waiting = new Set<Waiter>();
  #busy = 0;
  /** One for all places: what each of them holds, every call that waits for its answer holds. */
  readonly #leave = (): void => {
    this.#busy -= 1;
    if (this.#waiting.size === 0) return;
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#waiting.delete(next);
    next.enter();
  };

  constructor({ inFlight, queue }: { inFlight: number; queue: number }) {
    this.#inFlight = inFlight;
    this.#queue = queue;
  }

  /** A place now, or `full`; `undefined` where one has to wait. */
  tryEnter(): Entry | undefined {
    if (this.#busy < this.#inFlight) return this.#take();
    return this.#waiting.size >= this.#queue ? { kind: 'full' } : undefined;
  }

  /** Waits for a place until `signal` aborts: then `left`, and the place in the queue is free. */
  wait(signal: AbortSignal): Promise<Entry> {
    return new Promise((resolve) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        resolve({ kind: 'left' });
      };
      const waiter: Waiter = {
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve(this.#take());
        },
      };
      if (signal.aborted) {
        resolve({ kind: 'left' });
        return;
      }
      this.#waiting.add(waiter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #take(): Place {
    this.#busy += 1;
    return new Taken(this.#leave);
  }
}
