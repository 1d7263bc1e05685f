import { seeded } from '../fixture/random.ts';

/** Characters of one kind, and those that may stand in their place: all of them can be written in every Korean charset. */
const KINDS: readonly (readonly [kind: RegExp, standIns: string])[] = [
  [/\d/, '0123456789'],
  [/[a-z]/, 'abcdefghijklmnopqrstuvwxyz'],
  [/[A-Z]/, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [/[가-힣]/, '가나다라마바사아자차카타파하고노도로모보소오조초코토포호'],
  [/[０-９]/, '０１２３４５６７８９'],
  [/\p{Script=Han}/u, '甲乙丙丁戊己庚辛壬癸'],
  [/\p{L}/u, 'x'],
];

/** Draws before a shape counts as used up. */
const MAX_DRAWS = 100;

/** Shortest value that no stand-in may hold inside it; shorter ones stand in longer texts by chance. */
const SHORTEST_INNER = 5;

function drawn(of: string, random: () => number, isLeading: boolean): string {
  const from = isLeading ? of.slice(1) : of;
  return from.charAt(Math.floor(random() * from.length));
}

/** A text of the same shape: a digit for a digit, a syllable for a syllable; a number does not begin with 0 where it did not. */
function disguised(text: string, random: () => number): string {
  return Array.from(text, (char, index) => {
    const standIns = KINDS.find(([kind]) => kind.test(char))?.[1];
    if (standIns === undefined) return char;
    return drawn(standIns, random, index === 0 && /[1-9]/.test(char)).repeat(standIns === 'x' ? char.length : 1);
  }).join('');
}

/**
 * What stands in the place of personal values: of the same shape and length, the same for equal values, never the same for
 * two different ones. Nothing of a value is in its stand-in but its shape: they are drawn in the order in which values come.
 */
export class StandIns {
  readonly #made = new Map<string, string>();
  readonly #figures = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #values = new Set<string>();
  #draws = 0;

  /** @param taken texts that are in use already. */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** Values that no stand-in from now on is or holds. */
  avoid(values: Iterable<string>): void {
    for (const value of values) this.#values.add(value);
  }

  /** The stand-in of a value, blanks around it kept; `undefined` where every text of its shape is taken. */
  of(value: string): string | undefined {
    const core = value.trim();
    const made = this.#made.get(core) ?? this.#draw(core);
    return made === undefined ? undefined : value.replace(core, () => made);
  }

  /** Another number of the same length, sign, point and zeros; two figures may get the same. Zero stays zero. */
  figure(text: string): string {
    const [mantissa = '', ...exponent] = text.split(/(?=[eE])/);
    const made = this.#figures.get(mantissa) ?? this.#drawFigure(mantissa);
    this.#figures.set(mantissa, made);
    return [made, ...exponent].join('');
  }

  #drawFigure(mantissa: string): string {
    if (!/[1-9]/.test(mantissa)) return mantissa;
    for (;;) {
      const random = this.#random();
      const made = mantissa.replace(/[1-9]/g, () => drawn('0123456789', random, true));
      if (made !== mantissa) return made;
    }
  }

  #random(): () => number {
    this.#draws += 1;
    return seeded(this.#draws);
  }

  #draw(value: string): string | undefined {
    if (!KINDS.some(([kind]) => kind.test(value))) return value;
    for (let draws = 0; draws < MAX_DRAWS; draws += 1) {
      const made = disguised(value, this.#random());
      if (made === value || this.#taken.has(made) || this.#holdsValue(made)) continue;
      this.#taken.add(made);
      this.#made.set(value, made);
      return made;
    }
    return undefined;
  }

  #holdsValue(text: string): boolean {
    if (this.#values.has(text)) return true;
    for (const value of this.#values) if (value.length >= SHORTEST_INNER && text.includes(value)) return true;
    return false;
  }
}
