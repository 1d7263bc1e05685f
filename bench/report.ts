/** What a report of a million records costs. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syntheticLines, tradingDay } from '../test/support/synthetic-records.ts';
import { setting } from './rounds.ts';

const RECORDS = setting('BENCH_RECORDS', 1_000_000);
/** What is promised of a million records. */
const MOST_SECONDS = 20;
const MOST_MB = 300;

const folder = mkdtempSync(join(tmpdir(), 'op-exco-bench-'));
const file = join(folder, 'calls.jsonl');
const page = join(folder, 'report.html');

async function writeRecords(): Promise<void> {
  const out = createWriteStream(file);
  let batch = '';
  for (const line of syntheticLines(tradingDay(RECORDS))) {
    batch += line;
    if (batch.length < 2 ** 20) continue;
    if (!out.write(batch)) await once(out, 'drain');
    batch = '';
  }
  out.end(batch);
  await once(out, 'finish');
}

function kept(value: number, most: number): string {
  return `at most ${most}: ${value <= most ? 'kept' : 'MISSED'}`;
}

try {
  await writeRecords();
  const script = `
    process.argv.splice(1, process.argv.length, 'op-exco', 'report', ${JSON.stringify(file)}, '-o', ${JSON.stringify(page)});
    const startMs = performance.now();
    await import('./dist/esm/cli/main.js');
    console.log(JSON.stringify({ seconds: (performance.now() - startMs) / 1_000, rssMb: process.resourceUsage().maxRSS / 1_024, cpu: process.cpuUsage().user / 1e6 }));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const { seconds, rssMb, cpu } = JSON.parse(stdout) as { seconds: number; rssMb: number; cpu: number };
  const mib = (path: string) => (statSync(path).size / 2 ** 20).toFixed(1);
  console.log(`report: ${RECORDS} records of 40 brokers, ${mib(file)} MiB; page ${mib(page)} MiB`);
  console.log(`seconds: ${seconds.toFixed(1)} (${kept(seconds, MOST_SECONDS)}), CPU ${cpu.toFixed(1)} s`);
  console.log(`peak MiB: ${rssMb.toFixed(0)} (${kept(rssMb, MOST_MB)})`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
