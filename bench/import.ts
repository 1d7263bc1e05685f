/** What it costs to load the connector, beside axios alone: each in a fresh process, in turn. */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { BUILT } from './built.ts';
import { median, ratio, rounds, setting, table } from './rounds.ts';

const ROUNDS = setting('BENCH_ROUNDS', 15);

/** Expressions that load something, for `node --eval`; they run without any loader of ours. */
const LOADS: Readonly<Record<string, string>> = {
  'connector, import': `await import('${BUILT}')`,
  'axios, import': `await import('axios')`,
  'connector, require': `require('./dist/cjs/index.js')`,
  'axios, require': `require('axios')`,
};

const PAIRS = [
  ['connector, import', 'axios, import'],
  ['connector, require', 'axios, require'],
] as const;

interface Loaded {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

function isLoaded(value: unknown): value is Loaded {
  return typeof value === 'object' && value !== null && 'ms' in value && 'cpuMs' in value && 'rssMb' in value;
}

function run(script: string): unknown {
  const here = pathToFileURL(`${process.cwd()}/`).href;
  const whole = `import { createRequire } from 'node:module'; const require = createRequire('${here}'); ${script}`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', whole], { encoding: 'utf8' }));
}

/** Time, CPU and memory of one load in a process that does nothing else. */
function timed(name: string): Loaded {
  const seen = run(`
    const before = { ms: performance.now(), cpu: process.cpuUsage(), rss: process.memoryUsage.rss() };
    ${LOADS[name] ?? ''};
    const ms = performance.now() - before.ms;
    const { user, system } = process.cpuUsage(before.cpu);
    const rssMb = (process.memoryUsage.rss() - before.rss) / 2 ** 20;
    console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1_000, rssMb }));`);
  if (!isLoaded(seen)) throw new TypeError(`${name}: expected what it cost to load`);
  return seen;
}

/** Files that one load reads as code, as the debugger is told of them; apart, since a debugger takes its time. */
function modules(name: string): number {
  const seen = run(`
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connect();
    const files = new Set();
    session.on('Debugger.scriptParsed', ({ params: { url } }) => {
      if (url.startsWith('file:') || url.startsWith('/')) files.add(url);
    });
    session.post('Debugger.enable');
    const own = files.size;
    ${LOADS[name] ?? ''};
    console.log(files.size - own);`);
  return Number(seen);
}

const names = Object.keys(LOADS);
const seen = await rounds(ROUNDS, names, timed);

function figures(name: string, key: keyof Loaded): number[] {
  return (seen.get(name) ?? []).map((each) => each[key]);
}

console.log(`import: ${ROUNDS} rounds, each load in a fresh process of Node ${process.versions.node}\n`);
for (const [ours, theirs] of PAIRS) {
  console.log(`${ours} / ${theirs}: ${ratio(figures(ours, 'ms'), figures(theirs, 'ms')).toFixed(2)} x`);
}
const rows = names.map((name) => [
  name,
  median(figures(name, 'ms')).toFixed(1),
  median(figures(name, 'cpuMs')).toFixed(1),
  median(figures(name, 'rssMb')).toFixed(1),
  String(modules(name)),
]);
console.log(`\n${table([['load', 'ms', 'CPU ms', 'MiB', 'modules'], ...rows])}`);
