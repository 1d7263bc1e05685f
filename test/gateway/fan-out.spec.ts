import { describe, expect, it } from '@jest/globals';
import { BALANCE, MESSAGES, refusing } from '../support/messages.ts';
import { openBroker } from '../support/broker-server.ts';
import { answers, stalls } from '../support/scripts.ts';
import { configOf, errorText, given, openGateway, send } from './given.ts';

const message = MESSAGES['account.balance'];
const BALANCE_CALL = { broker: 'samsung', operation: 'account.balance', message };

describe('POST /v1/fan-out', () => {
  it('answers with what every broker said, in the order given, one fault losing nobody else’s answer', async () => {
    const good = await openBroker({}, answers(BALANCE));
    const bad = await openBroker({}, answers(refusing(4001, 'x')));
    const config = configOf(good.baseUrl);
    const brokers = [...config.brokers, { alias: 'sk', baseUrl: bad.baseUrl }];
    const { url, lines } = await openGateway({ ...config, brokers });
    const calls = [BALANCE_CALL, { ...BALANCE_CALL, broker: 'sk' }, { ...BALANCE_CALL, broker: 'odd' }, BALANCE_CALL];
    const { status, text } = await send(`${url}/v1/fan-out`, { calls }, { 'X-Request-Id': 'abc' });
    expect(status).toBe(200);
    const { accInfo, ...others } = BALANCE;
    const data = { ...others, accInfo: { vtAccNo: accInfo?.vtAccNo } };
    const place = { broker: 'samsung', operation: 'account.balance' };
    expect(JSON.parse(text)).toEqual({
      succeeded: [
        { index: 0, ...place, data },
        { index: 3, ...place, data },
      ],
      failed: [
        { index: 1, ...place, broker: 'sk', error: { category: 'sk', code: 4001, message: 'Account Not Found' } },
        {
          index: 2,
          ...place,
          broker: 'odd',
          error: { category: 'op-exco', code: 3008, message: expect.any(String), description: 'odd' },
        },
      ],
    });
    expect(good.requests.map(({ headers }) => headers['x-request-id']).sort()).toEqual(['abc.0', 'abc.3']);
    expect(
      lines
        .filter(({ event }) => event === 'call')
        .map((line) => line['broker'])
        .sort(),
    ).toEqual(['samsung', 'samsung', 'sk', 'unknown']);
  });

  it('shortens every call to the caller’s time', async () => {
    const { url } = await given({ scripts: [stalls], broker: { timeouts: { headMs: 60_000 }, retry: false } });
    const { text } = await send(
      `${url}/v1/fan-out`,
      { calls: [BALANCE_CALL, BALANCE_CALL] },
      { 'X-Deadline-Ms': '60' },
    );
    expect(text.split(errorText(3005, 'network timeout'))).toHaveLength(3);
  });

  it.each([
    ['no list', {}, 'calls: expected a list with a call in it'],
    ['an empty list', { calls: [] }, 'calls: expected a list with a call in it'],
    ['more beside the list', { calls: [BALANCE_CALL], deadlineMs: 1 }, 'expected calls, and nothing else'],
    ['too many', { calls: [BALANCE_CALL, BALANCE_CALL, BALANCE_CALL] }, 'calls: expected at most 2'],
    ['no object', { calls: [BALANCE_CALL, 1] }, 'calls[1]: expected an object'],
    ['no broker', { calls: [{ ...BALANCE_CALL, broker: 1 }] }, 'calls[0]: broker: expected a name'],
    ['no operation', { calls: [{ broker: 'samsung', message }] }, 'calls[0]: operation: expected a name'],
    ['no message', { calls: [{ ...BALANCE_CALL, message: [] }] }, 'calls[0]: message: expected an object'],
    [
      'an odd field',
      { calls: [{ ...BALANCE_CALL, a: 1 }] },
      'calls[0]: expected broker, operation and message, and nothing else',
    ],
  ])('%s: 400 with its place, and nobody is called', async (_what, body, expected) => {
    const { url, broker } = await given({ gateway: { limits: { fanOutCalls: 2 } } });
    const told = await send(`${url}/v1/fan-out`, body);
    expect(told).toMatchObject({ status: 400, text: errorText(400, 'Bad Request', expected) });
    expect(broker.requests).toEqual([]);
  });

  it('counts each of its calls as one under way', async () => {
    const { url, broker } = await given({ gateway: { limits: { inFlight: 1 } } });
    expect((await send(`${url}/v1/fan-out`, { calls: [BALANCE_CALL, BALANCE_CALL] })).status).toBe(503);
    expect(broker.requests).toEqual([]);
  });
});
