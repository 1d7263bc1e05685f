import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** What the main thread has had of a processor since it began, in milliseconds. */
export interface ProcessorTime {
  readonly ranMs: number;
  /** Ready to run, while others had the processors; undefined where the system does not say. */
  readonly waitedMs: number | undefined;
}

/** Linux: nanoseconds run, nanoseconds waited for a processor, and how often. */
const SCHEDULED = '/proc/self/schedstat';
const LONGEST_LINE_BYTES = 80;
const MS_PER_NS = 1e-6;
const MS_PER_US = 1e-3;

/**
 * Asks the system what it gave to this process. Without an answer of Linux, the processor time of all its threads counts. The
 * soak runs with `--single-threaded-gc`: a main thread that is held up until helpers of the collector get a processor is
 * neither running nor waiting for one.
 */
export class Processor {
  readonly #file = existsSync(SCHEDULED) ? openSync(SCHEDULED, 'r') : undefined;
  readonly #line = Buffer.alloc(LONGEST_LINE_BYTES);

  read(): ProcessorTime {
    if (this.#file === undefined) {
      const { user, system } = process.cpuUsage();
      return { ranMs: (user + system) * MS_PER_US, waitedMs: undefined };
    }
    const length = readSync(this.#file, this.#line, 0, LONGEST_LINE_BYTES, 0);
    const [ran = 0, waited = 0] = this.#line.toString('latin1', 0, length).split(' ').map(Number);
    return { ranMs: ran * MS_PER_NS, waitedMs: waited * MS_PER_NS };
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
