import { ADVICE, BLAME_WORDS, type Language } from '../catalog/advice.ts';
import type { Fault } from '../catalog/faults.ts';
import { clockTime, count, duration, milliseconds, percent, shortTime } from './figures.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { smallPlotsOf } from './plots.ts';
import { legend, Strips } from './strip.ts';
import { lostOf } from './summarise.ts';
import type { FaultCount, Outage, Summary } from './summary.ts';
import { tableOf } from './table.ts';
import { PAGE_WORDS, SENTENCES, VERDICT_WORDS } from './words.ts';

/** Brokers named beside a fault; the others are counted. */
const NAMED = 3;

/** Brokers that get plots of their own: those in most trouble. */
const PLOTTED = 60;

/** A fault's name, which says what it is where the pointer rests, and leads to its row. */
function faultLink(fault: Fault, lang: Language): Markup {
  return markup`<a href="#f-${fault}" title="${ADVICE[fault].when[lang]}">${fault}</a>`;
}

function stateRows(summary: Summary, lang: Language): Markup {
  const strips = new Strips(summary, lang);
  const spanMs = summary.toMs - summary.fromMs;
  const columns = [
    { head: PAGE_WORDS.broker[lang] },
    { head: markup`<span class="wide">${PAGE_WORDS.strip[lang]}</span>` },
    { head: PAGE_WORDS.notServed[lang], isFigure: true },
    { head: PAGE_WORDS.lostCalls[lang], isFigure: true },
  ];
  const rows = summary.brokers.map((broker) => {
    const lost = lostOf(broker.classes);
    const downMs = broker.states.down * spanMs;
    const down = downMs < 500 ? '–' : duration(downMs, lang);
    return { cells: [broker.broker, strips.of(broker), down, lost === 0 ? '–' : count(lost)] };
  });
  const axis = { cells: ['', strips.axis(), '', ''] };
  return tableOf(PAGE_WORDS.strips[lang], columns, [...rows, axis]);
}

/** A strip of time for each broker. */
export function stripsSection(summary: Summary, lang: Language): Markup {
  const width = { en: duration(summary.columnMs, 'en'), ko: duration(summary.columnMs, 'ko') };
  return markup`<section id="states" class="strips"><h2>${PAGE_WORDS.strips[lang]}</h2>${legend(lang)}${stateRows(summary, lang)}
<p class="note">${SENTENCES.columns(width)[lang]}</p></section>`;
}

function endOf({ toMs, isOpenEnded }: Outage, rangeMs: number, lang: Language): Content {
  if (toMs === undefined) return markup`<strong>${PAGE_WORDS.stillOn[lang]}</strong>`;
  const time = shortTime(toMs, rangeMs);
  return isOpenEnded ? markup`${time} <small>${PAGE_WORDS.openEnded[lang]}</small>` : time;
}

/** Every outage, with what it cost. */
export function outagesSection(summary: Summary, lang: Language): Markup {
  const { outages, outagesLeftOut } = summary;
  const heading = markup`<h2>${PAGE_WORDS.outages[lang]}</h2>`;
  if (outages.length === 0) {
    return markup`<section id="outages">${heading}<p>${PAGE_WORDS.noOutages[lang]}</p></section>`;
  }
  const rangeMs = summary.toMs - summary.fromMs;
  const words = ['broker', 'start', 'end', 'length', 'verdict', 'cause', 'blame'] as const;
  const columns = [...words.map((word) => ({ head: PAGE_WORDS[word][lang] })), lostColumn(lang)];
  const rows = outages.map((outage, index) => {
    const { broker, fromMs, toMs = summary.toMs, verdict, fault, blame, lost } = outage;
    const length = duration(toMs - fromMs, lang);
    const times = [shortTime(fromMs, rangeMs), endOf(outage, rangeMs, lang), length];
    const causes = [VERDICT_WORDS[verdict][lang], faultLink(fault, lang), BLAME_WORDS[blame][lang]];
    return { id: `o${String(index + 1)}`, cells: [broker, ...times, ...causes, count(lost)] };
  });
  const more = outagesLeftOut > 0 ? SENTENCES.outagesLeftOut(count(outagesLeftOut))[lang] : undefined;
  return markup`<section id="outages">${heading}${tableOf(PAGE_WORDS.outages[lang], columns, rows)}<p class="note">${more}</p></section>`;
}

function lostColumn(lang: Language) {
  return { head: PAGE_WORDS.lostCalls[lang], isFigure: true };
}

/** Writes that may have happened; nothing where there are none. */
export function writesSection({ unknownWrites }: Summary, lang: Language): Markup | undefined {
  const { count: all, listed } = unknownWrites;
  if (all === 0) return undefined;
  const columns = (['time', 'broker', 'operation', 'fault', 'requestId'] as const).map((word) => ({
    head: PAGE_WORDS[word][lang],
  }));
  const rows = listed.map(({ atMs, broker, operation, fault, requestId }) => ({
    cells: [clockTime(atMs), broker, operation, faultLink(fault, lang), markup`<code>${requestId}</code>`],
  }));
  const more = all > listed.length ? SENTENCES.writesLeftOut(count(all - listed.length))[lang] : undefined;
  const title = PAGE_WORDS.writesTitle[lang];
  return markup`<section id="writes"><h2>${title}</h2>${tableOf(title, columns, rows)}<p class="note">${more}</p></section>`;
}

function brokersOf({ brokers }: FaultCount, lang: Language): string {
  const named = brokers.slice(0, NAMED).map(([broker, calls]) => `${broker} (${count(calls)})`);
  const others = brokers.length - named.length;
  return [named.join(', '), others > 0 ? SENTENCES.more(others)[lang] : ''].join(' ').trim();
}

/** Every fault, what it is and what to do about it. */
export function faultsSection(summary: Summary, lang: Language): Markup {
  const { faults, faultsLeftOut, calls: allCalls } = summary;
  const heading = markup`<h2>${PAGE_WORDS.faults[lang]}</h2>`;
  if (faults.length === 0) {
    return markup`<section id="faults">${heading}<p>${PAGE_WORDS.noFaults[lang]}</p></section>`;
  }
  const rangeMs = summary.toMs - summary.fromMs;
  const columns = [
    { head: PAGE_WORDS.fault[lang] },
    { head: PAGE_WORDS.code[lang], isFigure: true },
    { head: PAGE_WORDS.calls[lang], isFigure: true },
    { head: PAGE_WORDS.share[lang], isFigure: true },
    ...(['blame', 'brokers', 'span', 'explained'] as const).map((word) => ({ head: PAGE_WORDS[word][lang] })),
  ];
  const seen = new Set<Fault>();
  const rows = faults.map((row) => {
    const { fault, code, calls, blame, firstMs, lastMs } = row;
    const isFirst = !seen.has(fault);
    seen.add(fault);
    const { when, todo } = ADVICE[fault];
    const figures = [code, count(calls), percent(calls / allCalls)];
    const brokers = markup`<span class="named">${brokersOf(row, lang)}</span>`;
    const span = markup`${shortTime(firstMs, rangeMs)}<br>${shortTime(lastMs, rangeMs)}`;
    const words = markup`<span class="prose">${when[lang]}</span><span class="prose todo">${todo[lang]}</span>`;
    const cells = [fault, ...figures, BLAME_WORDS[blame][lang], brokers, span, words];
    return isFirst ? { id: `f-${fault}`, cells } : { cells };
  });
  const more = faultsLeftOut > 0 ? SENTENCES.faultsLeftOut(count(faultsLeftOut))[lang] : undefined;
  return markup`<section id="faults">${heading}${tableOf(PAGE_WORDS.faults[lang], columns, rows)}<p class="note">${more}</p></section>`;
}

/** Figures of each broker, and plots of those in most trouble. */
export function brokersSection(summary: Summary, lang: Language): Markup {
  const figures = ['calls', 'lostCalls', 'share', 'outagesCount'] as const;
  const heads = [...figures.map((word) => PAGE_WORDS[word][lang]), 'p50 ms', 'p95 ms', 'p99 ms'];
  const columns = [{ head: PAGE_WORDS.broker[lang] }, ...heads.map((head) => ({ head, isFigure: true }))];
  const rows = summary.brokers.map(({ broker, calls, classes, outages, p50, p95, p99 }) => {
    const lost = lostOf(classes);
    const share = calls === 0 ? 0 : lost / calls;
    const times = [p50, p95, p99].map(milliseconds);
    return { cells: [broker, count(calls), count(lost), percent(share), count(outages), ...times] };
  });
  const plots = summary.brokers
    .slice(0, PLOTTED)
    .map(
      ({ broker, cells }) =>
        markup`<details><summary>${broker}</summary>${smallPlotsOf(cells, summary, lang)}</details>\n`,
    );
  return markup`<section id="brokers"><h2>${PAGE_WORDS.each[lang]}</h2>${tableOf(PAGE_WORDS.each[lang], columns, rows)}
<h3>${PAGE_WORDS.eachPlots[lang]}</h3>${plots}</section>`;
}
