import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../runtime/clock.ts';
import type { Language } from './status-words.ts';

/** How often readers hear of the present state, in milliseconds. */
const EVERY_MS = 2_000;
/** Readers at once: the page is for people, and a person has one or two of it open. */
const MOST_READERS = 64;
/** Octets that wait for a reader who does not take them; then it is left. It comes back by itself. */
const MOST_WAITING = 1_024 * 1_024;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
};

/** Sends the board to everybody who has the page open. Nothing runs while nobody has. */
export class StatusStream {
  readonly #readers = new Map<ServerResponse, Language>();
  readonly #clock: Clock;
  readonly #boardIn: (lang: Language) => string;
  #timer: Timer | undefined;

  constructor(clock: Clock, boardIn: (lang: Language) => string) {
    this.#clock = clock;
    this.#boardIn = boardIn;
  }

  /** Whether one more reader may come. */
  get hasRoom(): boolean {
    return this.#readers.size < MOST_READERS;
  }

  add(reader: ServerResponse, lang: Language): void {
    this.#readers.set(reader, lang);
    reader.once('close', () => {
      this.#readers.delete(reader);
    });
    reader.writeHead(200, HEADERS);
    reader.write(`retry: ${String(EVERY_MS)}\n\n${this.#event(lang)}`);
    this.#timer ??= this.#next();
  }

  /** Ends every reader's stream: an open one would keep the door from closing. */
  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const reader of this.#readers.keys()) reader.end();
  }

  #event(lang: Language): string {
    return `event: board\ndata: ${JSON.stringify(this.#boardIn(lang))}\n\n`;
  }

  #next(): Timer {
    return this.#clock.after(EVERY_MS, () => {
      this.#tell();
      this.#timer = this.#readers.size === 0 ? undefined : this.#next();
    });
  }

  #tell(): void {
    const events = new Map([...new Set(this.#readers.values())].map((lang) => [lang, this.#event(lang)]));
    for (const [reader, lang] of this.#readers) {
      if (reader.writableLength > MOST_WAITING) reader.destroy();
      else reader.write(events.get(lang) ?? '');
    }
  }
}
