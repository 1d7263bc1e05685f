import { describe, expect, it, jest } from '@jest/globals';
import type { BrokerOptions } from '../../src/brokers/options.ts';
import { openBroker, type Script } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { ISSUED, MESSAGES, refusing } from '../support/messages.ts';
import { answers, writesAndEnds } from '../support/scripts.ts';
import { aliasesOf, balanceOf, changesOf, connectAll, inTurn, tallyOf } from './many-brokers.ts';
import { MovedClock } from './moved-clock.ts';

/** Time for a test of hundreds of calls, on a machine with other things to do, in milliseconds. */
jest.setTimeout(30_000);

/** Window of the breaker, of the defaults, in milliseconds. */
const WINDOW_MS = 60_000;
/** Calls in it here, far over what a breaker needs to conclude. */
const CALLS = 120;

const [ITEM] = ISSUED.virtualAccountResponseList?.virtualAccount ?? [];

/** The answer to a virtual account's request, its item changed. */
function issuing(change: object): object {
  return { ...ISSUED, virtualAccountResponseList: { virtualAccount: [{ ...ITEM, ...change }] } };
}

describe('business errors alone, for a window of calls', () => {
  it.each([
    { what: '4001 under 200', kind: 'read', script: answers(refusing('4001', 'x')), fault: 'broker-error' },
    { what: '4001 under 500', kind: 'read', script: answers(refusing('4001', 'x'), 500), fault: 'broker-error' },
    { what: '7000 under 503', kind: 'read', script: answers(refusing(7000, 'x'), 503), fault: 'broker-error' },
    { what: '4000 to a write', kind: 'write', script: answers(refusing('4000', 'x')), fault: 'broker-error' },
    { what: 'a failed item', kind: 'write', script: answers(issuing({ status: 'FAILED' })), fault: 'item-failed' },
  ] as const)('open no circuit: $what', async ({ kind, script, fault }) => {
    const server = await openBroker({}, script);
    const clock = new MovedClock();
    const exco = connectTo(server.baseUrl, { breaker: { minCalls: 1, failureShare: 0.01 } }, { clock });
    const changes = changesOf(exco);
    const settled = await inTurn(CALLS, () => {
      clock.forward(WINDOW_MS / CALLS);
      return callOf(exco, kind);
    });
    expect(tallyOf(settled)).toEqual({ [fault]: CALLS });
    expect(server.requests).toHaveLength(CALLS);
    expect(changes).toEqual([]);
  });

  it('close the circuit where the probe brings one: the broker is up', async () => {
    const server = await openBroker({}, writesAndEnds(), answers(refusing('4001', 'x'), 500));
    const clock = new MovedClock();
    const exco = connectTo(server.baseUrl, { breaker: { minCalls: 1 }, retry: false }, { clock });
    const changes = changesOf(exco);
    await callOf(exco, 'read');
    clock.forward(15_000);
    expect(tallyOf(await inTurn(5, () => callOf(exco, 'read')))).toEqual({ 'broker-error': 5 });
    expect(changes).toEqual(['samsung closed>open', 'samsung open>half-open', 'samsung half-open>closed']);
  });
});

describe('a wrong TRCODE', () => {
  const TAGGED = {
    trCodeAt: 'commonHeader.trCode',
    operations: { 'account.balance': { trCode: 'BL01' }, 'account.realAccounts': { trCode: 'RA01' } },
    breaker: { minCalls: 10 },
  } satisfies Partial<BrokerOptions>;

  /** Answers a balance with the TRCODE of another operation, and all others as they want it. */
  const mistaken: Script = (peer, request) => {
    const trCode = 'RA01';
    if (request.path.includes('/vtnumber')) answers(ISSUED)(peer, request);
    else answers({ ...refusing('200', 'OK'), commonHeader: { trCode } })(peer, request);
  };

  it("opens its operation's circuit and no other, at its broker and at no other", async () => {
    const server = await openBroker({}, mistaken);
    const [first = '', second = ''] = aliasesOf(2);
    const exco = connectAll([first, second], server.baseUrl, (alias) => (alias === first ? TAGGED : {}));
    const changes = changesOf(exco);
    expect(tallyOf(await inTurn(12, () => balanceOf(exco, first)))).toEqual({
      'trcode-mismatch': 10,
      'breaker-open': 2,
    });
    expect(changes).toEqual([`${first} account.balance closed>open`]);
    const other = () => exco.settle(first, 'account.realAccounts', MESSAGES['account.realAccounts']);
    expect(tallyOf(await inTurn(20, other))).toEqual({ ok: 20 });
    const write = () => exco.settle(first, 'virtualAccount.request', MESSAGES['virtualAccount.request']);
    expect(tallyOf(await inTurn(20, write))).toEqual({ ok: 20 });
    expect(tallyOf(await inTurn(20, () => balanceOf(exco, second)))).toEqual({ ok: 20 });
    expect(changes).toHaveLength(1);
  });

  it('in an item of a virtual account opens that operation alone, though all four share a path', async () => {
    const server = await openBroker({}, (peer, request) => {
      const trCode = request.body.includes('"DIS"') ? 'DIS' : 'REP';
      answers(issuing({ trCode }))(peer, request);
    });
    const exco = connectTo(server.baseUrl);
    const changes = changesOf(exco);
    const settle = (operation: 'virtualAccount.request' | 'virtualAccount.replace' | 'virtualAccount.discard') => () =>
      exco.settle('samsung', operation, MESSAGES[operation]);
    expect(tallyOf(await inTurn(12, settle('virtualAccount.request')))).toEqual({
      'trcode-mismatch': 10,
      'breaker-open': 2,
    });
    expect(tallyOf(await inTurn(12, settle('virtualAccount.replace')))).toEqual({ ok: 12 });
    expect(tallyOf(await inTurn(12, settle('virtualAccount.discard')))).toEqual({ ok: 12 });
    expect(changes).toEqual(['samsung virtualAccount.request closed>open']);
  });

  it('is no failure of a broker whose whole circuit probes: it answered', async () => {
    let isDead = true;
    const server = await openBroker({}, (peer, request) => {
      if (isDead) peer.reset();
      else mistaken(peer, request);
    });
    const clock = new MovedClock();
    const exco = connectTo(server.baseUrl, { ...TAGGED, breaker: { minCalls: 1 }, retry: false }, { clock });
    const changes = changesOf(exco);
    await callOf(exco, 'read');
    isDead = false;
    clock.forward(15_000);
    expect(tallyOf(await inTurn(2, () => callOf(exco, 'read')))).toEqual({ 'trcode-mismatch': 1, 'breaker-open': 1 });
    expect(changes).toEqual([
      'samsung closed>open',
      'samsung open>half-open',
      'samsung half-open>closed',
      'samsung account.balance closed>open',
    ]);
  });

  it("leaves an operation's probe open to the next read where the whole broker failed it", async () => {
    let doing: 'mistaken' | 'dead' | 'well' = 'mistaken';
    const server = await openBroker({}, (peer, request) => {
      if (doing === 'dead') peer.reset();
      else if (doing === 'mistaken') mistaken(peer, request);
      else answers({ ...refusing('200', 'OK'), commonHeader: { trCode: 'BL01' } })(peer, request);
    });
    const clock = new MovedClock();
    const exco = connectTo(server.baseUrl, { ...TAGGED, breaker: { minCalls: 2 }, retry: false }, { clock });
    const changes = changesOf(exco);
    await inTurn(2, () => callOf(exco, 'read'));
    doing = 'dead';
    clock.forward(15_000);
    await callOf(exco, 'read');
    doing = 'well';
    expect(tallyOf(await inTurn(2, () => callOf(exco, 'read')))).toEqual({ ok: 2 });
    expect(changes.map((change) => change.replace('samsung account.balance ', ''))).toEqual([
      'closed>open',
      'open>half-open',
      'half-open>open',
      'open>half-open',
      'half-open>closed',
    ]);
  });
});
