import { BLAME_WORDS, ADVICE } from '../catalog/advice.ts';
import { CIRCUIT_WORDS, PAGE_WORDS, STATE_WORDS, type Language } from './status-words.ts';
import { standingFault, type BrokerView, type HealthView, type Minute } from './view.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text inside HTML, in an element or an attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}

/** Time of day in Korea, where everybody who reads the page is; the full instant stands in the attribute. */
const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Seoul', timeStyle: 'medium' });

function timeOf(iso: string): string {
  return `<time datetime="${iso}">${TIME.format(new Date(iso))}</time>`;
}

function kindOf({ good, bad, ours }: Minute): string {
  if (bad > 0) return bad >= good ? 'bad' : 'some';
  if (ours > 0) return 'ours';
  return good > 0 ? 'good' : 'none';
}

/** Width of a minute in the picture. */
const MINUTE_WIDTH = 4;

/** Bars of one kind side by side are drawn as one: most of an hour is. */
function barsOf(strip: readonly Minute[]): string {
  const bars: { kind: string; from: number; to: number }[] = [];
  for (const [at, minute] of strip.entries()) {
    const kind = kindOf(minute);
    const last = bars.at(-1);
    if (last?.kind === kind) last.to = at + 1;
    else bars.push({ kind, from: at, to: at + 1 });
  }
  const rect = ({ kind, from, to }: (typeof bars)[number]) =>
    `<rect class="${kind}" x="${String(from * MINUTE_WIDTH)}" width="${String((to - from) * MINUTE_WIDTH)}" height="20"/>`;
  return bars.map(rect).join('');
}

/** The hour as one picture; its text says the sums, since colours alone say nothing to many. */
function stripOf(strip: readonly Minute[], lang: Language): string {
  const sum = (key: keyof Minute) => strip.reduce((total, minute) => total + minute[key], 0);
  const words = (['good', 'bad', 'ours'] as const)
    .map((key) => `${PAGE_WORDS[key][lang]} ${String(sum(key))}`)
    .join(', ');
  const label = escaped(`${PAGE_WORDS.hour[lang]}: ${words}`);
  return `<svg role="img" aria-label="${label}" viewBox="0 0 240 20" preserveAspectRatio="none">${barsOf(strip)}</svg><p class="sums">${escaped(words)}</p>`;
}

function row(term: string, inner: string | undefined): string {
  return inner === undefined ? '' : `<div><dt>${escaped(term)}</dt><dd>${inner}</dd></div>`;
}

function faultOf(view: BrokerView, lang: Language): string | undefined {
  const fault = standingFault(view);
  if (fault === undefined) return undefined;
  const whose = view.blame === undefined ? '' : ` (${BLAME_WORDS[view.blame][lang]})`;
  return `<code>${escaped(fault)}</code>${escaped(whose)}`;
}

function todoOf(view: BrokerView, lang: Language): string | undefined {
  const fault = standingFault(view);
  return fault === undefined ? undefined : escaped(ADVICE[fault].todo[lang]);
}

function probeTimeOf({ breaker: { retryAfterMs } }: BrokerView, at: string): string | undefined {
  return retryAfterMs === undefined ? undefined : timeOf(new Date(Date.parse(at) + retryAfterMs).toISOString());
}

function rowsOf(view: BrokerView, at: string, lang: Language): string {
  const { breaker, lastGood, lastBad } = view;
  const rows = [
    [PAGE_WORDS.fault, faultOf(view, lang)],
    [PAGE_WORDS.todo, todoOf(view, lang)],
    [PAGE_WORDS.circuit, escaped(CIRCUIT_WORDS[breaker.state][lang])],
    [PAGE_WORDS.probe, probeTimeOf(view, at)],
    [PAGE_WORDS.lastGood, lastGood && timeOf(lastGood.at)],
    [PAGE_WORDS.lastBad, lastBad && timeOf(lastBad.at)],
  ] as const;
  return rows.map(([term, inner]) => row(term[lang], inner)).join('');
}

function brokerOf(view: BrokerView, at: string, lang: Language): string {
  const { broker, name, state, since, strip } = view;
  const sinceWords = since === undefined ? '' : `${PAGE_WORDS.since[lang]} ${timeOf(since)}`;
  return `<details id="${escaped(broker)}" class="${state}"><summary><span class="name">${escaped(name ?? broker)} <small>${escaped(broker)}</small></span>
<span class="state">${STATE_WORDS[state][lang]}</span><span class="since">${sinceWords}</span>
${stripOf(strip, lang)}</summary>
<dl>${rowsOf(view, at, lang)}</dl></details>`;
}

/** The part of the page that changes: the banner, and every broker. */
export function boardOf({ at, brokers, suspicion }: HealthView, lang: Language): string {
  const banner =
    suspicion === undefined
      ? ''
      : `<p class="banner" role="alert"><strong>${PAGE_WORDS.suspicion[lang]}</strong> ${PAGE_WORDS.suspicionWhy[lang]} ${escaped(suspicion.brokers.join(', '))}: <code>${escaped(suspicion.fault)}</code></p>`;
  const list = Object.values(brokers).map((each) => brokerOf(each, at, lang));
  return `${banner}<p class="as-of">${PAGE_WORDS.asOf[lang]} ${timeOf(at)}</p>\n${list.length === 0 ? `<p>${PAGE_WORDS.nobody[lang]}</p>` : list.join('\n')}`;
}
