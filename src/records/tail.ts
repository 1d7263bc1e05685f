import { open, stat, type FileHandle } from 'node:fs/promises';
import { LONGEST_LINE, parseLine, type RecordLine } from './line.ts';
import { olderName } from './rotating-file.ts';
import { isMissing } from './system-error.ts';

/** Octets read at once: room for any line of ours, whose letters take up to three octets. */
const CHUNK_BYTES = 4 * 3 * LONGEST_LINE;

const NEWLINE = 0x0a;

/** Most rotations between two looks that are followed. */
const MOST_ROTATIONS = 1_000;

/** What has been added: records in the order they were written, and how many lines are no records. */
export interface Growth {
  readonly lines: readonly RecordLine[];
  readonly bad: number;
}

function growthOf(text: string): Growth {
  const lines: RecordLine[] = [];
  let bad = 0;
  for (const each of text.split('\n')) {
    const record = parseLine(each);
    if (record !== undefined) lines.push(record);
    else if (each.trim() !== '') bad += 1;
  }
  return { lines, bad };
}

/** A file that is held open, and how far it has been read. */
class Held {
  readonly #handle: FileHandle;
  readonly #chunk = new Uint8Array(CHUNK_BYTES);
  #offset = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Whole lines behind those read so far; half a line waits for its rest. */
  async *read(): AsyncGenerator<Growth, void, undefined> {
    // Cut short in place, as by a rotation that copies: it is begun anew.
    if ((await this.#handle.stat()).size < this.#offset) this.#offset = 0;
    for (;;) {
      const { bytesRead } = await this.#handle.read(this.#chunk, 0, CHUNK_BYTES, this.#offset);
      const end = this.#chunk.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1;
      const isHalf = end === 0 && bytesRead < CHUNK_BYTES;
      if (isHalf) return;
      // A whole chunk without an end of a line is none of ours, and is passed over.
      const bytes = end === 0 ? bytesRead : end;
      this.#offset += bytes;
      yield growthOf(new TextDecoder().decode(this.#chunk.subarray(0, bytes)));
    }
  }

  /** Whether the file of this name is this one, on the disk. */
  async isAt(path: string): Promise<boolean> {
    const [own, other] = await Promise.all([this.#handle.stat(), stat(path)]);
    return own.ino === other.ino && own.dev === other.dev;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** A file of records that is still written to, followed through its rotations by what it is, not by its name. */
export class RecordTail {
  readonly #file: string;
  #held: Held;

  private constructor(file: string, held: Held) {
    this.#file = file;
    this.#held = held;
  }

  /** @throws the system's error where the file cannot be opened. */
  static async open(file: string): Promise<RecordTail> {
    return new RecordTail(file, new Held(await open(file, 'r')));
  }

  /**
   * What was added since the last time, the first time all of it; what stands in files that were rotated away meanwhile
   * comes first.
   *
   * @throws the system's error where a file cannot be read.
   */
  async *more(): AsyncGenerator<Growth, void, undefined> {
    yield* this.#held.read();
    if (await this.#isCurrent(0)) return;
    // Nothing is added to a file that was rotated away: what came before that is read now.
    yield* this.#held.read();
    for (let age = await this.#ageOfHeld(); age > 0; age -= 1) {
      const next = new Held(await open(olderName(this.#file, age - 1), 'r'));
      await this.#held.close();
      this.#held = next;
      yield* next.read();
    }
  }

  close(): Promise<void> {
    return this.#held.close();
  }

  /** Whether nothing has come behind the file that is held; a file that is gone has yet to be begun anew. */
  async #isCurrent(age: number): Promise<boolean> {
    try {
      return await this.#held.isAt(olderName(this.#file, age));
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }

  /** How many files have been begun behind the one that is held; 1 where it is kept no more. */
  async #ageOfHeld(): Promise<number> {
    try {
      for (let age = 1; age <= MOST_ROTATIONS; age += 1) {
        if (await this.#held.isAt(olderName(this.#file, age))) return age;
      }
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return 1;
  }
}
