import type { IncomingMessage } from 'node:http';
import type { Answered, Oversized, ResponseHead } from '../model/wire.ts';

/** What the reading of a response comes to; each is told at most once, and `progress` with every piece. */
export interface AnswerEvents {
  progress(): void;
  oversized(outcome: Oversized): void;
  complete(outcome: Answered): void;
  cut(): void;
}

function headOf({ statusCode = 0, headers }: IncomingMessage): ResponseHead {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return { status: statusCode, headers: flat };
}

/** Reads a response to its end, keeping no more of it than the limit. */
export class AnswerReader {
  readonly head: ResponseHead;
  readonly #res: IncomingMessage;
  readonly #chunks: Buffer[] = [];
  #octets = 0;
  #isOver = false;

  constructor(res: IncomingMessage, maxBytes: number, receivedAtMs: number, events: AnswerEvents) {
    this.#res = res;
    this.head = headOf(res);
    const oversized = () => {
      this.#isOver = true;
      events.oversized({ kind: 'oversized', ...this.head, receivedAtMs });
    };
    const end = () => {
      if (this.#isOver) return;
      this.#isOver = true;
      if (!res.complete || !res.readableEnded) events.cut();
      else
        events.complete({
          kind: 'answered',
          ...this.head,
          body: Buffer.concat(this.#chunks, this.#octets),
          receivedAtMs,
        });
    };
    res.on('data', (chunk: Buffer) => {
      if (this.#isOver) return;
      this.#octets += chunk.length;
      if (this.#octets > maxBytes) {
        oversized();
        return;
      }
      this.#chunks.push(chunk);
      events.progress();
    });
    // Whichever comes first: an aborted response ends with an error, one whose socket died late only with a close.
    res.once('end', end).once('error', end).once('close', end);
    if (Number(this.head.headers['content-length']) > maxBytes) oversized();
  }

  /** Octets of the body so far. */
  get octets(): number {
    return this.#octets;
  }

  /** Whether the whole response has come over the wire, though not all of it may have been read. */
  get isComplete(): boolean {
    return this.#res.complete;
  }
}
