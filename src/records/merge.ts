import type { RecordLine } from './line.ts';
import type { BadLine, Batch } from './read.ts';

/** Where reading has come in one source. */
interface Source {
  readonly batches: AsyncIterator<Batch>;
  lines: readonly RecordLine[];
  next: number;
}

/** What hears of everything that is read. */
export interface RecordSink {
  record(line: RecordLine): void;
  bad(line: BadLine): void;
  /** Octets read since the last time. */
  read(bytes: number): void;
}

/** Reads on until there is a record; false at the end. */
async function fill(source: Source, sink: RecordSink): Promise<boolean> {
  while (source.next >= source.lines.length) {
    const step = await source.batches.next();
    if (step.done === true) return false;
    const { lines, bad, bytes } = step.value;
    sink.read(bytes);
    for (const line of bad) sink.bad(line);
    source.lines = lines;
    source.next = 0;
  }
  return true;
}

function headOf({ lines, next }: Source): string {
  return lines[next]?.at ?? '';
}

/** Hands on from the source whose next record is oldest, until another's is, or its batch is used up. */
function handOn(source: Source, until: string | undefined, sink: RecordSink): void {
  for (; source.next < source.lines.length; source.next += 1) {
    const line = source.lines[source.next];
    if (line === undefined || (until !== undefined && line.at > until)) return;
    sink.record(line);
  }
}

/**
 * Hands the records of several sources to `sink` in the order of their times, each source being in order itself.
 *
 * @throws what a source throws.
 */
export async function mergeRecords(sources: readonly AsyncIterable<Batch>[], sink: RecordSink): Promise<void> {
  const all = sources.map((each): Source => ({ batches: each[Symbol.asyncIterator](), lines: [], next: 0 }));
  let open: Source[] = [];
  try {
    for (const source of all) if (await fill(source, sink)) open.push(source);
    while (open.length > 0) {
      const [oldest, second] = [...open].sort((a, b) => (headOf(a) < headOf(b) ? -1 : 1));
      if (oldest === undefined) return;
      handOn(oldest, second === undefined ? undefined : headOf(second), sink);
      if (!(await fill(oldest, sink))) open = open.filter((source) => source !== oldest);
    }
  } finally {
    for (const { batches } of all) await batches.return?.();
  }
}
