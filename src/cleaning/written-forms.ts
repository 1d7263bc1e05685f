/** Shortest value whose base64 is looked for: the base64 of a shorter one is a common syllable. */
const SHORTEST_ENCODED = 6;

function escapesOf(value: string): string {
  const units = Array.from({ length: value.length }, (_, at) => value.charCodeAt(at).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

/** A value as texts write it: as it is, in a URL, with the escapes of JSON or of HTML, in base64. */
function formsOf(value: string): string[] {
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(Buffer.from(value).toString('utf8')),
    escapesOf(value),
    Array.from(value, (char) => `&#${String(char.codePointAt(0))};`).join(''),
    Array.from(value, (char) => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`).join(''),
    ...(value.length < SHORTEST_ENCODED ? [] : [Buffer.from(value).toString('base64').replace(/=+$/, '')]),
  ];
}

/** Personal values in every form in which a text may hold them, in any letter case. */
export class WrittenForms {
  /** In lower case, the longest first. */
  readonly #forms: readonly string[];

  constructor(values: readonly string[]) {
    const forms = new Set(values.flatMap(formsOf).map((form) => form.toLowerCase()));
    this.#forms = [...forms].sort((a, b) => b.length - a.length);
  }

  /** Finds those that `text` holds; `undefined` where it holds none, as nearly every text does. */
  patternFor(text: string): RegExp | undefined {
    const plain = text.toLowerCase();
    const held = this.#forms.filter((form) => plain.includes(form));
    if (held.length === 0) return undefined;
    return new RegExp(held.map((form) => form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|'), 'gi');
  }
}
