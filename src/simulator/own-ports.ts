import type { OwnPort } from './own-port.ts';

/** The ports that brokers have to themselves, at most one each, by any letter case of the alias. */
export class OwnPorts {
  readonly #byKey = new Map<string, OwnPort>();

  /** Connections that are open now, on all of them. */
  get open(): number {
    return [...this.#byKey.values()].reduce((sum, each) => sum + each.open(), 0);
  }

  of(alias: string): OwnPort | undefined {
    return this.#byKey.get(alias.toLowerCase());
  }

  /** Puts a port, or none, in the place of the one before, which is closed first. */
  async replace(alias: string, next: OwnPort | undefined): Promise<void> {
    const key = alias.toLowerCase();
    await this.#byKey.get(key)?.close();
    this.#byKey.delete(key);
    if (next !== undefined) this.#byKey.set(key, next);
  }

  /** Starts each with its first attempt again. */
  rewind(): void {
    for (const each of this.#byKey.values()) each.rewind();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#byKey.values()].map((each) => each.close()));
  }
}
