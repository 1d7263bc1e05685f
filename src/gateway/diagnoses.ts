import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Force } from './force.ts';

/** Diagnoses as they are asked for. A broker is asked once at a time, however many people want to know. */
export class Diagnoses {
  readonly #force: () => Pick<Force, 'connector'>;
  readonly #running = new Map<string, Promise<Diagnosis>>();

  constructor(force: () => Pick<Force, 'connector'>) {
    this.#force = force;
  }

  /** Judges a broker by its calls; with `isAsked` the broker is asked as well, step by step, within nine seconds. */
  of(alias: string, isAsked: boolean): Promise<Diagnosis> {
    if (!isAsked) return this.#force().connector.diagnose(alias, { probe: false });
    const running = this.#running.get(alias);
    if (running !== undefined) return running;
    const begun = this.#force()
      .connector.diagnose(alias)
      .finally(() => this.#running.delete(alias));
    this.#running.set(alias, begun);
    return begun;
  }
}
