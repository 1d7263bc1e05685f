import { BLAME_WORDS, ADVICE } from '../catalog/advice.ts';
import {
  BAR_KINDS,
  BROKER_STATES,
  CIRCUIT_WORDS,
  PAGE_WORDS,
  STATE_WORDS,
  type BarKind,
  type Language,
} from './status-words.ts';
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

/** Korea, where everybody who reads the page is. */
const ZONE = 'Asia/Seoul';
const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeStyle: 'medium' });
/** As 2026-01-05. */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' });

/** Time of day, with its date where that is not today's; the full instant stands in the attribute. */
function timeOf(iso: string, nowIso: string): string {
  const [instant, now] = [new Date(iso), new Date(nowIso)];
  const day = DAY.format(instant) === DAY.format(now) ? '' : `${DAY.format(instant)} `;
  return `<time datetime="${iso}">${day}${TIME.format(instant)}</time>`;
}

function kindOf({ good, bad, ours }: Minute): BarKind {
  if (bad > 0) return bad >= good ? 'bad' : 'some';
  if (ours > 0) return 'ours';
  return good > 0 ? 'good' : 'none';
}

/** Width of a minute in the picture. */
const MINUTE_WIDTH = 4;

/** Bars of one kind side by side are drawn as one: most of an hour is. */
function barsOf(strip: readonly Minute[]): string {
  const bars: { kind: BarKind; from: number; to: number }[] = [];
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
  return `<svg role="img" aria-label="${label}" viewBox="0 0 240 20" preserveAspectRatio="none">${barsOf(strip)}</svg><span class="sums">${escaped(words)}</span>`;
}

function row(term: string, inner: string | undefined): string {
  return inner === undefined ? '' : `<div><dt>${escaped(term)}</dt><dd>${inner}</dd></div>`;
}

function sinceOf(iso: string | undefined, nowIso: string, lang: Language): string {
  if (iso === undefined) return '';
  const [time, word] = [timeOf(iso, nowIso), PAGE_WORDS.since[lang]];
  return lang === 'ko' ? `${time}${word}` : `${word} ${time}`;
}

function probeTimeOf({ breaker: { retryAfterMs } }: BrokerView, nowIso: string): string | undefined {
  if (retryAfterMs === undefined) return undefined;
  return timeOf(new Date(Date.parse(nowIso) + retryAfterMs).toISOString(), nowIso);
}

/** What stands against a broker, for who does not open it: fault and blame, and what the circuit does about it. */
function troubleOf(view: BrokerView, lang: Language, nowIso: string): string {
  const { blame, breaker } = view;
  const fault = standingFault(view);
  const probeTime = probeTimeOf(view, nowIso);
  const parts: string[] = [];
  const whose = blame === undefined ? '' : ` (${BLAME_WORDS[blame][lang]})`;
  if (fault !== undefined) parts.push(`<code>${escaped(fault)}</code>${escaped(whose)}`);
  if (breaker.state === 'open' || breaker.state === 'half-open')
    parts.push(`${PAGE_WORDS.circuit[lang]} ${escaped(CIRCUIT_WORDS[breaker.state][lang])}`);
  if (probeTime !== undefined) parts.push(`${PAGE_WORDS.probe[lang]} ${probeTime}`);
  return parts.length === 0 ? '' : `<span class="trouble">${parts.join(' · ')}</span>`;
}

/** What to do about a fault; names of settings in it are set as such. */
function adviceOf(view: BrokerView, lang: Language): string | undefined {
  const fault = standingFault(view);
  return fault === undefined ? undefined : escaped(ADVICE[fault].todo[lang]).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function rowsOf(view: BrokerView, nowIso: string, lang: Language): string {
  const { breaker, lastGood, lastBad } = view;
  const rows = [
    [PAGE_WORDS.todo, adviceOf(view, lang)],
    [PAGE_WORDS.circuit, escaped(CIRCUIT_WORDS[breaker.state][lang])],
    [PAGE_WORDS.lastGood, lastGood && timeOf(lastGood.at, nowIso)],
    [PAGE_WORDS.lastBad, lastBad && timeOf(lastBad.at, nowIso)],
  ] as const;
  return rows.map(([term, inner]) => row(term[lang], inner)).join('');
}

function brokerOf(view: BrokerView, nowIso: string, lang: Language): string {
  const { broker, name, state, since, strip } = view;
  return `<details id="${escaped(broker)}" class="${state}"><summary><span class="name">${escaped(name ?? broker)} <small>${escaped(broker)}</small></span>
<span class="state">${STATE_WORDS[state][lang]}</span><span class="since">${sinceOf(since, nowIso, lang)}</span>
${troubleOf(view, lang, nowIso)}${stripOf(strip, lang)}</summary>
<dl>${rowsOf(view, nowIso, lang)}</dl></details>`;
}

/** How many are in each state, so that nobody has to scroll through forty to see that two are down. */
function countsOf(brokers: readonly BrokerView[], lang: Language): string {
  return BROKER_STATES.flatMap((state) => {
    const count = brokers.filter((each) => each.state === state).length;
    return count === 0 ? [] : [`${STATE_WORDS[state][lang]} ${String(count)}`];
  }).join(', ');
}

/** The part of the page that changes: the banner, and every broker. */
export function boardOf({ at, brokers, suspicion }: HealthView, lang: Language): string {
  const banner =
    suspicion === undefined
      ? ''
      : `<p class="banner" role="alert"><strong>${PAGE_WORDS.suspicion[lang]}</strong> ${PAGE_WORDS.suspicionWhy[lang]} ${escaped(suspicion.brokers.join(', '))}: <code>${escaped(suspicion.fault)}</code></p>`;
  const each = Object.values(brokers);
  const list =
    each.length === 0 ? `<p>${PAGE_WORDS.nobody[lang]}</p>` : each.map((view) => brokerOf(view, at, lang)).join('\n');
  return `${banner}<p class="as-of"><strong>${countsOf(each, lang)}</strong> ${PAGE_WORDS.asOf[lang]} ${timeOf(at, at)}</p>\n${list}`;
}

/** What the bars of an hour mean. */
export function legendOf(lang: Language): string {
  const marks = BAR_KINDS.map((kind) => `<span><i class="${kind}"></i> ${PAGE_WORDS[kind][lang]}</span>`).join(' ');
  return `<p class="note legend">${PAGE_WORDS.hour[lang]}: ${marks}</p>`;
}
