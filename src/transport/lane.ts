/** Work that is done one after the other, first come first served. */
export class Lane {
  readonly #waiting: ((done: () => void) => void)[] = [];
  #isBusy = false;

  /** Runs `work` when the lane is free; the lane is free again when `work` first calls `done`. */
  run(work: (done: () => void) => void): void {
    this.#waiting.push(work);
    this.#next();
  }

  #next(): void {
    const work = this.#isBusy ? undefined : this.#waiting.shift();
    if (work === undefined) return;
    this.#isBusy = true;
    let isDone = false;
    work(() => {
      if (isDone) return;
      isDone = true;
      this.#isBusy = false;
      this.#next();
    });
  }
}
