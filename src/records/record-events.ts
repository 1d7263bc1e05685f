import type { ConnectorEvents } from '../model/record.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import { Journal, type Tally } from './journal.ts';

/** Where the records of a connector go. Sizes in octets. */
export interface RecordingOptions {
  /** Path of the file, whose folder exists. It is appended to. */
  readonly file: string;
  /** Size at which FILE becomes FILE.1; default 64 MiB, at least 1 KiB. */
  readonly maxBytes?: number | undefined;
  /** Older files kept, FILE.1 being the newest; default 5, 0 keeps none. */
  readonly keep?: number | undefined;
  /** Lines kept in memory while the disk is slow; default 4 MiB, at least 1 KiB. */
  readonly bufferBytes?: number | undefined;
  /** Hears the code of a system error, such as ENOSPC, when writing begins to fail; it is tried again every second. */
  readonly onTrouble?: ((reason: string) => void) | undefined;
}

/** A recording under way. */
export interface EventRecording {
  /** What became of the records so far. */
  readonly tally: Tally;
  /** Stops listening, writes what waits, and says what became of all records. Never rejects. */
  close(): Promise<Tally>;
}

/** Whatever tells of its calls as a connector does. */
export interface EventSource {
  on<Name extends keyof ConnectorEvents>(event: Name, listener: (record: ConnectorEvents[Name]) => void): () => void;
}

const DEFAULTS = { maxBytes: 64 * 2 ** 20, keep: 5, bufferBytes: 4 * 2 ** 20 } as const;

/** Smallest size that makes sense of a file or a buffer, in octets: a few lines. */
const LEAST_BYTES = 1_024;

/** Most older files; each rotation renames all of them. */
const MOST_KEPT = 1_000;

function expected(option: string, what: string): TypeError {
  return new TypeError(`options.${option}: expected ${what}`);
}

function isWhole(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

function checked(options: RecordingOptions) {
  const { file, maxBytes = DEFAULTS.maxBytes, keep = DEFAULTS.keep } = options;
  const { bufferBytes = DEFAULTS.bufferBytes, onTrouble } = options;
  if (typeof file !== 'string' || file === '') throw expected('file', 'a path');
  if (!isWhole(maxBytes, LEAST_BYTES)) throw expected('maxBytes', 'a whole number of octets from 1024');
  if (!isWhole(bufferBytes, LEAST_BYTES)) throw expected('bufferBytes', 'a whole number of octets from 1024');
  if (!isWhole(keep, 0, MOST_KEPT)) throw expected('keep', 'a whole number from 0 to 1000');
  return { file, maxBytes, keep, bufferBytes, onTrouble };
}

/**
 * Writes every call and every change of a circuit to a file, one JSON object a line. No call waits for it: lines are written
 * in batches, and what the disk cannot take is dropped, counted, and owned up to by a line of its own.
 *
 * @throws TypeError for options of the wrong shape. What goes wrong with the file is in the tally.
 * @example
 * const recording = recordEvents(exco, { file: 'calls.jsonl' });
 * const { written, lost } = await recording.close();
 */
export function recordEvents(
  source: EventSource,
  options: RecordingOptions,
  clock: Clock = systemClock,
): EventRecording {
  const journal = new Journal(checked(options), clock);
  const removals = [
    source.on('call', (record) => {
      journal.add('call', record);
    }),
    source.on('state', (record) => {
      journal.add('state', record);
    }),
  ];
  return {
    get tally() {
      return journal.tally;
    },
    close() {
      for (const remove of removals) remove();
      return journal.close();
    },
  };
}
