/** `npm run soak -- [minutes] [--calls N] [--seed N]`: every fault over forty brokers, and what must hold all the same. */
import { table } from '../rounds.ts';
import { soakArguments } from './arguments.ts';
import { checksOf } from './checks.ts';
import { linesOf, outcomeRows } from './report.ts';
import { soak } from './soak.ts';

const given = soakArguments(process.argv.slice(2));
// As in a user's process: where they are looked up for the stack of every fault, that takes longer than the fault.
process.setSourceMapsEnabled(false);
// Written to at once: a stream that is opened later would be taken for something left behind.
process.stderr.write(`soak: seed ${given.seed}\n`);
process.stdout.write('');
// A soak that breaks off has kept nothing.
process.exitCode = 1;
const soaked = await soak(given, (line) => process.stderr.write(`${line}\n`)).catch((error: unknown) => {
  console.error(error);
  process.exit();
});

const { seed } = given;
const { plannedCalls, allCalls, digest, drivenMs, ledger, books, circuitsOpened } = soaked;
console.log(`soak: seed ${seed}, ${plannedCalls} calls planned, plan ${digest}`);
console.log(`again: npm run soak -- --seed ${seed} --calls ${plannedCalls}`);
console.log(
  `${allCalls} calls in ${(drivenMs / 1_000).toFixed(0)} s (${(allCalls / (drivenMs / 1_000)).toFixed(0)} a second), ` +
    `${books.requests} requests read by brokers, ${circuitsOpened} circuits opened\n`,
);
console.log(`${table(outcomeRows(ledger.outcomes))}\n`);
const checks = checksOf(soaked);
for (const line of checks.flatMap(linesOf)) console.log(line);
if (checks.every(({ isKept }) => isKept)) process.exitCode = 0;
