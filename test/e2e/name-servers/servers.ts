import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import { nameAsked, replyTo } from '../../support/dns-message.ts';
import { BALANCE } from '../../support/messages.ts';
import { BROKER_PORT, NAME_SERVERS, ZONES, isZone } from './town.ts';

/** The servers of the town: its name servers, and one HTTP server that is every broker. Ends with the process that started it. */
const DNS_PORT = 53;

const serving = createSocket('udp4');
serving.on('message', (question, { port, address }) => {
  const zone = nameAsked(question).split('.').at(-2) ?? '';
  const answer = isZone(zone) ? ZONES[zone] : 'refusal';
  if (answer !== 'silence') serving.send(replyTo(question, answer), port, address);
});
serving.bind(DNS_PORT, NAME_SERVERS.serving);
const silent = createSocket('udp4').bind(DNS_PORT, NAME_SERVERS.silent);

const body = JSON.stringify(BALANCE);
// Every call has to dial, and so to look its name up.
const headers = { 'content-type': 'application/json; charset=utf-8', connection: 'close' };
const broker = http.createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(200, headers).end(body));
});
broker.listen(BROKER_PORT, '127.0.0.1');

await Promise.all([serving, silent, broker].map((server) => once(server, 'listening')));
process.stdin.resume().once('end', () => process.exit());
process.stdout.write(`${JSON.stringify({ isReady: true })}\n`);
