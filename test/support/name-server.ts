import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
/** A record: A, of class IN, that points back at the question, lives 0 s and holds 4 octets (RFC 1035 section 4.1). */
const RECORD = Buffer.from('c00c00010001000000000004', 'hex');
const TYPE_A = 1;

/** What a name server does with questions for a name: answers with this IPv4 address, or not at all. */
export type NameEntry = string | 'silence';

interface Question {
  readonly name: string;
  readonly type: number;
  /** Where it ends, in octets. */
  readonly end: number;
}

function parse(message: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

/** The answer to a question; a name that is not in the table has no address of any kind, and does not exist. */
function reply(message: Buffer, { type, end }: Question, address: string | undefined): Buffer {
  const records = address !== undefined && type === TYPE_A ? [RECORD, Buffer.from(address.split('.').map(Number))] : [];
  const head = Buffer.from(message.subarray(0, 12));
  head.writeUInt16BE(0x8180 | (address === undefined ? NO_SUCH_NAME : NO_ERROR), 2);
  head.writeUInt16BE(records.length === 0 ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, message.subarray(12, end), ...records]);
}

/** A name server on loopback that answers from a table, and keeps count of what it was asked. */
export class NameServer {
  /** By name in lower case; may change at any time. */
  readonly entries: Map<string, NameEntry>;
  readonly #socket = createSocket('udp4');
  readonly #questions = new Map<string, number>();
  readonly #waiting = new Set<() => void>();

  constructor(entries: Readonly<Record<string, NameEntry>> = {}) {
    this.entries = new Map(Object.entries(entries));
    this.#socket.on('message', (message, from) => {
      this.#take(message, from);
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** As `dns.Resolver.setServers` wants it. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async listen(port = 0): Promise<void> {
    this.#socket.bind(port, '127.0.0.1');
    await once(this.#socket, 'listening');
  }

  close(): void {
    this.#socket.close();
  }

  /** Questions for `name` so far, those for other kinds of address and those that got no answer included. */
  questions(name: string): number {
    return this.#questions.get(name) ?? 0;
  }

  /** Until so many questions for `name` have come. */
  asked(name: string, count = 1): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.questions(name) < count) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #take(message: Buffer, { port, address }: RemoteInfo): void {
    const question = parse(message);
    const { name } = question;
    this.#questions.set(name, this.questions(name) + 1);
    const entry = this.entries.get(name);
    if (entry !== 'silence') this.#socket.send(reply(message, question, entry), port, address);
    for (const look of [...this.#waiting]) look();
  }
}
