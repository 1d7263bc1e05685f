import type { Line } from './line.ts';
import { answerJson, type Behind } from './play.ts';
import { RequestReader, type BadRequest, type HttpRequest } from './requests.ts';

/** Answers to a request. */
export type Answering = (request: HttpRequest, line: Line, behind: Behind) => void;

/** Octets taken from a client that does not wait for its answers, before it is made to wait. */
const MOST_WAITING = 1024 * 1024;

const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');

const REFUSALS: Readonly<Record<BadRequest['refused'], string>> = {
  400: 'expected an HTTP/1.1 request',
  413: 'expected a body of at most 16 MiB',
  431: 'expected a head of at most 64 KiB',
};

/** Reads the requests of a connection, and has them answered one after the other. */
export class Conversation {
  readonly #line: Line;
  readonly #answer: Answering;
  readonly #reader: RequestReader;
  readonly #isForOne: boolean;
  #isBusy = false;
  #isReading = false;

  /** `isForOne` closes the connection behind the first answer. */
  constructor(line: Line, answer: Answering, isForOne = false) {
    this.#isForOne = isForOne;
    this.#line = line;
    this.#answer = answer;
    this.#reader = new RequestReader(() => {
      line.write(CONTINUE);
    });
    line.socket.on('data', (octets: Buffer) => {
      this.#onData(octets);
    });
  }

  #onData(octets: Buffer): void {
    if (this.#line.isSilent) return;
    this.#reader.push(octets);
    if (!this.#isBusy) this.#read();
    else if (this.#reader.waiting > MOST_WAITING) this.#line.socket.pause();
  }

  /** Has what came answered, up to the first answer that takes time. */
  #read(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      if ('refused' in next) this.#refuse(next);
      else this.#serve(next);
    }
    this.#isReading = false;
  }

  #next(): HttpRequest | BadRequest | undefined {
    return this.#isBusy || this.#line.isSilent ? undefined : this.#reader.next();
  }

  #serve(request: HttpRequest): void {
    const isKept = request.isKept && !this.#isForOne;
    this.#isBusy = true;
    this.#answer(request, this.#line, {
      isKept,
      done: () => {
        this.#isBusy = false;
        if (!isKept) {
          this.#line.end();
          return;
        }
        this.#line.socket.resume();
        this.#read();
      },
    });
  }

  #refuse({ refused }: BadRequest): void {
    const end = () => {
      this.#line.end();
    };
    answerJson(this.#line, refused, { error: REFUSALS[refused] }, { isKept: false, done: end });
  }
}
