import { describe, expect, it } from '@jest/globals';
import { defineOperation } from '../../src/model/operation.ts';
import { OPERATIONS, type OperationName } from '../../src/model/operations.ts';
import type { Settled } from '../../src/model/reply.ts';
import { readStep } from '../../src/probe/read.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { BALANCE, MESSAGES, refusing } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';
import { probed } from './given.ts';

const WRITES = Object.values(OPERATIONS).filter(({ kind }) => kind === 'write');

const NAME: OperationName = 'account.balance';

function never(): Promise<Settled> {
  throw new Error('A call was made.');
}

/** The read step of a broker that answers with `script`, and the requests it got beside the GET. */
async function reading(script: Script, before = 0) {
  const server = await openBroker({}, (peer, request) => {
    (request.head.startsWith('GET ') ? answers('', 404) : script)(peer, request);
  });
  const exco = connectTo(server.baseUrl, { retry: false, breaker: { minCalls: 1 } });
  const call = (deadlineMs: number) => exco.settle('samsung', NAME, MESSAGES[NAME], { deadlineMs });
  for (let made = 0; made < before; made += 1) await call(1_000);
  const posts = () => server.requests.filter(({ head }) => head.startsWith('POST ')).length;
  const earlier = posts();
  const read = readStep({ operation: OPERATIONS[NAME], clock: systemClock, call });
  const { steps } = await probed(server.baseUrl, {}, { read });
  return { step: steps.read, posts: posts() - earlier };
}

describe('the read of a probe', () => {
  it.each([...WRITES, defineOperation({ name: 'FAKE.order', path: '/FAKE', kind: 'write' })])(
    'is never a write: $name',
    (operation) => {
      expect(() => readStep({ operation, clock: systemClock, call: never })).toThrow(
        new TypeError(`read: expected a read, and ${operation.name} is a write`),
      );
    },
  );

  it('is one call of the connector, and passes with its answer', async () => {
    const { step, posts } = await reading(answers(BALANCE));
    expect(step).toEqual({ ms: step?.ms, operation: NAME, requestId: step?.requestId });
    expect(step?.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(posts).toBe(1);
  });

  it("passes with a business error of the broker's", async () => {
    const { step } = await reading(answers(refusing('4002', 'FAKE')));
    expect(step?.operation).toBe(NAME);
    expect(step?.failed).toBeUndefined();
  });

  it('fails as a call does', async () => {
    const { step } = await reading(answers('', 500));
    expect(step?.failed).toEqual({ fault: 'http-server-error', phase: 'message' });
  });

  it('did not run where the circuit is open', async () => {
    expect(await reading(answers('', 500), 1)).toEqual({ step: undefined, posts: 0 });
  });

  it('is not made where the server cannot be reached', async () => {
    const read = readStep({ operation: OPERATIONS[NAME], clock: systemClock, call: never });
    expect(Object.keys((await probed('http://127.0.0.1:1', {}, { read })).steps)).toEqual(['tcp']);
  });
});
