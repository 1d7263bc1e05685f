import type { Summary } from '../../src/report/summary.ts';
import { ReportFold } from '../../src/report/fold.ts';
import type { CallLine, RecordLine } from '../../src/records/line.ts';
import { parseLine } from '../../src/records/line.ts';
import { callRecord } from '../records/given.ts';
import { faultRow, type Fault } from '../../src/catalog/faults.ts';
import type { CallRecord } from '../../src/model/record.ts';

export const START_MS = Date.parse('2026-11-25T00:00:00Z');

/** When it is so many seconds behind the start. */
export function at(second: number): string {
  return new Date(START_MS + second * 1_000).toISOString();
}

/** A call that ended a number of seconds behind the start. */
export function served(second: number, changes: Partial<CallRecord> = {}): CallLine {
  return { event: 'call', ...callRecord({ at: at(second), ...changes }) };
}

/** The same, failed. */
export function failed(second: number, fault: Fault, changes: Partial<CallRecord> = {}): CallLine {
  const { blame, evidence } = faultRow(fault);
  const error = { result: 'error', fault, blame, evidence, category: 'op-exco', code: 3600 } as const;
  return served(second, { ...error, outcome: 'not-executed', ...changes });
}

/** A line for every step of a time. */
export function every<T>(stepSeconds: number, from: number, to: number, make: (second: number) => T): T[] {
  return Array.from({ length: Math.ceil((to - from) / stepSeconds) }, (_, step) => make(from + step * stepSeconds));
}

/** What records come to; there is at least one. */
export function summaryOf(lines: readonly RecordLine[]): Summary {
  const fold = new ReportFold();
  for (const line of lines) fold.record(line);
  const summary = fold.finish();
  if (summary === undefined) throw new Error('no records');
  return summary;
}

/** What texts come to that are lines of a file. */
export function summaryOfTexts(texts: Iterable<string>): Summary {
  const lines: RecordLine[] = [];
  for (const text of texts) {
    const line = parseLine(text);
    if (line !== undefined) lines.push(line);
  }
  return summaryOf(lines);
}
