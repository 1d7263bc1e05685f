import type { Language } from '../catalog/advice.ts';
import { count, milliseconds, percent, roundedUp, shortTime } from './figures.ts';
import { markup, Markup } from './markup.ts';
import { axisOf } from './strip.ts';
import { callsOf, classesOf, lostOf, percentilesOf, sumOf } from './summarise.ts';
import type { ClassCounts, Percentiles, Summary } from './summary.ts';
import { tableOf } from './table.ts';
import { LOST_CLASSES, type Cell } from './timeline.ts';
import { CLASS_WORDS, PAGE_WORDS } from './words.ts';

/** Units of a plot's own measure; it is stretched to the page. */
const WIDTH = 1_000;
const HEIGHT = 160;

/** Most points of a plot of its own, of a small one, and most rows of the table with the same figures. */
const POINTS = { large: 240, small: 96, rows: 24 } as const;

/** Some columns of time together. */
export interface Point {
  readonly fromMs: number;
  readonly toMs: number;
  readonly calls: number;
  readonly classes: ClassCounts;
  readonly percentiles: Percentiles;
}

/** Columns put together until there are at most `most`. */
export function pointsOf(cells: readonly (Cell | undefined)[], summary: Summary, most: number): Point[] {
  const { columnMs, columnsFromMs } = summary;
  const step = Math.ceil(cells.length / most);
  return Array.from({ length: Math.ceil(cells.length / step) }, (_, index) => {
    const from = index * step;
    const to = Math.min(from + step, cells.length);
    const sum = sumOf(cells.slice(from, to));
    return {
      fromMs: columnsFromMs + from * columnMs,
      toMs: columnsFromMs + to * columnMs,
      calls: callsOf(sum),
      classes: classesOf(sum),
      percentiles: percentilesOf(sum),
    };
  });
}

function lostShare({ calls, classes }: Point): number {
  return calls === 0 ? 0 : lostOf(classes) / calls;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A line over the points that have a value; it is broken where one has none. */
function lineOf(values: readonly (number | undefined)[], top: number, name: string): Markup {
  let isPen = false;
  const path = values.map((value, index) => {
    const before = isPen;
    isPen = value !== undefined;
    if (value === undefined) return '';
    const y = fixed(HEIGHT - (value / top) * HEIGHT);
    const [x, end] = [fixed((index / values.length) * WIDTH), fixed(((index + 1) / values.length) * WIDTH)];
    return `${before ? 'L' : 'M'}${x} ${y}H${end}`;
  });
  return markup`<path class="${name}" d="${path.join('')}"/>`;
}

/** Shares of each class stacked upon each other, a bar a point. */
function stackOf(points: readonly Point[], top: number): Markup[] {
  const below = points.map(() => 0);
  return LOST_CLASSES.map((name) => {
    const path = points.map(({ calls, classes }, index) => {
      const share = calls === 0 ? 0 : classes[name] / calls;
      const from = below[index] ?? 0;
      below[index] = from + share;
      if (share === 0) return '';
      const [x, width] = [fixed((index / points.length) * WIDTH), fixed(WIDTH / points.length)];
      const [low, high] = [fixed(HEIGHT - (from / top) * HEIGHT), fixed(HEIGHT - ((from + share) / top) * HEIGHT)];
      return `M${x} ${low}V${high}h${width}V${low}z`;
    });
    return markup`<path class="l-${name}" d="${path.join('')}"/>`;
  });
}

/** What stands at one point, shown where the pointer is. */
function hoverOf(points: readonly Point[], titles: readonly string[]): Markup[] {
  const width = fixed(WIDTH / points.length);
  return points.map(
    (_, index) =>
      markup`<rect class="hover" x="${fixed((index / points.length) * WIDTH)}" width="${width}" height="${HEIGHT}"><title>${titles[index]}</title></rect>`,
  );
}

interface Figure {
  readonly caption: string;
  /** What the whole plot shows, in one sentence. */
  readonly label: string;
  readonly keys: readonly (readonly [name: string, words: string])[];
  readonly top: string;
  readonly shapes: readonly Markup[];
}

function figureOf({ caption, label, keys, top, shapes }: Figure, points: readonly Point[]): Markup {
  const fromMs = points[0]?.fromMs ?? 0;
  const spanMs = (points.at(-1)?.toMs ?? 0) - fromMs;
  const items = keys.map(
    ([name, words]) =>
      markup`<span class="key"><svg width="18" height="10" aria-hidden="true"><path class="${name}" d="${name.startsWith('l-') ? 'M0 0h18v10h-18z' : 'M0 5h18'}"/></svg> ${words}</span>`,
  );
  return markup`<figure><figcaption>${caption} ${items}</figcaption>
<div class="plot"><span class="y" aria-hidden="true">${top}</span><span class="y zero" aria-hidden="true">0</span>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}"><path class="grid" d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}"/>${shapes}</svg>
${axisOf(fromMs, spanMs)}</div></figure>`;
}

function titleOf(point: Point, rangeMs: number, what: string): string {
  return `${shortTime(point.fromMs, rangeMs)} – ${shortTime(point.toMs, rangeMs)}: ${what}`;
}

function latencyFigure(points: readonly Point[], rangeMs: number, lang: Language): Markup {
  const top = roundedUp(Math.max(1, ...points.map(({ percentiles: { p95 = 0 } }) => p95)));
  const titles = points.map((point) => {
    const { p50, p95 } = point.percentiles;
    return titleOf(point, rangeMs, `p50 ${milliseconds(p50)} ms, p95 ${milliseconds(p95)} ms`);
  });
  const highest = Math.max(0, ...points.map(({ percentiles: { p95 = 0 } }) => p95));
  return figureOf(
    {
      caption: PAGE_WORDS.latencyPlot[lang],
      label: `${PAGE_WORDS.latencyPlot[lang]}: p95 ≤ ${milliseconds(highest)} ms`,
      keys: [
        ['p50', 'p50'],
        ['p95', 'p95'],
      ],
      top: count(top),
      shapes: [
        lineOf(
          points.map(({ percentiles }) => percentiles.p95),
          top,
          'p95',
        ),
        lineOf(
          points.map(({ percentiles }) => percentiles.p50),
          top,
          'p50',
        ),
        ...hoverOf(points, titles),
      ],
    },
    points,
  );
}

function lossFigure(points: readonly Point[], rangeMs: number, lang: Language): Markup {
  const most = Math.max(0, ...points.map(lostShare));
  const top = Math.min(1, roundedUp(Math.max(most, 0.01)));
  const titles = points.map((point) => {
    const parts = LOST_CLASSES.map((name) => `${CLASS_WORDS[name][lang]} ${count(point.classes[name])}`);
    const words = `${percent(lostShare(point))} (${PAGE_WORDS.calls[lang]} ${count(point.calls)}; ${parts.join(', ')})`;
    return titleOf(point, rangeMs, words);
  });
  return figureOf(
    {
      caption: PAGE_WORDS.sharesPlot[lang],
      label: `${PAGE_WORDS.sharesPlot[lang]}: ≤ ${percent(most)}`,
      keys: LOST_CLASSES.map((name) => [`l-${name}`, CLASS_WORDS[name][lang]] as const),
      top: percent(top),
      shapes: [...stackOf(points, top), ...hoverOf(points, titles)],
    },
    points,
  );
}

/** The figures of both plots as a table. */
function figuresTable(points: readonly Point[], rangeMs: number, lang: Language): Markup {
  const figures = [PAGE_WORDS.calls[lang], ...LOST_CLASSES.map((name) => CLASS_WORDS[name][lang])];
  const columns = [...figures, 'p50 ms', 'p95 ms', 'p99 ms'].map((head) => ({ head, isFigure: true }));
  const rows = points.map((point) => {
    const { p50, p95, p99 } = point.percentiles;
    const lost = LOST_CLASSES.map((name) => count(point.classes[name]));
    const times = [p50, p95, p99].map(milliseconds);
    return { cells: [shortTime(point.fromMs, rangeMs), count(point.calls), ...lost, ...times] };
  });
  return tableOf(PAGE_WORDS.figures[lang], [{ head: PAGE_WORDS.start[lang] }, ...columns], rows);
}

/** Latency and losses of all brokers over time, and the same in figures. */
export function plotsOf(summary: Summary, lang: Language): Markup {
  const points = pointsOf(summary.cells, summary, POINTS.large);
  const rows = pointsOf(summary.cells, summary, POINTS.rows);
  const rangeMs = summary.toMs - summary.fromMs;
  return markup`${latencyFigure(points, rangeMs, lang)}
${lossFigure(points, rangeMs, lang)}
<details><summary>${PAGE_WORDS.figures[lang]}</summary>${figuresTable(rows, rangeMs, lang)}</details>`;
}

/** The same of one broker, smaller. */
export function smallPlotsOf(cells: readonly (Cell | undefined)[], summary: Summary, lang: Language): Markup {
  const points = pointsOf(cells, summary, POINTS.small);
  const rangeMs = summary.toMs - summary.fromMs;
  return markup`<div class="pair">${latencyFigure(points, rangeMs, lang)}${lossFigure(points, rangeMs, lang)}</div>`;
}
