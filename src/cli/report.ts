import type { Words } from '../catalog/advice.ts';
import { mergeRecords } from '../records/merge.ts';
import { readSet, recordSets, type RecordSet } from '../records/read.ts';
import { ReportFold } from '../report/fold.ts';
import { jsonOf } from '../report/json.ts';
import { pageOf } from '../report/page.ts';
import type { Summary } from '../report/summary.ts';
import type { Given } from './arguments.ts';
import { defineCommand } from './command.ts';
import { reasonOf, type Io } from './io.ts';
import { EXIT, Refusal } from './refusal.ts';
import { SUMMARIES } from './summaries.ts';
import { HELP, MISTAKES } from './words.ts';

/** Characters of the bar that shows how much was read. */
const BAR = 30;

function written(path: string): Words {
  return { en: `Written: ${path}`, ko: `저장한 파일: ${path}` };
}

/** What to call when octets were read; shows a bar where a person looks on, and only when it would differ. */
function progressOf(allBytes: number, io: Io): (bytes: number) => void {
  let read = 0;
  let shown = -1;
  return (bytes) => {
    read += bytes;
    const percent = allBytes === 0 ? 100 : Math.min(100, Math.floor((read / allBytes) * 100));
    if (percent === shown) return;
    shown = percent;
    const full = Math.round((percent / 100) * BAR);
    io.progress?.(`[${'#'.repeat(full)}${'-'.repeat(BAR - full)}] ${String(percent)} %`);
  };
}

function setsOf(files: readonly string[]): RecordSet[] {
  try {
    return recordSets(files);
  } catch (error) {
    throw new Refusal(EXIT.usage, MISTAKES.unreadable(files.join(', '), reasonOf(error)));
  }
}

/** @throws Refusal for files that cannot be read, or that hold no record. */
async function summaryOf(files: readonly string[], io: Io): Promise<Summary> {
  const sets = setsOf(files);
  const fold = new ReportFold();
  const read = progressOf(
    sets.reduce((sum, { bytes }) => sum + bytes, 0),
    io,
  );
  try {
    await mergeRecords(sets.map(readSet), {
      record: (line) => {
        fold.record(line);
      },
      bad: (line) => {
        fold.bad(line);
      },
      read,
    });
  } catch (error) {
    throw new Refusal(EXIT.usage, MISTAKES.unreadable(files.join(', '), reasonOf(error)));
  } finally {
    io.progress?.('');
  }
  const summary = fold.finish();
  if (summary === undefined) throw new Refusal(EXIT.usage, MISTAKES.noRecords(files.join(', ')));
  return summary;
}

async function write(path: string, text: string, io: Io): Promise<void> {
  try {
    await io.writeText(path, text);
  } catch (error) {
    throw new Refusal(EXIT.usage, MISTAKES.unwritable(path, reasonOf(error)));
  }
}

async function execute(given: Given, io: Io): Promise<number> {
  const output = given.text('output');
  const isJson = given.isSet('json');
  if (output === undefined && !isJson && io.isTerminal) throw new Refusal(EXIT.usage, MISTAKES.outputMissing());
  const summary = await summaryOf(given.names, io);
  if (output !== undefined) await write(output, pageOf(summary, io.lang), io);
  if (isJson) io.out(JSON.stringify(jsonOf(summary)));
  else if (output === undefined) io.out(pageOf(summary, io.lang).trimEnd());
  else io.err(written(output)[io.lang]);
  return EXIT.ok;
}

/** `op-exco report`: one page of recorded calls, or their figures as JSON. */
export const report = defineCommand({
  name: 'report',
  summary: SUMMARIES.report,
  takes: ['FILE...'],
  options: { output: { value: 'FILE', short: 'o', words: HELP.output } },
  examples: ['op-exco report calls.jsonl -o report.html', 'op-exco report one.jsonl two.jsonl --json'],
  execute,
});
