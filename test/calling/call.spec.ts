import { describe, expect, it } from '@jest/globals';
import { defineOperation, isExcoError, type ExcoError } from '../../src/index.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { StateRecord } from '../../src/model/record.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { openBroker, type Peer } from '../support/broker-server.ts';
import { connectTo } from '../support/connect.ts';
import { callOf } from '../support/fault-case.ts';
import { closedPort } from '../support/full-backlog.ts';
import { BALANCE, FAKE, ISSUED, MESSAGES, refusing } from '../support/messages.ts';
import { answers, responseOf, stalls, writesAndEnds } from '../support/scripts.ts';

const [ITEM] = ISSUED.virtualAccountResponseList?.virtualAccount ?? [];

function acks(...virtualAccount: readonly JsonObject[]): JsonObject {
  return { ...ISSUED, virtualAccountResponseList: { virtualAccount } };
}

describe('call', () => {
  it("resolves to the broker's message and what is known of it", async () => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl);
    const { data, meta } = await exco.call('samsung', 'account.balance', MESSAGES['account.balance'], {
      requestId: 'FAKE-1',
    });
    expect(data).toEqual(BALANCE);
    const { elapsedMs, ...rest } = meta;
    expect(rest).toEqual({
      broker: 'samsung',
      operation: 'account.balance',
      requestId: 'FAKE-1',
      httpStatus: 200,
      respMsg: 'OK',
      attempts: 1,
      warnings: [],
      itemFailures: [],
    });
    expect(elapsedMs).toBeGreaterThan(0);
  });

  it('rejects with the standard error', async () => {
    const server = await openBroker({}, answers(refusing('4001', 'x')));
    const exco = connectTo(server.baseUrl);
    const failure: unknown = await exco
      .call('samsung', 'account.balance', MESSAGES['account.balance'])
      .catch((error: unknown) => error);
    expect(isExcoError(failure)).toBe(true);
    expect(JSON.parse(JSON.stringify(failure))).toEqual({
      category: 'samsung',
      code: 4001,
      message: 'Account Not Found',
    });
  });

  it.each([
    { name: 'account.portfolio', path: '/account/portfolio/search' },
    { name: 'account.balance', path: '/account/balance/search' },
    { name: 'account.transaction', path: '/account/transaction/search' },
    { name: 'account.interest', path: '/account/interest/search' },
    { name: 'b2b.orderDetail', path: '/b2baccount/orderdetail/search' },
    { name: 'b2b.balanceList', path: '/b2baccount/balancelist/search' },
    { name: 'b2b.settleList', path: '/b2baccount/settlelist/search' },
    { name: 'b2b.accountList', path: '/b2baccount/accountlist/search' },
    { name: 'b2b.tradeBook', path: '/b2baccount/tradebook/search' },
    { name: 'account.realAccounts', path: '/account/number' },
    { name: 'virtualAccount.request', path: '/account/vtnumber', trCode: 'REQ' },
    { name: 'virtualAccount.enrol', path: '/account/vtnumber', trCode: 'ISS' },
    { name: 'virtualAccount.replace', path: '/account/vtnumber', trCode: 'REP' },
    { name: 'virtualAccount.discard', path: '/account/vtnumber', trCode: 'DIS' },
  ] as const)('posts $name to $path', async ({ name, path, ...item }) => {
    const answer = 'trCode' in item ? acks({ ...item, status: 'SUCCESS' }) : refusing('200', 'OK');
    const server = await openBroker({}, answers(answer));
    expect(await connectTo(server.baseUrl).settle('samsung', name, MESSAGES[name])).toMatchObject({ ok: true });
    expect(server.requests.map((each) => each.path)).toEqual([path]);
    expect(server.requests[0]?.head).toMatch(/^POST /);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(MESSAGES[name]);
  });

  it.each(['samsung', 'SAMSUNG', 'Samsung', '00030', 'sec-one', 'SEC-ONE'])('finds the broker as %s', async (name) => {
    const server = await openBroker({}, answers(BALANCE));
    const exco = connectTo(server.baseUrl, { synonyms: ['sec-one'] });
    expect(await exco.settle(name, 'account.balance', MESSAGES['account.balance'])).toMatchObject({
      ok: true,
      reply: { meta: { broker: 'samsung' } },
    });
  });

  it('asks for an operation of one own, at the path of the configuration', async () => {
    const server = await openBroker({}, answers(refusing(200, 'OK')));
    const pension = defineOperation({
      name: 'account.pension',
      path: '/account/pension/search',
      kind: 'read',
      required: ['a.b'],
    });
    const exco = connectTo(server.baseUrl, { operations: { 'account.pension': { path: '/v2/pension' } } });
    expect(await exco.settle('samsung', pension, { a: { b: 1 } })).toMatchObject({ ok: true });
    expect(await exco.settle('samsung', pension, {})).toMatchObject({
      ok: false,
      error: { code: 3003, description: 'a.b' },
    });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v2/pension']);
  });

  it('sends the TRCODE and takes the one of the answer', async () => {
    const server = await openBroker({}, answers({ ...BALANCE, trailer: { trCode: 'PF02' } }));
    const exco = connectTo(server.baseUrl, {
      trCodeAt: { request: 'header:TRCODE', response: 'trailer.trCode' },
      operations: { 'account.balance': { trCode: { request: 'PF01', response: 'PF02' } } },
    });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
    expect(server.requests[0]?.headers['trcode']).toBe('PF01');
  });

  it.each([
    { what: 'a redirect', status: 302 },
    { what: 'an unusual success', status: 207 },
  ])('takes an envelope that says 200 under the status of $what', async ({ status }) => {
    const server = await openBroker({}, answers(BALANCE, status, { Location: 'http://127.0.0.1:1/' }));
    expect(await callOf(connectTo(server.baseUrl), 'read')).toMatchObject({
      ok: true,
      reply: { meta: { httpStatus: status } },
    });
  });

  it('takes text in CP949 and says so', async () => {
    const korean = Buffer.from('c1a4bbf3', 'hex');
    const text = Buffer.concat([Buffer.from('{"resp":{"respCode":"200","respMsg":"'), korean, Buffer.from('"}}')]);
    const server = await openBroker({}, answers(text, 200, { 'Content-Type': 'application/json' }));
    expect(await callOf(connectTo(server.baseUrl), 'read')).toMatchObject({
      ok: true,
      reply: { meta: { respMsg: '정상', warnings: ['body is not UTF-8, read as CP949'] } },
    });
  });

  it('keeps every digit of a long number, and no key that would change a prototype', async () => {
    const text = '{"resp":{"respCode":200},"qty":12345678901234567890,"__proto__":{"isAdmin":true},"small":1.5}';
    const server = await openBroker({}, answers(text));
    const { data } = await connectTo(server.baseUrl).call('samsung', 'account.balance', MESSAGES['account.balance']);
    expect(data).toEqual({ resp: { respCode: 200 }, qty: '12345678901234567890', small: 1.5 });
    expect('isAdmin' in data).toBe(false);
  });

  it('succeeds where some items did, and names the others', async () => {
    const two = {
      virtualAccountList: {
        virtualAccount: [1, 2].map(() => ({ trCode: 'REQ', realAccNo: FAKE.realAccNo, vtAccAlias: '' })),
      },
    };
    const failed = {
      ...ITEM,
      vtAccNo: '999900000000000002',
      status: 'FAILED',
      message: 'Failure To Issue an vtAccNo, [한도 초과]',
    };
    const server = await openBroker({}, answers(acks({ ...ITEM }, failed)));
    const settled = await callOf(connectTo(server.baseUrl), 'write', {}, two);
    expect(settled).toMatchObject({
      ok: true,
      reply: {
        meta: {
          itemFailures: [{ index: 1, code: 5006, message: 'Failure To Issue an vtAccNo', description: '한도 초과' }],
        },
      },
    });
  });

  it('points a fault at the code that the configuration names', async () => {
    const exco = connectTo(await closedPort(), { faultCodes: { 'connect-refused': 3004 }, retry: false });
    expect(await callOf(exco, 'read')).toMatchObject({
      ok: false,
      error: { code: 3004, message: 'network error', httpStatus: 500, fault: 'connect-refused' },
    });
  });
});

describe('a repeat', () => {
  it('brings the answer after a fault, and is counted', async () => {
    const server = await openBroker({}, writesAndEnds(), answers(BALANCE));
    expect(await callOf(connectTo(server.baseUrl), 'read')).toMatchObject({
      ok: true,
      reply: { meta: { attempts: 2 } },
    });
  });

  it('is the same request, under the same id', async () => {
    const server = await openBroker({}, writesAndEnds(), answers(BALANCE));
    await callOf(connectTo(server.baseUrl), 'read');
    const [first, second] = server.requests;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['x-request-id']).toBe(first?.headers['x-request-id']);
  });

  it('waits as long as Retry-After says', async () => {
    const server = await openBroker({}, answers('', 429, { 'Retry-After': '1' }), answers(ISSUED));
    const settled = await callOf(connectTo(server.baseUrl), 'write');
    expect(settled).toMatchObject({ ok: true, reply: { meta: { attempts: 2 } } });
    expect(settled.ok && settled.reply.meta.elapsedMs).toBeGreaterThanOrEqual(1_000);
  });

  it('comes as often as the settings allow', async () => {
    const last = writesAndEnds(responseOf(JSON.stringify(BALANCE), 200, { Connection: 'close' }));
    const broken = writesAndEnds();
    const server = await openBroker({}, last, last, broken, broken, broken, last);
    const exco = connectTo(server.baseUrl, { retry: { repeats: 3, baseMs: 0, budget: 1 } });
    // The budget is one repeat for a call, so three calls pay for three of them.
    await callOf(exco, 'read');
    await callOf(exco, 'read');
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true, reply: { meta: { attempts: 4 } } });
  });

  it('does not come where the settings say so', async () => {
    const server = await openBroker({}, writesAndEnds());
    await callOf(connectTo(server.baseUrl, { retry: false }), 'read');
    await callOf(connectTo(server.baseUrl, { retry: { repeats: 0 } }), 'read');
    expect(server.requests).toHaveLength(2);
  });

  it('keeps to the budget: one in ten seconds where calls are few', async () => {
    const server = await openBroker({}, writesAndEnds());
    const exco = connectTo(server.baseUrl, { breaker: false });
    for (let each = 0; each < 4; each += 1) await callOf(exco, 'read');
    expect(server.requests).toHaveLength(5);
  });

  it('keeps to the budget: a fifth of the calls where they are many', async () => {
    const server = await openBroker({}, writesAndEnds());
    const exco = connectTo(server.baseUrl, { breaker: false });
    for (let each = 0; each < 50; each += 1) await callOf(exco, 'read');
    expect(server.requests).toHaveLength(60);
  });
});

describe('the gate', () => {
  it('lets waiting calls in first come, first served', async () => {
    const peers: Peer[] = [];
    const server = await openBroker({}, (peer) => peers.push(peer));
    const exco = connectTo(server.baseUrl, { concurrency: { inFlight: 1, queue: 2 } });
    const done: number[] = [];
    const calls = [1, 2, 3].map((number) => callOf(exco, 'read').then(() => done.push(number)));
    for (const count of [1, 2, 3]) {
      await server.received(count);
      expect(server.requests).toHaveLength(count);
      peers.at(-1)?.write(responseOf(JSON.stringify(BALANCE)));
      await calls[count - 1];
    }
    expect(done).toEqual([1, 2, 3]);
  });

  it('opens, refuses, probes with one read, and closes again, and tells of it', async () => {
    const server = await openBroker({}, writesAndEnds(), writesAndEnds(), stalls, answers(BALANCE));
    let aheadMs = 0;
    const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
    const limits = { timeouts: { headMs: 400 }, breaker: { minCalls: 2, openMs: 15_000 }, retry: false } as const;
    const exco = connectTo(server.baseUrl, limits, { clock });
    const states: Partial<StateRecord>[] = [];
    exco.on('state', ({ from, to, operation }) =>
      states.push({ from, to, ...(operation !== undefined && { operation }) }),
    );
    await callOf(exco, 'read');
    await callOf(exco, 'read');
    const refused = await callOf(exco, 'read');
    expect(refused).toMatchObject({ ok: false, error: { fault: 'breaker-open', code: 3600 } });
    expect(refused.ok ? 0 : refused.error.retryAfterMs).toBeGreaterThan(14_000);
    expect(server.requests).toHaveLength(2);

    aheadMs = 15_001;
    expect(await callOf(exco, 'write')).toMatchObject({ ok: false, error: { fault: 'breaker-open' } });
    const probe = callOf(exco, 'read');
    await server.received(3);
    expect(await callOf(exco, 'read')).toMatchObject({ ok: false, error: { fault: 'breaker-open' } });
    expect(await probe).toMatchObject({ ok: false, error: { fault: 'response-timeout' } });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: false, error: { fault: 'breaker-open' } });

    aheadMs += 30_001;
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
    expect(await callOf(exco, 'read')).toMatchObject({ ok: true });
    expect(states).toEqual([
      { from: 'closed', to: 'open' },
      { from: 'open', to: 'half-open' },
      { from: 'half-open', to: 'open' },
      { from: 'open', to: 'half-open' },
      { from: 'half-open', to: 'closed' },
    ]);
  });

  it('opens for one operation alone where only that one is broken', async () => {
    const server = await openBroker({}, (peer, request) => {
      answers(request.path.includes('balance') ? 'no JSON' : refusing('200', 'OK'))(peer, request);
    });
    const exco = connectTo(server.baseUrl, { breaker: { minCalls: 2 }, retry: false });
    await callOf(exco, 'read');
    await callOf(exco, 'read');
    expect(await callOf(exco, 'read')).toMatchObject({ ok: false, error: { fault: 'breaker-open' } });
    expect(await exco.settle('samsung', 'account.realAccounts', MESSAGES['account.realAccounts'])).toMatchObject({
      ok: true,
    });
  });

  it('counts business errors as life', async () => {
    const server = await openBroker({}, answers(refusing('4001', 'x'), 500));
    const exco = connectTo(server.baseUrl, { breaker: { minCalls: 1 } });
    for (let each = 0; each < 5; each += 1) {
      expect(await callOf(exco, 'read')).toMatchObject({
        ok: false,
        error: { code: 4001 } satisfies Partial<ExcoError>,
      });
    }
  });

  it('keeps brokers apart', async () => {
    const server = await openBroker({}, answers(BALANCE));
    const down = connectTo(await closedPort(), { breaker: { minCalls: 1 }, retry: false });
    await callOf(down, 'read');
    expect(await callOf(down, 'read')).toMatchObject({ ok: false, error: { fault: 'breaker-open' } });
    expect(await callOf(connectTo(server.baseUrl), 'read')).toMatchObject({ ok: true });
  });
});
