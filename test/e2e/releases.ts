/** What a suite has opened, closed with it, passed or failed: one open door would keep the process from ending. */
export class Releases {
  readonly #releases: (() => unknown)[] = [];

  /** Has `release` run at the end; what was opened last is closed first. */
  atEnd(release: () => unknown): void {
    this.#releases.push(release);
  }

  /** Closes everything, whatever fails. @throws AggregateError of what could not be closed. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let release = this.#releases.pop(); release !== undefined; release = this.#releases.pop()) {
      try {
        await release();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'What a suite had opened could not be closed.');
  }
}
