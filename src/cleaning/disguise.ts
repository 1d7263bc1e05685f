import type { StandIns } from './stand-in.ts';
import { writtenForms } from './written-forms.ts';

/** What is put in the place of the data of one fixture, and where. */
export class Disguise {
  /** Names of fields whose values answers are judged by, in lower case. */
  readonly kept: ReadonlySet<string>;
  /** Finds the personal values of the messages in free text. */
  readonly written: RegExp;
  readonly #standIns: StandIns;
  readonly #replaced = new Set<string>();
  readonly #refused = new Set<string>();

  constructor(standIns: StandIns, kept: ReadonlySet<string>, values: readonly string[]) {
    this.kept = kept;
    this.written = writtenForms(values);
    this.#standIns = standIns;
    standIns.avoid(values);
  }

  /** Places at which something was replaced; `[]` stands for every position of a list. */
  get replaced(): readonly string[] {
    return [...this.#replaced];
  }

  /** Places at which something could not be replaced. */
  get refused(): readonly string[] {
    return [...this.#refused];
  }

  /** The stand-in of a personal value at `path`. */
  value(text: string, path: string): string {
    const made = this.#standIns.of(text);
    if (made === undefined) this.refuse(path);
    return this.#noted(text, made ?? text, path);
  }

  /** Another number for one of a person's at `path`. */
  figure(text: string, path: string): string {
    return this.#noted(text, this.#standIns.figure(text), path);
  }

  /** Takes note of a place that cannot be cleaned. */
  refuse(path: string): void {
    this.#refused.add(path);
  }

  #noted(text: string, made: string, path: string): string {
    if (made !== text) this.#replaced.add(path.replace(/\[\d+\]/g, '[]'));
    return made;
  }
}
