/** Calls under way: a number, since a set that calls come and go in keeps those that are over from the collector. */
export class OpenCalls {
  #count = 0;
  #isClosed = false;
  #over: Promise<void> | undefined;
  #allOver: (() => void) | undefined;

  /**
   * One more.
   *
   * @throws TypeError behind `close`.
   */
  begin(): void {
    if (this.#isClosed) throw new TypeError('connector: expected a call before close()');
    this.#count += 1;
  }

  /** One less. */
  end(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#allOver?.();
  }

  /** From now on none begins; fulfilled when the last one is over. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#over ??= new Promise((resolve) => {
      this.#allOver = resolve;
      if (this.#count === 0) resolve();
    });
    return this.#over;
  }
}
