import type { Clock, Timer } from '../runtime/clock.ts';
import { LineBuffer } from './buffer.ts';
import { lossLineOf } from './line.ts';
import { Lines } from './lines.ts';
import { RotatingFile, type Rotation } from './rotating-file.ts';
import { systemCodeOf } from './system-error.ts';

/** Pause before a batch is written, and before a write that failed is tried again, in milliseconds. */
const PAUSES = { batchMs: 250, retryMs: 1_000 } as const;

/** What became of the records. */
export interface Tally {
  readonly written: number;
  /** Dropped because the buffer was full, or left over when the file could not be written at the end. */
  readonly lost: number;
  /** Code of the system error that the last write failed with, such as ENOSPC; absent while writing works. */
  readonly reason?: string;
}

export interface JournalOptions extends Rotation {
  readonly file: string;
  readonly bufferBytes: number;
  readonly onTrouble: ((reason: string) => void) | undefined;
}

/**
 * Writes records behind the back of whoever adds them: adding never waits and never throws. While the disk is slow or full
 * at most two buffers of lines are kept, one on its way and one that fills up; what comes on top is lost and counted.
 */
export class Journal {
  readonly #clock: Clock;
  readonly #buffer: LineBuffer;
  readonly #file: RotatingFile;
  readonly #onTrouble: JournalOptions['onTrouble'];
  /** The batch on its way; what of it is written is gone from it. */
  #batch: Lines | undefined;
  #timer: Timer | undefined;
  #work: Promise<void> | undefined;
  #closed: Promise<Tally> | undefined;
  #written = 0;
  /** Left over at the end; the buffer counts what it had no room for. */
  #left = 0;
  #reason: string | undefined;

  constructor({ file, bufferBytes, onTrouble, ...rotation }: JournalOptions, clock: Clock) {
    this.#clock = clock;
    this.#buffer = new LineBuffer(bufferBytes);
    this.#file = new RotatingFile(file, rotation);
    this.#onTrouble = onTrouble;
  }

  get tally(): Tally {
    const reason = this.#reason;
    return { written: this.#written, lost: this.#buffer.lost + this.#left, ...(reason !== undefined && { reason }) };
  }

  add(...entry: Parameters<LineBuffer['add']>): void {
    this.#buffer.add(...entry);
    this.#wakeIn(PAUSES.batchMs);
  }

  /** Writes what waits; what cannot be written now is lost. The second call gives the result of the first. */
  close(): Promise<Tally> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  #wakeIn(delayMs: number): void {
    if (this.#timer !== undefined || this.#work !== undefined || this.#closed !== undefined) return;
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = undefined;
      this.#work = this.#flush().then(() => {
        this.#work = undefined;
        if (this.#reason !== undefined) this.#wakeIn(PAUSES.retryMs);
        else if (!this.#buffer.isEmpty) this.#wakeIn(PAUSES.batchMs);
      });
    });
  }

  /** One batch, and behind it how many records were lost meanwhile. Never rejects. */
  async #flush(): Promise<void> {
    try {
      await this.#writeBatch((this.#batch ??= this.#buffer.takeLines()));
      this.#batch = undefined;
      await this.#ownUp();
      this.#reason = undefined;
    } catch (error) {
      const isNew = this.#reason === undefined;
      this.#reason = systemCodeOf(error);
      if (isNew) this.#tell(this.#reason);
    }
  }

  async #writeBatch(batch: Lines): Promise<void> {
    const before = batch.count;
    try {
      await this.#file.write(batch);
    } finally {
      this.#written += before - batch.count;
    }
  }

  async #ownUp(): Promise<void> {
    const lost = this.#buffer.takeLost();
    if (lost === 0) return;
    try {
      const line = lossLineOf(lost, this.#clock.wallMs());
      const lines = new Lines(line.length);
      lines.add(line);
      await this.#file.write(lines);
    } catch (error) {
      this.#buffer.returnLost(lost);
      throw error;
    }
  }

  /** A listener that throws must not end the writing. */
  #tell(reason: string): void {
    try {
      this.#onTrouble?.(reason);
    } catch {
      // Its own fault; there is nobody to tell.
    }
  }

  async #finish(): Promise<Tally> {
    this.#timer?.cancel();
    await this.#work;
    // Twice: the batch that failed before, then what came after it.
    await this.#flush();
    if (this.#reason === undefined && !this.#buffer.isEmpty) await this.#flush();
    this.#left = (this.#batch?.count ?? 0) + this.#buffer.takeLines().count;
    return this.tally;
  }
}
