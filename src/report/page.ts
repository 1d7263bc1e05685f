import type { Language } from '../catalog/advice.ts';
import { clockTime, count, duration, milliseconds, percent } from './figures.ts';
import { Markup, markup } from './markup.ts';
import { plotsOf } from './plots.ts';
import { SCRIPT, SCRIPT_HASH } from './script.ts';
import { brokersSection, faultsSection, outagesSection, stripsSection, writesSection } from './sections.ts';
import { patterns } from './strip.ts';
import { STYLE } from './style.ts';
import { lostOf } from './summarise.ts';
import type { Summary } from './summary.ts';
import { PAGE_WORDS, SENTENCES } from './words.ts';

/** Nothing from anywhere: style and script of the page itself, and no request. */
const POLICY = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;

function titleOf({ fromMs, toMs }: Summary, lang: Language): string {
  const [from, to] = [clockTime(fromMs).slice(0, 16), clockTime(toMs).slice(0, 16)];
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  return `${PAGE_WORDS.title[lang]}, ${from} – ${isOneDay ? to.slice(11) : to}`;
}

function card(figure: string, words: string, isBad = false): Markup {
  return markup`<li class="${isBad ? 'bad' : ''}"><b>${figure}</b>${words}</li>`;
}

function cardsOf(summary: Summary, lang: Language): Markup {
  const { calls, classes, outages, outagesLeftOut, percentiles, unknownWrites, brokers } = summary;
  const lost = lostOf(classes);
  const share = calls === 0 ? 0 : lost / calls;
  const down = outages.length + outagesLeftOut;
  const { p50, p95 } = percentiles;
  return markup`<ul class="cards">
${card(count(calls), `${PAGE_WORDS.calls[lang]}, ${count(brokers.length)} ${PAGE_WORDS.brokers[lang]}`)}
${card(count(lost), `${PAGE_WORDS.lostCalls[lang]}, ${percent(share)} ${PAGE_WORDS.ofCalls[lang]}`, lost > 0)}
${card(count(down), PAGE_WORDS.outagesCount[lang], down > 0)}
${card(`${milliseconds(p95)} ms`, `${PAGE_WORDS.latency[lang]} p95, ${PAGE_WORDS.typical[lang]} ${milliseconds(p50)} ms`)}
${card(count(unknownWrites.count), PAGE_WORDS.writes[lang], unknownWrites.count > 0)}
</ul>`;
}

/** The name of a file without its folders: a page travels further than the machine it was made on. */
function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** What the figures lack, said before anybody reads them. */
function warningsOf({ lost, bad, brokersLeftOut }: Summary, lang: Language): Markup[] {
  const places = bad.listed.map(({ file, line }) => `${fileName(file)}:${String(line)}`);
  const listed = bad.count > places.length ? [...places, '…'] : places;
  return [
    ...(lost > 0 ? [SENTENCES.lost(count(lost))] : []),
    ...(bad.count > 0 ? [SENTENCES.bad(count(bad.count), listed.join(', '))] : []),
    ...(brokersLeftOut > 0 ? [SENTENCES.brokersLeftOut(count(brokersLeftOut))] : []),
  ].map((words) => markup`<p class="warning">${words[lang]}</p>`);
}

function navigation(summary: Summary, lang: Language): Markup {
  const links = [
    ['states', PAGE_WORDS.strips],
    ['outages', PAGE_WORDS.outages],
    ...(summary.unknownWrites.count > 0 ? [['writes', PAGE_WORDS.writes] as const] : []),
    ['plots', PAGE_WORDS.plots],
    ['faults', PAGE_WORDS.faults],
    ['brokers', PAGE_WORDS.each],
  ] as const;
  return markup`<nav>${links.map(([id, words]) => markup`<a href="#${id}">${words[lang]}</a> `)}</nav>`;
}

/** The report as one page that needs nothing beside it. */
export function pageOf(summary: Summary, lang: Language): string {
  const title = titleOf(summary, lang);
  const rangeMs = summary.toMs - summary.fromMs;
  return markup`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
${patterns()}
<header><h1>${title}</h1><p class="zone">${PAGE_WORDS.zone[lang]} ${duration(rangeMs, lang)}.</p></header>
<main>
${warningsOf(summary, lang)}
${cardsOf(summary, lang)}
${navigation(summary, lang)}
${stripsSection(summary, lang)}
${outagesSection(summary, lang)}
${writesSection(summary, lang)}
<section id="plots"><h2>${PAGE_WORDS.plots[lang]}</h2>${plotsOf(summary, lang)}</section>
${faultsSection(summary, lang)}
${brokersSection(summary, lang)}
<section id="about"><h2>${PAGE_WORDS.about[lang]}</h2><p class="note">${PAGE_WORDS.rule[lang]}</p></section>
</main>
<div id="tip" aria-hidden="true"></div>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}
