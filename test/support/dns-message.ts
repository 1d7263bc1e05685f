/** What a name server says to a question; `silence` is nothing at all. */
export type NameAnswer = 'loopback' | 'no-such-name' | 'no-address' | 'server-failure' | 'refusal' | 'silence';

const RESPONSE_CODES: Readonly<Record<NameAnswer, number>> = {
  loopback: 0,
  'no-address': 0,
  'server-failure': 2,
  'no-such-name': 3,
  refusal: 5,
  silence: 0,
};

/** Octets of the head of a message (RFC 1035 section 4.1.1). */
const HEAD_BYTES = 12;

/** Type of an IPv4 address (RFC 1035 section 3.2.2). */
const TYPE_A = 1;

/** A record for 127.0.0.1 that points back at the question (RFC 1035 section 4.1). */
const LOOPBACK_RECORD = Buffer.from('c00c00010001000000000004' + '7f000001', 'hex');

/** Name that is asked for, with dots, in lower case. */
export function nameAsked(question: Buffer): string {
  const labels: string[] = [];
  let at = HEAD_BYTES;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return labels.join('.').toLowerCase();
}

/** The message that answers `question`; an address is only told to who asks for one of IPv4. */
export function replyTo(question: Buffer, answer: NameAnswer): Buffer {
  const endOfName = question.indexOf(0, HEAD_BYTES);
  const isFound = answer === 'loopback' && question.readUInt16BE(endOfName + 1) === TYPE_A;
  const head = Buffer.from(question.subarray(0, HEAD_BYTES));
  head.writeUInt16BE(0x8180 | RESPONSE_CODES[answer], 2);
  head.writeUInt16BE(isFound ? 1 : 0, 6);
  head.writeUInt16BE(0, 10);
  const asked = question.subarray(HEAD_BYTES, endOfName + 5);
  return Buffer.concat([head, asked, ...(isFound ? [LOOPBACK_RECORD] : [])]);
}
