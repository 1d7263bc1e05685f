import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { wireConnector, type Connector } from '../../src/connector.ts';
import { callEndOf } from '../../src/health/call-end.ts';
import { HealthWindow } from '../../src/health/window.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { openBroker } from '../support/broker-server.ts';
import { CA, SERVER_IDENTITIES } from '../support/certificates.ts';
import { connectTo } from '../support/connect.ts';
import { BALANCE, FAKE, MESSAGES, refusing } from '../support/messages.ts';
import { atEnd } from '../support/release.ts';
import { answers, resetsOnFirstOctets, stalls } from '../support/scripts.ts';

const REFUSES = 'http://127.0.0.1:9';

const ANNOUNCED = { windows: [{ start: '2026-01-01T00:00:00Z', end: '2099-01-01T00:00:00Z' }] };

async function ask(exco: Connector, calls: number, broker = 'samsung'): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    await exco.settle(broker, 'account.balance', MESSAGES['account.balance'], { requestId: `FAKE-${call}` });
  }
}

function connectAll(brokers: readonly BrokerOptions[]): Connector {
  const exco = wireConnector({ brokers: brokers.map((broker) => ({ retry: false, ...broker })) }, {});
  atEnd(() => exco.close());
  return exco;
}

describe('health of a broker', () => {
  it('that was never called is unknown, with nothing counted', () => {
    expect(connectTo(REFUSES).health('samsung')).toEqual({
      broker: 'samsung',
      state: 'unknown',
      missingCalls: 10,
      calls: 0,
      businessErrors: { calls: 0 },
      refused: 0,
      reads: { calls: 0, failed: 0 },
      writes: { calls: 0, failed: 0 },
      faults: [],
      operations: {},
      otherOperations: 0,
      recentFailures: [],
      breaker: { state: 'closed' },
    });
  });

  it('that answers is up, business errors apart', async () => {
    const server = await openBroker(
      {},
      ...Array.from({ length: 9 }, () => answers(BALANCE)),
      answers(refusing('4001', 'x')),
    );
    const exco = connectTo(server.baseUrl);
    await ask(exco, 10);
    expect(exco.health('samsung')).toMatchObject({
      state: 'up',
      calls: 10,
      shares: { success: 1, broker: 0, path: 0, platform: 0 },
      businessErrors: { calls: 1, share: 0.1 },
      lastGood: { requestId: 'FAKE-9' },
      operations: { 'account.balance': { state: 'up', calls: 10, breaker: { state: 'closed' } } },
    });
  });

  it('that refuses is down, its circuit open, and callers that were refused are counted apart', async () => {
    const exco = connectTo(REFUSES, { retry: false });
    await ask(exco, 12);
    const health = exco.health('samsung');
    expect(health).toMatchObject({
      state: 'down',
      blame: 'broker',
      calls: 10,
      shares: { success: 0, broker: 1 },
      refused: 2,
      breaker: { state: 'open' },
      lastBad: { requestId: 'FAKE-9', fault: 'connect-refused', phase: 'connect' },
      faults: [
        { fault: 'connect-refused', calls: 10, phase: 'connect' },
        { fault: 'breaker-open', calls: 2, phase: 'local' },
      ],
    });
    expect(health.breaker.retryAfterMs).toBeGreaterThan(10_000);
    expect(health).not.toHaveProperty('latencyMs');
  });

  it('that has announced maintenance is in it before any call, with its end', () => {
    expect(connectTo(REFUSES, { maintenance: ANNOUNCED }).health('samsung')).toMatchObject({
      state: 'maintenance',
      blame: 'broker',
      maintenanceUntil: '2099-01-01T00:00:00.000Z',
      calls: 0,
    });
  });

  it('without a breaker says that it is off', () => {
    expect(connectTo(REFUSES, { breaker: false }).health('samsung').breaker).toEqual({ state: 'off' });
  });

  it('has the end of the certificate that the broker has shown', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, answers(BALANCE));
    const exco = connectTo(server.baseUrl, { tls: { ca: CA } });
    await ask(exco, 1);
    const { certificate } = exco.health('samsung');
    expect(Date.parse(certificate?.validTo ?? '')).toBe(
      Date.parse(new X509Certificate(SERVER_IDENTITIES.good.cert).validTo),
    );
  });

  it('has none from a certificate that is not trusted', async () => {
    const server = await openBroker({ tls: SERVER_IDENTITIES.good }, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    await ask(exco, 1);
    expect(exco.health('samsung')).not.toHaveProperty('certificate');
  });

  it('is asked by any of its names', () => {
    expect(connectTo(REFUSES).health('SAMSUNG').broker).toBe('samsung');
  });

  it.each([['nobody'], [7]])('of %s is refused', (name) => {
    expect(() => connectTo(REFUSES).health(String(name))).toThrow(TypeError);
  });

  it('counts no call that was given up', async () => {
    const server = await openBroker({}, stalls);
    const exco = connectTo(server.baseUrl);
    const caller = new AbortController();
    const { signal } = caller;
    const call = exco.settle('samsung', 'account.balance', MESSAGES['account.balance'], { signal });
    await server.received(1);
    caller.abort();
    await expect(call).rejects.toThrow('aborted');
    expect(exco.health('samsung')).toMatchObject({ calls: 0, refused: 0, recentFailures: [] });
  });

  it('holds nothing personal, and is plain data', async () => {
    const server = await openBroker(
      {},
      answers(BALANCE),
      answers(refusing('4001', `${FAKE.vtAccNo} ${FAKE.ci}`)),
      answers('', 500),
    );
    const exco = connectTo(server.baseUrl, { retry: false });
    await ask(exco, 3);
    const health = exco.health();
    const text = JSON.stringify(health);
    expect(JSON.parse(text)).toEqual(health);
    expect(Object.values(FAKE).filter((value) => text.includes(value))).toEqual([]);
  });

  it('is judged alike from the records of its calls', async () => {
    const server = await openBroker({}, answers(BALANCE), answers('', 500), answers(refusing('4001', 'x')));
    const clock = { ...systemClock, wallMs: () => Date.UTC(2026, 10, 25) };
    const exco = connectTo(server.baseUrl, { retry: false }, { clock });
    const window = new HealthWindow();
    exco.on('call', (record) => {
      window.record(callEndOf(record));
    });
    await ask(exco, 3);
    await exco.settle('samsung', 'account.interest', {});
    await exco.settle('nobody', 'account.balance', {});
    const { breaker, operations, ...live } = exco.health('samsung');
    const { operations: readBack, ...whole } = window.broker('samsung', clock.wallMs());
    expect(breaker).toEqual({ state: 'closed' });
    expect(whole).toEqual(live);
    expect(operations).toEqual({
      'account.balance': { ...readBack['account.balance'], breaker: { state: 'closed' } },
    });
  });
});

describe('health of all brokers', () => {
  it('has each by its alias, in the order of the configuration, and no suspicion', async () => {
    const well = await openBroker({}, answers(BALANCE));
    const exco = connectAll([
      { alias: 'kiwoom', baseUrl: REFUSES },
      { alias: 'samsung', baseUrl: well.baseUrl },
    ]);
    await ask(exco, 5, 'kiwoom');
    await ask(exco, 1, 'samsung');
    const health = exco.health();
    expect(Object.entries(health.brokers).map(([alias, { state }]) => [alias, state])).toEqual([
      ['kiwoom', 'down'],
      ['samsung', 'unknown'],
    ]);
    expect(health).not.toHaveProperty('suspicion');
    expect(health.at).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });

  it('suspects us where several show the same fault on the way at once; their circuits stay closed', async () => {
    const aliases = ['samsung', 'kiwoom', 'kb'];
    const servers = await Promise.all(aliases.map(() => openBroker({ greet: resetsOnFirstOctets })));
    const exco = connectAll(servers.map(({ baseUrl }, index) => ({ alias: aliases[index] ?? '', baseUrl })));
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(aliases.map((alias) => ask(exco, 1, alias)));
    }
    const { suspicion, brokers } = exco.health();
    expect(suspicion).toMatchObject({ fault: 'reset-before-response', brokers: aliases, called: 3 });
    for (const { state, blame, breaker } of Object.values(brokers)) {
      expect({ state, blame, breaker }).toEqual({ state: 'down', blame: 'platform', breaker: { state: 'closed' } });
    }
  });
});
