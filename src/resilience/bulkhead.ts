/** A place in a broker's bulkhead; give it back once. */
export type Release = () => void;

/** How waiting for a place ended. */
export type Entry =
  { readonly kind: 'entered'; readonly release: Release } | { readonly kind: 'full' } | { readonly kind: 'left' };

interface Waiter {
  enter(): void;
}

/** Bounds the calls to one broker: so many at once, so many waiting, first come first served. */
export class Bulkhead {
  readonly #inFlight: number;
  readonly #queue: number;
  readonly #waiting = new Set<Waiter>();
  #busy = 0;

  constructor({ inFlight, queue }: { inFlight: number; queue: number }) {
    this.#inFlight = inFlight;
    this.#queue = queue;
  }

  /** A place now, or `full`; `undefined` where one has to wait. */
  tryEnter(): Entry | undefined {
    if (this.#busy < this.#inFlight) return { kind: 'entered', release: this.#take() };
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
          resolve({ kind: 'entered', release: this.#take() });
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

  #take(): Release {
    this.#busy += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#busy -= 1;
      const [next] = this.#waiting;
      if (next === undefined) return;
      this.#waiting.delete(next);
      next.enter();
    };
  }
}
