import { systemClock } from '../runtime/clock.ts';
import type { DiagnoseSource, Looked } from './diagnose-sources.ts';
import type { Io } from './io.ts';

/** Terminal sequences (ECMA-48): a round is printed over the one before, line by line, so that nothing flickers. */
const HOME = '\u001b[H';
const LINE_END = '\u001b[K';
const SCREEN_END = '\u001b[J';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/** How rounds are made and shown. */
export interface Rounds {
  /** Pause between two of them, in milliseconds. */
  readonly everyMs: number;
  /** Whether each takes the place of the one before. */
  readonly isInPlace: boolean;
  readonly show: (looked: Looked) => readonly string[];
  /** Stands above each round that takes the place of another: it shows that time goes on. */
  readonly head: () => string;
}

/** As many lines as the terminal has rows, the last one kept free; what is left out is said to be. */
function fitted(lines: readonly string[], rows: number): readonly string[] {
  const room = rows - 2;
  return lines.length <= room || room < 1 ? lines : [...lines.slice(0, room), `… +${lines.length - room}`];
}

function print(lines: readonly string[], { isInPlace, head }: Rounds, io: Io): void {
  if (!isInPlace) {
    for (const line of lines) io.out(line);
    return;
  }
  const shown = fitted([head(), '', ...lines], io.rows ?? Number.POSITIVE_INFINITY);
  io.out(`${HIDE_CURSOR}${HOME}${shown.map((line) => `${line}${LINE_END}`).join('\n')}${SCREEN_END}`);
}

/** Until the next round is due, or `signal` aborts; whether another one is to be made. */
function pause(everyMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve(!signal.aborted);
    };
    const timer = systemClock.after(signal.aborted ? 0 : everyMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * One round after the other until the person ends it; the cursor comes back at once then, and a round under way is given up.
 *
 * @throws what a look throws.
 */
export async function watch(source: DiagnoseSource, rounds: Rounds, io: Io): Promise<void> {
  const stopping = new AbortController();
  const restore = () => {
    if (rounds.isInPlace) io.out(SHOW_CURSOR);
  };
  void io.untilStopped().then(() => {
    stopping.abort();
  });
  stopping.signal.addEventListener('abort', restore, { once: true });
  try {
    do {
      const looked = await source.look(stopping.signal);
      if (stopping.signal.aborted) return;
      print(rounds.show(looked), rounds, io);
    } while (await pause(rounds.everyMs, stopping.signal));
  } catch (error) {
    if (stopping.signal.aborted) return;
    restore();
    throw error;
  }
}
