import { readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { LONGEST_LINE, parseLine, type RecordLine } from './line.ts';
import { olderName } from './rotating-file.ts';

/** Octets read at once; the text of more would be a large object to the engine, which only a full collection frees. */
const CHUNK_BYTES = 64 * 1_024;

/** A line that is no record. */
export interface BadLine {
  readonly file: string;
  /** First is 1. */
  readonly line: number;
}

/** Lines of one file, in order: what was read, how much of the file it took, and which lines are no records. */
export interface Batch {
  readonly lines: readonly RecordLine[];
  readonly bad: readonly BadLine[];
  readonly bytes: number;
}

/** A file of records with its older ones, oldest first, and how many octets they hold. */
export interface RecordSet {
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Ages of the older files beside `file` that are there, oldest first. */
function agesOf(file: string): number[] {
  const prefix = `${basename(file)}.`;
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix) && /^[1-9]\d{0,3}$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => b - a);
}

/** A file that was rotated belongs to the one it comes from, where both are named. */
function isOlderOf(file: string, named: ReadonlySet<string>): boolean {
  const match = /^(.+)\.[1-9]\d{0,3}$/s.exec(file);
  return match?.[1] !== undefined && named.has(match[1]);
}

/**
 * The files to read for each file named: its older ones first. A file named twice, or beside the one it was rotated from, is
 * read once.
 *
 * @throws the system's error for a file that is not there.
 */
export function recordSets(files: readonly string[]): RecordSet[] {
  const named = new Set(files);
  return [...named]
    .filter((file) => !isOlderOf(file, named))
    .map((file) => {
      statSync(file);
      const all = [...agesOf(file).map((age) => olderName(file, age)), file];
      return { files: all, bytes: all.reduce((sum, path) => sum + statSync(path).size, 0) };
    });
}

/** Cuts text into lines; a line longer than any of ours is cut off, so that a file without ends fills no memory. */
class LineCutter {
  #rest = '';

  /** Whole lines of the text so far. */
  cut(text: string): string[] {
    const parts = (this.#rest + text).split('\n');
    this.#rest = (parts.pop() ?? '').slice(0, LONGEST_LINE + 1);
    return parts;
  }

  /** What stands behind the last end of a line. */
  get rest(): string {
    return this.#rest;
  }
}

function isBlank(text: string): boolean {
  return text === '' || text === '\r';
}

/** Records of one file. A line that is no record is named and skipped; damaged UTF-8 makes a bad line, no error. */
async function* readFile(file: string): AsyncGenerator<Batch, void, undefined> {
  const handle = await open(file, 'r');
  const decoder = new TextDecoder();
  const cutter = new LineCutter();
  let line = 0;
  function batchOf(texts: readonly string[], bytes: number): Batch {
    const lines: RecordLine[] = [];
    const bad: BadLine[] = [];
    for (const text of texts) {
      line += 1;
      const record = parseLine(text);
      if (record !== undefined) lines.push(record);
      else if (!isBlank(text)) bad.push({ file, line });
    }
    return { lines, bad, bytes };
  }
  try {
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      yield batchOf(cutter.cut(decoder.decode(chunk.subarray(0, bytesRead), { stream: true })), bytesRead);
    }
    // A writer under way, or one that died, leaves half a line; a whole one only lacks its end.
    yield batchOf([cutter.rest + decoder.decode()], 0);
  } finally {
    await handle.close();
  }
}

/**
 * Records of a file and its older ones, in the order they were written.
 *
 * @throws the system's error where a file cannot be read.
 */
export async function* readSet({ files }: RecordSet): AsyncGenerator<Batch, void, undefined> {
  for (const file of files) yield* readFile(file);
}
