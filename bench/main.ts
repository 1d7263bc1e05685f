/** Every benchmark in turn, each in a process of its own: none of them meets what another has left in the engine. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BENCHMARKS = ['./classify.ts', './import.ts', './calls.ts', './recording.ts', './growth.ts', './stall.ts'];

let failed = 0;
for (const benchmark of BENCHMARKS) {
  const path = fileURLToPath(new URL(benchmark, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path], { stdio: 'inherit' });
  console.log('');
  if (status !== 0) failed += 1;
}
if (failed > 0) {
  console.error(`bench: ${failed} of ${BENCHMARKS.length} did not end well`);
  process.exitCode = 1;
}
