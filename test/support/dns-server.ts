import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { Resolver, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { atEnd } from './release.ts';

/** What the name server says to every question; `silence` is nothing at all. */
export type NameAnswer = 'loopback' | 'no-such-name' | 'no-address' | 'server-failure' | 'refusal' | 'silence';

const RESPONSE_CODES: Readonly<Record<NameAnswer, number>> = {
  loopback: 0,
  'no-address': 0,
  'server-failure': 2,
  'no-such-name': 3,
  refusal: 5,
  silence: 0,
};

/** A record for 127.0.0.1 that points back at the question (RFC 1035 section 4.1). */
const LOOPBACK_RECORD = Buffer.from('c00c00010001000000000004' + '7f000001', 'hex');

function reply(question: Buffer, answer: NameAnswer): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180 | RESPONSE_CODES[answer], 2);
  head.writeUInt16BE(answer === 'loopback' ? 1 : 0, 6);
  head.writeUInt16BE(0, 10);
  const endOfName = question.indexOf(0, 12);
  const asked = question.subarray(12, endOfName + 5);
  return Buffer.concat([head, asked, ...(answer === 'loopback' ? [LOOPBACK_RECORD] : [])]);
}

export interface NameServer {
  /** Asks this server, by way of Node's own resolver. */
  readonly lookup: LookupFunction;
  /** Until this many questions have come. */
  asked(count: number): Promise<void>;
}

/** A name server on loopback; closed with the test. */
export async function openNameServer(answer: NameAnswer): Promise<NameServer> {
  const socket = createSocket('udp4');
  let questions = 0;
  const heard = new EventEmitter();
  socket.on('message', (question, { port, address }) => {
    questions += 1;
    heard.emit('question');
    if (answer !== 'silence') socket.send(reply(question, answer), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const resolver = new Resolver({ timeout: 10_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  atEnd(() => {
    resolver.cancel();
    socket.close();
  });
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolver.resolve4(hostname, (error, addresses) => {
      if (error !== null) callback(error, '', 0);
      else if (options.all === true)
        callback(
          null,
          addresses.map((address): LookupAddress => ({ address, family: 4 })),
        );
      else callback(null, addresses[0] ?? '', 4);
    });
  };
  const asked = async (count: number) => {
    while (questions < count) await once(heard, 'question');
  };
  return { lookup, asked };
}
