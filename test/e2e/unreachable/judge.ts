import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConnector } from '../../../src/index.ts';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import { BALANCE, MESSAGES } from '../../support/messages.ts';
import type { Judgement, Scene, Told } from './scene.ts';

/** A linkage server: calls one broker that cannot be reached, and three others, and says whose fault it is. */
const OTHERS = ['kb', 'kiwoom', 'nhinvest'];
/** More than the system takes to give a neighbour up, less than a test has. */
const CONNECT_MS = 1_500;

const { baseUrl, isShared, calls } = JSON.parse(process.argv[2] ?? '{}') as Scene;

const body = JSON.stringify(BALANCE);
const server = http.createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const serving = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const settings = { timeouts: { connectMs: CONNECT_MS }, retry: false as const };
const exco = createConnector({
  brokers: [
    { alias: 'samsung', baseUrl, ...settings },
    ...OTHERS.map((alias) => ({ alias, baseUrl: isShared ? baseUrl : serving, ...settings })),
  ],
});

async function call(broker: string): Promise<void> {
  await exco.settle(broker, 'account.balance', MESSAGES['account.balance']);
}

function judgementOf({ verdict, blame, firstFailingPhase: phase, fault }: Diagnosis): Judgement {
  return { verdict, blame, phase, fault };
}

const everybody = ['samsung', ...OTHERS];
await Promise.all(everybody.flatMap((broker) => Array.from({ length: calls }, () => call(broker))));
const alone = await exco.diagnose('samsung', { probe: false });
const startMs = performance.now();
const active = await exco.diagnose('samsung');
const tookMs = Math.round(performance.now() - startMs);
const code = active.probe?.steps.tcp?.failed?.code;
const told: Told = {
  active: judgementOf(active),
  alone: judgementOf(alone),
  ...(code !== undefined && { code }),
  tookMs,
};
process.stdout.write(`${JSON.stringify(told)}\n`);
await exco.close();
server.close();
