import type { Language } from '../catalog/advice.ts';
import type { HealthState } from '../model/health.ts';
import { axisTime, clockTime, count, duration, percent } from './figures.ts';
import { markup, type Content, type Markup } from './markup.ts';
import type { BrokerSummary, Outage, Summary } from './summary.ts';
import { BROKER_STATES, type Cell } from './timeline.ts';
import { PAGE_WORDS, STATE_MARKS, STATE_WORDS, VERDICT_WORDS } from './words.ts';

/** Height of a strip and narrowest share of it that holds a mark. */
const HEIGHT = 22;
const MARKED = 0.02;

/** Columns of one state in a row. */
interface Run {
  readonly state: HealthState;
  readonly from: number;
  readonly to: number;
}

/** The state that lasted longest within a column. */
function mainState(cell: Cell | undefined): HealthState {
  let main: HealthState = 'unknown';
  let mostMs = 0;
  for (const [index, ms] of cell?.stateMs.entries() ?? []) {
    const state = BROKER_STATES[index];
    if (state === undefined || ms <= mostMs) continue;
    main = state;
    mostMs = ms;
  }
  return main;
}

/** Columns as runs of one state. */
export function runsOf(cells: readonly (Cell | undefined)[]): Run[] {
  const runs: Run[] = [];
  for (const [index, cell] of cells.entries()) {
    const state = mainState(cell);
    const last = runs.at(-1);
    if (last?.state === state) runs[runs.length - 1] = { ...last, to: index + 1 };
    else runs.push({ state, from: index, to: index + 1 });
  }
  return runs;
}

function share(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(3)}%`;
}

/** A coloured piece. `from` and `to` are shares of the strip. */
function piece(state: HealthState, from: number, to: number, title: string): Markup {
  const [x, width] = [share(from, 1), share(to - from, 1)];
  return markup`<g class="${state}"><title>${title}</title><rect x="${x}" width="${width}" height="${HEIGHT}"/></g>`;
}

/** The mark upon a piece that is wide enough; apart from it, or a link would seem to be named by the mark. */
function markOf(state: HealthState, from: number, to: number): Markup | undefined {
  if (to - from < MARKED || STATE_MARKS[state] === '') return undefined;
  return markup`<text x="${share((from + to) / 2, 1)}" y="16" aria-hidden="true">${STATE_MARKS[state]}</text>`;
}

/** Texts and positions of one page's strips. */
export class Strips {
  readonly #summary: Summary;
  readonly #lang: Language;
  readonly #fromMs: number;
  readonly #spanMs: number;

  constructor(summary: Summary, lang: Language) {
    this.#summary = summary;
    this.#lang = lang;
    this.#fromMs = summary.columnsFromMs;
    this.#spanMs = summary.columnMs * summary.cells.length;
  }

  /** The strip of one broker: its columns, and over them its outages to the second, each a link to its row. */
  of({ broker, cells, states }: BrokerSummary): Markup {
    const runs = runsOf(cells).map(({ state, from, to }) => {
      const { columnMs } = this.#summary;
      const range = this.#range(this.#fromMs + from * columnMs, this.#fromMs + to * columnMs);
      const title = `${broker}: ${STATE_WORDS[state][this.#lang]}, ${range}`;
      const ends = [from / cells.length, to / cells.length] as const;
      return [piece(state, ...ends, title), markOf(state, ...ends)];
    });
    const outages = this.#summary.outages.flatMap((outage, index) =>
      outage.broker === broker ? [this.#link(outage, index)] : [],
    );
    const told = BROKER_STATES.filter((state) => states[state] > 0).map(
      (state) => `${STATE_WORDS[state][this.#lang]} ${percent(states[state])}`,
    );
    return markup`<svg class="strip" role="group" aria-label="${broker}: ${told.join(', ')}" height="${HEIGHT}">${runs}${outages}</svg>`;
  }

  /** Times below the strips, or below a plot. */
  axis(): Markup {
    return axisOf(this.#fromMs, this.#spanMs);
  }

  #range(fromMs: number, toMs: number): string {
    return `${clockTime(fromMs)} – ${clockTime(toMs).slice(11)} (${duration(toMs - fromMs, this.#lang)})`;
  }

  #link(outage: Outage, index: number): Content[] {
    const { broker, fromMs, toMs, verdict, fault, lost } = outage;
    const endMs = toMs ?? this.#summary.toMs;
    const lostWords = `${PAGE_WORDS.lostCalls[this.#lang]} ${count(lost)}`;
    const title = `${broker}: ${VERDICT_WORDS[verdict][this.#lang]}, ${fault}, ${this.#range(fromMs, endMs)}, ${lostWords}`;
    const state = verdict === 'maintenance' ? 'maintenance' : 'down';
    const from = Math.max(0, (fromMs - this.#fromMs) / this.#spanMs);
    const ends = [from, Math.max(from, Math.min(1, (endMs - this.#fromMs) / this.#spanMs))] as const;
    return [
      markup`<a href="#o${index + 1}" aria-label="${title}">${piece(state, ...ends, title)}</a>`,
      markOf(state, ...ends),
    ];
  }
}

/** How many times an axis names. */
const TICKS = 6;

/** Times below a strip or a plot, at even distances. */
export function axisOf(fromMs: number, spanMs: number): Markup {
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => axisTime(fromMs + (spanMs * tick) / TICKS, spanMs));
  return markup`<div class="axis" aria-hidden="true">${ticks.map((tick) => markup`<span>${tick}</span>`)}</div>`;
}

/** Patterns of the states, once a page: a colour alone does not reach everybody. */
export function patterns(): Markup {
  return markup`<svg width="0" height="0" aria-hidden="true" focusable="false" class="defs"><defs>
<pattern id="p-down" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="f-down"/><rect width="2" height="6" class="f-stripe"/></pattern>
<pattern id="p-maintenance" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="f-maintenance"/><rect width="6" height="2" class="f-stripe"/></pattern>
<pattern id="p-degraded" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="f-degraded"/><circle cx="2" cy="2" r="1.2" class="f-stripe"/></pattern>
</defs></svg>`;
}

/** What the colours mean. */
export function legend(lang: Language): Markup {
  const items: Content = [...BROKER_STATES]
    .reverse()
    .map(
      (state) =>
        markup`<li><svg width="28" height="16" aria-hidden="true"><g class="${state}"><rect width="28" height="16"/><text x="14" y="13">${STATE_MARKS[state]}</text></g></svg> ${STATE_WORDS[state][lang]}</li>`,
    );
  return markup`<ul class="legend" aria-label="${PAGE_WORDS.legend[lang]}">${items}</ul>`;
}
