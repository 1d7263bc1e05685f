import type { DialectFields } from './dialect-fields.ts';
import type { StandIns } from './stand-in.ts';
import { WrittenForms } from './written-forms.ts';

/** What is put in the place of the data of one fixture, and where. */
export class Disguise {
  /** What the dialect says of the fields of messages. */
  readonly fields: DialectFields;
  /** The personal values of the messages, to be found in free text. */
  readonly written: WrittenForms;
  readonly #standIns: StandIns;
  readonly #values: ReadonlySet<string>;
  readonly #replaced = new Set<string>();
  readonly #refused = new Set<string>();

  constructor(standIns: StandIns, fields: DialectFields, values: readonly string[]) {
    this.fields = fields;
    this.written = new WrittenForms(values);
    this.#standIns = standIns;
    this.#values = new Set(values);
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

  /** Another number for one of a person's at `path`; its stand-in, where it is a personal value of the messages. */
  figure(text: string, path: string): string {
    if (this.#values.has(text.trim())) return this.value(text, path);
    return this.#noted(text, this.#standIns.figure(text), path);
  }

  /** What stands at `path` instead; a code of the dialect stays unless it is a personal value of the messages. */
  as(sensitivity: 'code' | 'personal' | 'figure', text: string, path: string): string {
    if (sensitivity === 'figure') return this.figure(text, path);
    return sensitivity === 'personal' || this.#values.has(text.trim()) ? this.value(text, path) : text;
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
