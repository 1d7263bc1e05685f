import { describe, expect, it } from '@jest/globals';
import type { CallSignal } from '../../src/index.ts';
import { openBroker } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { MESSAGES } from '../support/messages.ts';
import { stalls } from '../support/scripts.ts';

/** A signal that is none of Node's, as libraries brought their own before Node had one. */
class OtherSignal implements CallSignal {
  aborted = false;
  reason?: unknown;
  readonly listeners = new Set<() => void>();

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  abort(): void {
    this.aborted = true;
    for (const listener of this.listeners) listener();
  }
}

async function givenUp(signal: OtherSignal, whileUnderWay: boolean): Promise<unknown> {
  const server = await openBroker({}, stalls);
  const exco = connectTo(server.baseUrl);
  if (!whileUnderWay) signal.abort();
  const call = exco.call('samsung', 'account.balance', MESSAGES['account.balance'], { signal });
  if (whileUnderWay) signal.abort();
  return call.catch((reason: unknown) => reason);
}

describe.each([
  ['under way', true],
  ['not begun', false],
])('a call %s', (_state, whileUnderWay) => {
  it('is given up by a signal of another make, for its reason', async () => {
    const signal = new OtherSignal();
    signal.reason = { why: 'the user closed the page' };
    expect(await givenUp(signal, whileUnderWay)).toBe(signal.reason);
    expect(signal.listeners.size).toBe(0);
  });

  it('is given up as by fetch where the signal has no reason', async () => {
    expect(await givenUp(new OtherSignal(), whileUnderWay)).toMatchObject({ name: 'AbortError' });
  });
});
