import { lookup } from 'node:dns/promises';
import type { Control } from './report.ts';
import { residents, type Counts } from './town.ts';

/** Looks every name up with nothing but `dns.lookup`, all at once, and prints when those of served names had ended. */
const names = residents(JSON.parse(process.argv[2] ?? '{}') as Counts);
const startMs = performance.now();
const ended = names.map(async ({ zone, hostname }) => {
  await lookup(hostname).catch(() => undefined);
  return { zone, elapsedMs: Math.round(performance.now() - startMs) };
});
const served = await Promise.all(ended.filter((_, index) => names[index]?.zone === 'served'));
process.stdout.write(`${JSON.stringify({ servedMs: served.map(({ elapsedMs }) => elapsedMs) } satisfies Control)}\n`);
