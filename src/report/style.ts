/** The page's own style: no font, image or sheet from outside. Colours meet WCAG AA on their ground, light and dark. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;--link:#0550ae;
--up:#7bc48f;--degraded:#e8b339;--down:#c62828;--maintenance:#7a6fd0;--unknown:#e3e7ec;--stripe:#ffffff66;--mark:#fff;--dark-mark:#1b1f24;
--broker:#c62828;--path:#b35c00;--platform:#5b4fc4;--p50:#0969da;--p95:#8a4600}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9da7b3;--line:#30363d;--card:#161b22;--link:#79b8ff;
--up:#2f7d46;--degraded:#c99a2e;--down:#e5534b;--maintenance:#8b7ff0;--unknown:#21262d;--stripe:#00000055;--mark:#fff;
--broker:#e5534b;--path:#e09b4a;--platform:#a79bff;--p50:#58a6ff;--p95:#f0b25a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1280px;padding:1.25rem;background:var(--bg);color:var(--fg);
font:15px/1.5 system-ui,-apple-system,"Segoe UI","Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",NanumGothic,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.25rem 0 .5rem}
p{margin:.25rem 0}a{color:var(--link)}small,.note,.zone{color:var(--soft);font-size:.85rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
:target{background:color-mix(in srgb,var(--degraded) 30%,transparent)}
nav{margin:.75rem 0}nav a{margin-right:1rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:.75rem;margin:1rem 0;padding:0;list-style:none}
.cards li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem}
.cards b{display:block;font-size:1.5rem;line-height:1.25;font-variant-numeric:tabular-nums}
.cards .bad{border-left:5px solid var(--down)}
.warning{border-left:5px solid var(--degraded);background:var(--card);padding:.5rem .8rem;margin:.5rem 0}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.28rem .6rem .28rem 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400;white-space:nowrap}
thead th{color:var(--soft);font-size:.85rem;vertical-align:bottom}tbody th{font-weight:600}
.n{text-align:right}.prose{display:block;min-width:20rem;white-space:normal;font-size:.9rem}.todo{color:var(--soft)}
.named{display:block;max-width:16rem;white-space:normal}
#outages small{display:block}
.strips tbody td{vertical-align:middle}.strips tbody tr:last-child>*{border:0}
.strips td:nth-child(2){width:99%;min-width:360px}
.strip{display:block;width:100%;overflow:visible}
.strip a:focus-visible rect{stroke:var(--link);stroke-width:3}
.strip a rect{stroke-width:1}.strip a .down rect{stroke:var(--down)}.strip a .maintenance rect{stroke:var(--maintenance)}
.up rect{fill:var(--up)}.unknown rect{fill:var(--unknown)}.degraded rect{fill:url(#p-degraded)}
.down rect{fill:url(#p-down)}.maintenance rect{fill:url(#p-maintenance)}
svg text{pointer-events:none;font:700 13px sans-serif;text-anchor:middle;fill:var(--mark);paint-order:stroke;stroke:#000a;stroke-width:2px}
.f-down{fill:var(--down)}.f-maintenance{fill:var(--maintenance)}.f-degraded{fill:var(--degraded)}.f-stripe{fill:var(--stripe)}
.defs{position:absolute}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.25rem 0 .75rem;padding:0;list-style:none}.legend svg{vertical-align:-3px}
.axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.78rem}
figure{margin:1rem 0}figcaption{margin-bottom:.4rem}.key{margin-left:1rem;color:var(--soft);font-size:.85rem}
.plot{position:relative;padding-left:3.8rem}.plot svg{display:block;width:100%;height:160px}.pair .plot svg{height:110px}
.y{position:absolute;left:0;top:-.6em;width:3.4rem;text-align:right;color:var(--soft);font-size:.78rem}.y.zero{top:calc(160px - .8em)}
.pair .y.zero{top:calc(110px - .8em)}
path{vector-effect:non-scaling-stroke}.grid{stroke:var(--line);fill:none}
.p50,.p95{fill:none;stroke-width:2}.p50{stroke:var(--p50)}.p95{stroke:var(--p95);stroke-dasharray:5 3}
.l-broker{fill:var(--broker)}.l-path{fill:var(--path)}.l-platform{fill:var(--platform)}
.hover{fill:transparent}.hover:hover{fill:var(--fg);fill-opacity:.12}
details{margin:.4rem 0}summary{cursor:pointer;padding:.15rem 0}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:0 2rem}
code{font-size:.85rem}
#tip{position:fixed;left:50%;bottom:1rem;transform:translateX(-50%);max-width:90vw;background:var(--fg);color:var(--bg);padding:.4rem .8rem;border-radius:6px}
#tip:empty{display:none}
@media (max-width:640px){body{padding:.75rem}.strips table{font-size:.8rem}.strips td:nth-child(2){min-width:100px}th,td{padding-right:.45rem}.axis span:nth-child(even),.strips .axis span:not(:first-child):not(:last-child){display:none}.pair{grid-template-columns:1fr}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#444;--line:#bbb;--card:#fff;--link:#000;--up:#7bc48f;--degraded:#e8b339;--down:#c62828;--maintenance:#7a6fd0;--unknown:#e3e7ec;--stripe:#ffffff66;--broker:#c62828;--path:#b35c00;--platform:#5b4fc4;--p50:#0969da;--p95:#8a4600}
html{font-size:11px}
@page{size:A4 landscape;margin:12mm}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{max-width:none;padding:0;font-size:10.5px}nav,#tip,.hover,details:not([open]){display:none}
.scroll{overflow:visible}tr,figure,.cards{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}
th,td{white-space:normal}.strips td,.strips th,.n{white-space:nowrap}.prose{min-width:0}a{text-decoration:none}}
`;
