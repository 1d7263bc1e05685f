/** What judging an answer costs: `classify` and the decoding in it, beside the least that reading the octets can cost. */
import { Child } from './child.ts';
import type { NamedStep } from './classify-worker.ts';
import { median, ratio, rounds, setting, table } from './rounds.ts';

const ROUNDS = setting('BENCH_ROUNDS', 9);
/** How long each step is measured in each round. */
const MEASURED_MS = setting('BENCH_MS', 60);

function isSteps(value: unknown): value is NamedStep[] {
  return Array.isArray(value) && value.every((step) => typeof step === 'object' && step !== null && 'answer' in step);
}

const { child, ready } = await Child.start('./classify-worker.ts', [String(MEASURED_MS)]);
if (!isSteps(ready)) throw new TypeError('classify-worker: expected the steps that it takes');
const steps = ready;

/** Microseconds a run. */
function measure(step: NamedStep): Promise<number> {
  return child.ask<number>({ index: steps.indexOf(step) });
}

// Once over everything: the engine has compiled what it will compile, and seen every kind of answer.
for (const step of steps) await measure(step);
const seen = await rounds(ROUNDS, steps, measure);
child.end();

function timesOf({ answer }: NamedStep, step: NamedStep['step']): number[] {
  const same = steps.find((each) => each.answer === answer && each.step === step);
  return same === undefined ? [] : (seen.get(same) ?? []);
}

console.log(
  `classify: ${ROUNDS} rounds of ${MEASURED_MS} ms a step; floor: new TextDecoder(charset).decode, JSON.parse\n`,
);
const rows = steps.map((each) => {
  const times = timesOf(each, each.step);
  return [
    `${each.answer}, ${each.step}`,
    String(each.octets),
    median(times).toFixed(1),
    (each.octets / median(times)).toFixed(0),
    `${ratio(times, timesOf(each, 'floor')).toFixed(2)} x`,
  ];
});
console.log(table([['answer, step', 'octets', 'µs', 'MB/s', 'it / floor'], ...rows]));
