import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { Resolver, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { replyTo, type NameAnswer } from './dns-message.ts';
import { atEnd } from './release.ts';

export interface NameServer {
  /** Asks this server, by way of Node's own resolver. */
  readonly lookup: LookupFunction;
  /** Until this many questions have come. */
  asked(count: number): Promise<void>;
}

/** A name server on loopback that says the same to every question; closed with the test. */
export async function openNameServer(answer: NameAnswer): Promise<NameServer> {
  const socket = createSocket('udp4');
  let questions = 0;
  const heard = new EventEmitter();
  socket.on('message', (question, { port, address }) => {
    questions += 1;
    heard.emit('question');
    if (answer !== 'silence') socket.send(replyTo(question, answer), port, address);
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
