import { describe, expect, it } from '@jest/globals';
import { createConnector } from '../../src/connector.ts';
import { openBroker } from '../support/broker-server.ts';
import { BALANCE, MESSAGES } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers, resetsOnFirstOctets } from '../support/scripts.ts';

/** Twelve rounds of a balance at every broker; the brokers whose circuit opened. */
async function opened(urls: readonly string[]): Promise<string[]> {
  const brokers = urls.map((baseUrl, index) => ({ alias: `broker-${index}`, baseUrl, retry: false as const }));
  const exco = createConnector({ brokers });
  atEnd(() => exco.close());
  const open = new Set<string>();
  exco.on('state', ({ broker, to }) => {
    if (to === 'open') open.add(broker);
  });
  for (let round = 0; round < 12; round += 1) {
    await Promise.all(brokers.map(({ alias }) => exco.settle(alias, 'account.balance', MESSAGES['account.balance'])));
  }
  return [...open];
}

async function resetting(): Promise<string> {
  const { baseUrl } = await openBroker({ greet: resetsOnFirstOctets });
  return baseUrl;
}

async function well(): Promise<string> {
  const { baseUrl } = await openBroker({}, answers(BALANCE));
  return baseUrl;
}

describe('connections that are reset', () => {
  it('open the circuit of the one broker that does it', async () => {
    expect(await opened([await resetting(), await well(), await well()])).toEqual(['broker-0']);
  });

  it('open none where the same happens at all of them at once: it is not theirs', async () => {
    expect(await opened([await resetting(), await resetting(), await resetting()])).toEqual([]);
  });
});
