import { createHash } from 'node:crypto';
import { boardOf, legendOf } from './status-board.ts';
import { PAGE_WORDS, type Language } from './status-words.ts';
import type { HealthView } from './view.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#d0d7de;--good:#1a7f37;--some:#9a6700;--bad:#cf222e;--ours:#8250df;--none:#d8dee4}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#30363d;--good:#3fb950;--some:#d29922;--bad:#f85149;--ours:#a371f7;--none:#21262d}}
*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:baseline}h1{font-size:1.3rem;margin:0;flex:1}
a{color:inherit}:focus-visible{outline:3px solid var(--ours);outline-offset:2px}
.banner{padding:.75rem;border:3px solid var(--ours);border-radius:.4rem}.as-of,.sums,.note,small{opacity:.8;font-size:.85rem;margin:.2rem 0}
details{border:1px solid var(--line);border-left:.5rem solid var(--none);border-radius:.4rem;margin:.5rem 0;padding:.5rem .75rem}
details.up{border-left-color:var(--good)}details.degraded{border-left-color:var(--some)}details.down{border-left-color:var(--bad)}details.maintenance{border-left-color:var(--ours)}
summary{cursor:pointer;display:grid;grid-template-columns:1fr auto auto;gap:.1rem 1rem}.name,.state{font-weight:600}
.name::before{content:'\\25b8';display:inline-block;width:1.2rem;font-weight:400}details[open] .name::before{content:'\\25be'}
svg,.sums,.trouble{grid-column:1/-1;width:100%}svg{height:1.5rem}code{overflow-wrap:anywhere}
rect{fill:var(--none)}.good{fill:var(--good)}.some{fill:var(--some)}.bad{fill:var(--bad)}.ours{fill:var(--ours)}
i{display:inline-block;width:.8rem;height:.8rem;background:var(--none)}i.good{background:var(--good)}i.some{background:var(--some)}i.bad{background:var(--bad)}i.ours{background:var(--ours)}
.legend{opacity:1}.legend span{display:inline-block;margin-left:.5rem}.lost{color:var(--bad);font-weight:600}
dl{margin:.5rem 0 0}dl div{display:flex;flex-wrap:wrap;gap:0 1rem}dt{min-width:9rem;opacity:.8}dd{margin:0;flex:1 1 16rem}
@media(max-width:30rem){summary{grid-template-columns:1fr auto}.since{grid-column:1/-1}}`;

/**
 * Puts what the server sends in place. What has not changed is left alone: a person may be reading or selecting it, and a
 * banner put in anew would be read out again. What is open stays open, and the focus where it is. A refusal, as by a
 * gateway that drains, ends an EventSource for good, so another one is opened.
 */
const SCRIPT = `const board=document.getElementById('board'),live=document.getElementById('live'),words=live.dataset;
const key=({id,className})=>id?'#'+id:className,fresh=document.createElement('template');
const say=(text,name)=>{if(live.textContent!==text)live.textContent=text;live.className=name};
const put=({data})=>{fresh.innerHTML=JSON.parse(data);
const was=new Map([...board.children].map((each)=>[key(each),each])),held=document.activeElement?.closest?.('#board details')?.id;
let at=board.firstElementChild;
for(let each of [...fresh.content.children]){const old=was.get(key(each));was.delete(key(each));
if(old){if(old.open)each.open=true;if(old.isEqualNode(each))each=old;else{if(at===old)at=each;old.replaceWith(each);
if(held&&each.id===held)each.querySelector('summary').focus({preventScroll:true})}}
if(each===at)at=at.nextElementSibling;else board.insertBefore(each,at)}
for(const gone of was.values())gone.remove()};
const listen=()=>{const source=new EventSource('/status/events?lang='+document.documentElement.lang);
source.onopen=()=>say(words.live,'');source.addEventListener('board',put);
source.onerror=()=>{say(words.lost,'lost');if(source.readyState===EventSource.CLOSED)setTimeout(listen,2000)}};listen();`;

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Headers of the page: nothing from elsewhere, nobody else's frame, no memory. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** The whole page as it stands now. It is complete without a script; with one it stays up to date. */
export function pageOf(view: HealthView, lang: Language): string {
  const other = lang === 'ko' ? 'en' : 'ko';
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${PAGE_WORDS.title[lang]}</title><style>${STYLE}</style></head>
<body><header><h1>${PAGE_WORDS.title[lang]}</h1><span id="live" role="status" data-live="${PAGE_WORDS.live[lang]}" data-lost="${PAGE_WORDS.lost[lang]}"></span><a href="/status?lang=${other}" lang="${other}" hreflang="${other}">${PAGE_WORDS.otherLanguage[lang]}</a></header>
<main id="board">${boardOf(view, lang)}</main><footer>${legendOf(lang)}<p class="note">${PAGE_WORDS.thisReplica[lang]}</p></footer><script>${SCRIPT}</script></body></html>
`;
}

/** The language asked for by `?lang=`, else the first one of `Accept-Language` that there is. */
export function pageLanguage(query: unknown, acceptLanguage: string | undefined): Language {
  if (query === 'ko' || query === 'en') return query;
  const first = /\b(ko|en)\b/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase();
  return first === 'ko' ? 'ko' : 'en';
}
