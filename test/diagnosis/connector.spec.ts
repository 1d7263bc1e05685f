import { describe, expect, it } from '@jest/globals';
import { wireConnector, type Connector } from '../../src/connector.ts';
import { openBroker } from '../support/broker-server.ts';
import { MESSAGES } from '../support/messages.ts';
import { BALANCE, ISSUED } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers } from '../support/scripts.ts';

/** Nothing listens here. */
const REFUSES = 'http://127.0.0.1:9';

const READ = { operation: 'account.balance', message: MESSAGES['account.balance'] } as const;

function connectAll(baseUrls: Readonly<Record<string, string>>): Connector {
  const brokers = Object.entries(baseUrls).map(([alias, baseUrl]) => ({ alias, baseUrl, retry: false as const }));
  const exco = wireConnector({ brokers }, {});
  atEnd(() => exco.close());
  return exco;
}

async function ask(exco: Connector, broker: string, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    await exco.settle(broker, READ.operation, READ.message, { requestId: `FAKE-${broker}-${call}` });
  }
}

describe('connector.diagnose', () => {
  it('says which broker is down, since when, what is hit and that the others are fine', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectAll({ samsung: REFUSES, kiwoom: server.baseUrl });
    await ask(exco, 'samsung', 12);
    await ask(exco, 'kiwoom', 12);
    const diagnosis = await exco.diagnose('samsung');
    expect(diagnosis).toMatchObject({
      verdict: 'broker-down',
      blame: 'broker',
      firstFailingPhase: 'connect',
      fault: 'connect-refused',
      affects: ['account.balance'],
      others: { known: 1, fine: 1, same: 0 },
      circuit: { state: 'open' },
      lastBad: { requestId: expect.stringMatching(/^FAKE-samsung-/) },
      probe: { steps: { tcp: { failed: { fault: 'connect-refused' } } } },
    });
    expect(diagnosis.probe?.steps).not.toHaveProperty('http');
    expect(diagnosis.since).toBe(exco.health('samsung').since);
    expect(diagnosis.handOff?.ko).toContain('FAKE-samsung-');
  });

  it('names the operation whose circuit is open', async () => {
    const server = await openBroker({}, answers({}));
    const exco = connectAll({ samsung: server.baseUrl });
    await ask(exco, 'samsung', 12);
    const { circuit } = await exco.diagnose('samsung', { probe: false });
    expect(circuit).toEqual({ state: 'open', retryAfterMs: expect.any(Number), operations: ['account.balance'] });
  });

  it('judges by the calls alone where it may not ask', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectAll({ samsung: server.baseUrl });
    await ask(exco, 'samsung', 12);
    const before = server.connections;
    const diagnosis = await exco.diagnose('samsung', { probe: false });
    expect(diagnosis).toMatchObject({ verdict: 'healthy' });
    expect(diagnosis).not.toHaveProperty('probe');
    expect(server.connections).toBe(before);
  });

  it('makes the read that it is given, and no write', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectAll({ samsung: server.baseUrl });
    expect(await exco.diagnose('samsung', { read: READ })).toMatchObject({
      verdict: 'healthy',
      probe: { steps: { read: { operation: 'account.balance' } } },
    });
    const write = { operation: 'virtualAccount.request', message: MESSAGES['virtualAccount.request'] };
    await expect(exco.diagnose('samsung', { read: write })).rejects.toThrow('expected a read');
    expect(server.requests.map(({ body }) => body).join()).not.toContain(JSON.stringify(ISSUED).slice(0, 20));
  });

  it('knows no broker that is not configured', async () => {
    await expect(connectAll({ samsung: REFUSES }).diagnose('nobody')).rejects.toThrow(
      'broker: expected the name of a broker that is configured',
    );
  });
});
