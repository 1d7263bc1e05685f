import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/model/json.ts';
import { openBroker, type BrokerServer, type Script } from '../support/broker-server.ts';
import { collect } from '../support/collect.ts';
import { connectTo } from '../support/connect.ts';
import { BALANCE, MESSAGES, refusing } from '../support/messages.ts';
import { answers } from '../support/scripts.ts';

function page(queryResult: unknown): Script {
  return answers({ ...BALANCE, balanceResponseBody: { queryResult } });
}

/** The page keys that were asked for. */
function askedOf({ requests }: BrokerServer): unknown[] {
  return requests.map(({ body }) => {
    const message = JSON.parse(body) as { balanceRequestBody: { queryType: { page: unknown } } };
    return message.balanceRequestBody.queryType.page;
  });
}

function messageWith(queryType: JsonObject): JsonObject {
  return { ...MESSAGES['account.balance'], balanceRequestBody: { queryType } };
}

describe('pages', () => {
  it.each([
    { end: 'the text "null"', last: { page: 'null' } },
    { end: 'null', last: { page: null } },
    { end: 'an empty text', last: { page: '' } },
    { end: 'no key', last: { totalCnt: 3 } },
    { end: 'no query result', last: undefined },
    { end: 'a query result that is null', last: null },
  ])('ask for "null" first and follow the keys until $end', async ({ last }) => {
    const server = await openBroker({}, page({ page: 'FAKE-KEY-2' }), page({ page: 'FAKE-KEY-3' }), page(last));
    const exco = connectTo(server.baseUrl);
    const pages = await collect(exco.pages('samsung', 'account.balance', MESSAGES['account.balance']));
    expect(pages).toHaveLength(3);
    expect(askedOf(server)).toEqual(['null', 'FAKE-KEY-2', 'FAKE-KEY-3']);
    expect(pages[0]?.meta.operation).toBe('account.balance');
  });

  it.each([
    { what: 'no paging fields', queryType: { assetType: 'EQTY' }, first: 'null' },
    { what: 'a key that is null', queryType: { assetType: 'EQTY', page: null }, first: 'null' },
    { what: 'a key to go on from', queryType: { assetType: 'EQTY', page: 'FAKE-KEY-7' }, first: 'FAKE-KEY-7' },
  ])('start where the message says: $what', async ({ queryType, first }) => {
    const server = await openBroker({}, page({ page: 'null' }));
    await collect(connectTo(server.baseUrl).pages('samsung', 'account.balance', messageWith(queryType)));
    expect(askedOf(server)).toEqual([first]);
  });

  it('leave the message as it was given', async () => {
    const server = await openBroker({}, page({ page: 'FAKE-KEY-2' }), page({ page: 'null' }));
    const message = structuredClone(MESSAGES['account.balance']);
    await collect(connectTo(server.baseUrl).pages('samsung', 'account.balance', message));
    expect(message).toEqual(MESSAGES['account.balance']);
  });

  it('put the key where the message keeps its query, under whatever name', async () => {
    const server = await openBroker({}, page({ page: 'FAKE-KEY-2' }), page({ page: 'null' }));
    const { balanceRequestBody, ...envelope } = MESSAGES['account.balance'];
    const message = { ...envelope, balanceRequestBody: { queryParams: balanceRequestBody?.queryType } };
    await collect(connectTo(server.baseUrl).pages('samsung', 'account.balance', message));
    const keys = server.requests.map(
      ({ body }) => (JSON.parse(body) as { balanceRequestBody: { queryParams: JsonObject } }).balanceRequestBody,
    );
    expect(keys.map(({ queryParams }) => queryParams['page'])).toEqual(['null', 'FAKE-KEY-2']);
  });

  it('hand on what came before a key came twice, then end with 3011', async () => {
    const server = await openBroker(
      {},
      page({ page: 'FAKE-KEY-2' }),
      page({ page: 'FAKE-KEY-3' }),
      page({ page: 'FAKE-KEY-2' }),
    );
    const pages = connectTo(server.baseUrl).pages('samsung', 'account.balance', MESSAGES['account.balance']);
    const got: unknown[] = [];
    const walk = async () => {
      for await (const { data } of pages) got.push(data);
    };
    await expect(walk()).rejects.toMatchObject({ code: 3011, fault: 'page-repeated' });
    expect(got).toHaveLength(3);
    expect(server.requests).toHaveLength(3);
  });

  it('end with the error of the page that failed', async () => {
    const server = await openBroker({}, page({ page: 'FAKE-KEY-2' }), answers(refusing('6003', 'x')));
    const pages = connectTo(server.baseUrl).pages('samsung', 'account.balance', MESSAGES['account.balance']);
    await expect(collect(pages)).rejects.toMatchObject({ code: 6003, category: 'samsung' });
  });

  it('ask for nothing more once nobody takes them', async () => {
    const server = await openBroker({}, page({ page: 'FAKE-KEY-2' }), page({ page: 'null' }));
    for await (const { data } of connectTo(server.baseUrl).pages(
      'samsung',
      'account.balance',
      MESSAGES['account.balance'],
    )) {
      expect(data).toHaveProperty('resp');
      break;
    }
    expect(server.requests).toHaveLength(1);
  });

  it('are given up with the reason of the signal', async () => {
    const server = await openBroker({}, page({ page: 'FAKE-KEY-2' }), () => caller.abort(reason));
    const caller = new AbortController();
    const reason = new Error('enough');
    const pages = connectTo(server.baseUrl).pages('samsung', 'account.balance', MESSAGES['account.balance'], {
      signal: caller.signal,
    });
    await expect(collect(pages)).rejects.toBe(reason);
  });
});
