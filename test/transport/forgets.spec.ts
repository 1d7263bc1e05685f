import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import type { Connector } from '../../src/connector.ts';
import { openBroker } from '../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../support/certificates.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { BALANCE } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';

/** Runs a full collection; the engine has the function only in contexts made behind the flag. */
function collect(): void {
  setFlagsFromString('--expose_gc');
  runInNewContext('gc()');
}

/** By itself, so that no variable of the test holds the answer. */
async function answerOf(exco: Connector): Promise<WeakRef<object>> {
  const settled = await callOf(exco, 'read');
  if (!settled.ok) throw settled.error;
  return new WeakRef(settled.reply.data);
}

it.each([
  ['in the clear', {}, {}],
  ['under TLS', { tls: SERVER_IDENTITIES.good }, { tls: { ca: CA } }],
])('a kept socket %s keeps no answer of the calls that it has carried', async (_how, served, asked) => {
  const server = await openBroker(served, answers(BALANCE));
  const exco = connectTo(server.baseUrl, asked);
  const seen = [await answerOf(exco), await answerOf(exco), await answerOf(exco)];
  await turn();
  collect();
  expect(seen.map((each) => each.deref())).toEqual([undefined, undefined, undefined]);
  await callOf(exco, 'read');
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1, 1]);
});
