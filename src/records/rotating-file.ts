import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import type { Lines } from './lines.ts';
import { isMissing } from './system-error.ts';

const NEWLINE = 0x0a;

/** How large a file may grow, and how many older ones are kept beside it. */
export interface Rotation {
  readonly maxBytes: number;
  readonly keep: number;
}

/** Name of the older file that was the current one `age` rotations ago; 0 is the current one. */
export function olderName(file: string, age: number): string {
  return age === 0 ? file : `${file}.${String(age)}`;
}

/**
 * Lines appended to FILE, which becomes FILE.1 when it is full, and so on. It is opened for each batch and closed again, so
 * that a file moved or removed from outside is simply begun anew.
 */
export class RotatingFile {
  readonly #file: string;
  readonly #rotation: Rotation;
  /** Whether the last write may have left half a line behind, here or in a process that died. */
  #isTorn = true;

  constructor(file: string, rotation: Rotation) {
    this.#file = file;
    this.#rotation = rotation;
  }

  /**
   * Appends lines, and drops those that are on the disk.
   *
   * @throws the system's error; the lines that remain are those still to be written.
   */
  async write(lines: Lines): Promise<void> {
    while (lines.count > 0) {
      const handle = await open(this.#file, 'a+');
      let isFull: boolean;
      try {
        isFull = !(await this.#fill(handle, lines));
      } finally {
        await handle.close();
      }
      if (isFull) await this.#rotate();
    }
  }

  /** Writes what fits; false where nothing does. */
  async #fill(handle: FileHandle, lines: Lines): Promise<boolean> {
    const { size } = await handle.stat();
    const batch = lines.fitting(this.#rotation.maxBytes - size, size === 0);
    if (batch.length === 0) return false;
    const isCutOff = this.#isTorn && size > 0 && !(await endsWithNewline(handle, size));
    const bytes = isCutOff ? Buffer.concat([Uint8Array.of(NEWLINE), batch]) : batch;
    let written = 0;
    this.#isTorn = true;
    try {
      while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
      this.#isTorn = false;
    } finally {
      lines.drop(written - (bytes.length - batch.length));
    }
    return true;
  }

  /** The current file becomes the newest of the older ones, and the oldest goes. */
  async #rotate(): Promise<void> {
    const { keep } = this.#rotation;
    if (keep === 0) await rm(this.#file, { force: true });
    for (let age = await firstGap(this.#file, keep); age > 0; age -= 1) {
      await rename(olderName(this.#file, age - 1), olderName(this.#file, age));
    }
  }
}

/** The first age that no file has; `keep` where there are that many, whose oldest will be overwritten. */
async function firstGap(file: string, keep: number): Promise<number> {
  for (let age = 1; age < keep; age += 1) {
    try {
      await stat(olderName(file, age));
    } catch (error) {
      if (isMissing(error)) return age;
      throw error;
    }
  }
  return keep;
}

async function endsWithNewline(handle: FileHandle, size: number): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 0 || buffer[0] === NEWLINE;
}
